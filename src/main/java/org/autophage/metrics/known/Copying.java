package org.autophage.metrics.known;

import java.util.Arrays;
import java.util.List;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Finding;
import org.autophage.metrics.Findings;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.neighbours.CopyTest;

/**
 * How far samples are from the nearest sample that their generator learnt from, how many are copies, and whether they are
 * systematically nearer than real samples that it never saw.
 */
final class Copying implements SampleMetric {
    @Override
    public String name() {
        return "copying";
    }

    @Override
    public List<Metric> gives() {
        return List.of(
                Metrics.NEAREST_REAL_DISTANCE,
                Metrics.NEAREST_TRAINING_DISTANCE,
                Metrics.EXACT_COPIES,
                Metrics.COPY_TEST);
    }

    @Override
    public Findings of(MeasuredPair pair) {
        if (!pair.haveSamples()) {
            return Findings.NONE;
        }
        double[] distances = pair.nearestTraining().distances();
        double[] sorted = distances.clone();
        Arrays.sort(sorted);
        long copies = Arrays.stream(sorted).filter(distance -> distance == 0).count();
        // A generation of a run may have learnt from synthetic samples: the nearest of those is no real one.
        Metric nearest =
                pair.training() == pair.real() ? Metrics.NEAREST_REAL_DISTANCE : Metrics.NEAREST_TRAINING_DISTANCE;
        Findings.Builder findings = Findings.builder()
                .add(Finding.of(nearest, sorted[sorted.length / 2], "median over fake, Euclidean"))
                .add(Finding.of(Metrics.EXACT_COPIES, copies, "fake equal to a real, in these features"));
        pair.heldOut()
                .ifPresent(set -> findings.add(Finding.of(
                                Metrics.COPY_TEST,
                                CopyTest.statistic(
                                        distances, pair.nearestTrainingOf(set).distances()),
                                "Mann-Whitney Z, far below 0 (-3) is copying")
                        .fromHeldOut()));
        return findings.build();
    }
}
