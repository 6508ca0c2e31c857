package org.autophage.metrics.known;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.autophage.measure.Basis;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.ClassHistogram;
import org.autophage.metrics.Finding;
import org.autophage.metrics.Findings;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.classifier.Judge;

/** What a run's judge makes of samples: whether they are what was asked for, and how the classes share them. */
final class JudgedClasses implements SampleMetric {
    private static final String BY = "by the judge";

    @Override
    public String name() {
        return "judgedClasses";
    }

    @Override
    public List<Metric> gives() {
        return List.of(
                Metrics.LABEL_ACCURACY,
                Metrics.SMALLEST_CLASS_SHARE,
                Metrics.LARGEST_CLASS_SHARE,
                Metrics.CLASSES_UNSEEN,
                Metrics.CLASSIFIER_ACCURACY);
    }

    @Override
    public boolean looksAtFeatures() {
        return false;
    }

    @Override
    public Findings of(MeasuredPair pair) {
        return pair.judged().map(JudgedClasses::of).orElse(Findings.NONE);
    }

    private static Findings of(MeasuredPair.JudgedImages images) {
        Judge judge = images.judge();
        int[] classes = images.classes().get();
        Findings.Builder findings = Findings.builder();
        images.asked()
                .ifPresent(labels ->
                        findings.add(Finding.of(Metrics.LABEL_ACCURACY, Judge.agreement(classes, labels), BY)));
        double[] shares = ClassHistogram.of(classes, judge.classes()).shares();
        int[] seen = IntStream.range(0, judge.classes()).filter(judge::sees).toArray();
        Arrays.stream(seen)
                .mapToDouble(c -> shares[c])
                .min()
                .ifPresent(least -> findings.add(Finding.of(Metrics.SMALLEST_CLASS_SHARE, least, BY)));
        findings.add(Finding.of(
                Metrics.LARGEST_CLASS_SHARE, Arrays.stream(shares).max().orElseThrow(), BY));
        if (seen.length < shares.length) {
            findings.add(Finding.of(Metrics.CLASSES_UNSEEN, shares.length - seen.length, BY));
        }
        return findings.add(Basis.CLASSIFIER, judge.name())
                .add(Finding.of(Metrics.CLASSIFIER_ACCURACY, judge.testAccuracy(), "on the holdout"))
                .build();
    }
}
