package org.autophage.metrics.known;

import java.util.List;
import java.util.Optional;
import org.autophage.data.SampleShape;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.ClassHistogram;
import org.autophage.metrics.Finding;
import org.autophage.metrics.Findings;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.SetClasses;

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
    public Optional<String> objection(SampleShape shape) {
        return shape.hasClasses() ? Optional.empty() : Optional.of("these samples have no classes");
    }

    @Override
    public boolean looksAtFeatures() {
        return false;
    }

    @Override
    public Findings of(MeasuredPair pair) {
        if (pair.real().classes().isEmpty() || pair.fake().classes().isEmpty()) {
            return Findings.NONE;
        }
        SetClasses reals = pair.real().classes().get();
        SetClasses fakes = pair.fake().classes().get();
        Findings.Builder findings = Findings.builder();
        boolean alike = reals.areCalledLike(fakes);
        if (alike
                ? reals.hasNoneOf(fakes)
                : reals.names().count() != fakes.names().count()) {
            return findings.note("classes are not compared: those of %s (%s) are not those of %s (%s)"
                            .formatted(
                                    pair.real().name(),
                                    reals.list(),
                                    pair.fake().name(),
                                    fakes.list()))
                    .build();
        }
        if (!alike) {
            findings.note("classes are compared in their order: those of %s are %s, those of %s %s"
                    .formatted(pair.real().name(), reals.list(), pair.fake().name(), fakes.list()));
        }
        List<String> names = reals.together(fakes);
        ClassHistogram ofReals = alike ? reals.in(names) : reals.histogram();
        ClassHistogram ofFakes = alike ? fakes.in(names) : fakes.histogram();
        findings.add(Finding.of(Metrics.CLASSES_LOST, ofFakes.lostFrom(ofReals), "of real, without a fake sample"));
        double divergence = ofFakes.divergenceFrom(ofReals);
        if (Double.isFinite(divergence)) { // infinite if fake has a class that real has not
            findings.add(Finding.of(
                    Metrics.CLASS_DIVERGENCE,
                    divergence,
                    "Kullback-Leibler of class shares, fake from real, nats; a run's classes by its judge"));
        }
        return findings.build();
    }
}
