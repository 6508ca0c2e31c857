package org.autophage.metrics.known;

import java.util.List;
import java.util.Optional;
import org.autophage.data.Dataset;
import org.autophage.data.SampleShape;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.ClassHistogram;
import org.autophage.metrics.Finding;
import org.autophage.metrics.Findings;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.PairedClasses;
import org.autophage.metrics.SampleMetric;

/** Class by class, by their names or by their numbers; where one side has names only, in their order. */
final class ClassShares implements SampleMetric {
    @Override
    public String name() {
        return "classes";
    }

    @Override
    public List<Metric> gives() {
        return List.of(Metrics.CLASSES_LOST, Metrics.CLASS_DIVERGENCE);
    }

    @Override
    public Optional<String> objection(SampleShape shape, Dataset source) {
        return shape.hasClasses() ? Optional.empty() : Optional.of("these samples have no classes");
    }

    @Override
    public boolean looksAtFeatures() {
        return false;
    }

    @Override
    public Findings of(MeasuredPair pair) {
        Findings.Builder findings = Findings.builder();
        PairedClasses.of(pair, findings::note).ifPresent(classes -> add(findings, classes.ofReal(), classes.ofFake()));
        return findings.build();
    }

    private static void add(Findings.Builder findings, ClassHistogram ofReals, ClassHistogram ofFakes) {
        findings.add(Finding.of(Metrics.CLASSES_LOST, ofFakes.lostFrom(ofReals), "of real, without a fake sample"));
        double divergence = ofFakes.divergenceFrom(ofReals);
        if (Double.isFinite(divergence)) { // infinite if fake has a class that real has not
            findings.add(Finding.of(
                    Metrics.CLASS_DIVERGENCE,
                    divergence,
                    "Kullback-Leibler of class shares, fake from real, nats; a run's classes by its judge"));
        }
    }
}
