package org.autophage.metrics.known;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.autophage.data.Dataset;
import org.autophage.data.SampleShape;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Finding;
import org.autophage.metrics.Findings;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.SampleMetric;

/**
 * A metric that was asked for by name, and the seconds that it took: of what several metrics look at, such as features, the first
 * one pays.
 */
record TimedMetric(SampleMetric metric) implements SampleMetric {
    private static final double NANOSECONDS = 1e9;
    private static final double MILLISECONDS = 1e3;

    @Override
    public String name() {
        return metric.name();
    }

    @Override
    public List<Metric> gives() {
        List<Metric> all = new ArrayList<>(metric.gives());
        all.add(Metrics.secondsOf(name()));
        return all;
    }

    @Override
    public boolean needsTrainingSet() {
        return metric.needsTrainingSet();
    }

    @Override
    public boolean looksAtFeatures() {
        return metric.looksAtFeatures();
    }

    @Override
    public Optional<String> objection(SampleShape shape, Dataset source) {
        return metric.objection(shape, source);
    }

    @Override
    public Findings of(MeasuredPair pair) {
        long begun = System.nanoTime();
        Findings found = metric.of(pair);
        double seconds = Math.round((System.nanoTime() - begun) / NANOSECONDS * MILLISECONDS) / MILLISECONDS;
        if (found.entries().isEmpty()) {
            return found;
        }
        List<Findings.Entry> entries = new ArrayList<>(found.entries());
        entries.add(Finding.of(Metrics.secondsOf(name()), seconds, "wall time"));
        return new Findings(entries, found.notes());
    }
}
