package org.autophage.metrics.known;

import java.util.List;
import java.util.Locale;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Finding;
import org.autophage.metrics.Findings;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.MeasuredSet;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.classifier.TwoSampleClassifier;

/**
 * Whether a classifier tells generated samples from real ones and, in runs, from what their model learnt from: see
 * {@link TwoSampleClassifier}.
 */
final class TwoSampleTest implements SampleMetric {
    @Override
    public String name() {
        return "twoSampleClassifier";
    }

    @Override
    public List<Metric> gives() {
        return List.of(
                Metrics.TWO_SAMPLE_ACCURACY,
                Metrics.TWO_SAMPLE_DEVIATIONS,
                Metrics.TWO_SAMPLE_TRAINING_ACCURACY,
                Metrics.TWO_SAMPLE_TRAINING_DEVIATIONS);
    }

    @Override
    public boolean needsTrainingSet() {
        return true;
    }

    @Override
    public Findings of(MeasuredPair pair) {
        if (!pair.haveSamples()) {
            return Findings.NONE;
        }
        Findings.Builder findings = Findings.builder();
        add(findings, pair.real(), pair.fake(), Metrics.TWO_SAMPLE_ACCURACY, Metrics.TWO_SAMPLE_DEVIATIONS);
        if (pair.training() != pair.real()) {
            add(
                    findings,
                    pair.training(),
                    pair.fake(),
                    Metrics.TWO_SAMPLE_TRAINING_ACCURACY,
                    Metrics.TWO_SAMPLE_TRAINING_DEVIATIONS);
        }
        return findings.build();
    }

    private static void add(
            Findings.Builder findings, MeasuredSet set, MeasuredSet fake, Metric accuracy, Metric deviations) {
        int count = Math.min(set.count(), fake.count());
        if (!TwoSampleClassifier.isPossible(count)) {
            findings.note("no classifier tells %d samples of %s from those of %s: there are too few"
                    .formatted(count, set.name(), fake.name()));
            return;
        }
        TwoSampleClassifier test = TwoSampleClassifier.of(set.features(), fake.features());
        String convention = String.format(
                Locale.ROOT, "logistic, %d terms, of %d samples that it did not learn", test.terms(), test.tested());
        findings.add(Finding.of(accuracy, test.accuracy(), convention))
                .add(Finding.of(deviations, test.deviations(), "of fair coins; 1.64 is p = .05, 3.09 p = .001"));
    }
}
