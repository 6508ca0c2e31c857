package org.autophage.report.records;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.run.ClassifierAccuracy;
import org.autophage.run.GenerationRecord;

/**
 * On which classifier a metric rests, and on how many real images that it had not seen it is right: what stands beside every
 * figure that would mean nothing if it were not.
 */
public final class ClassifierBasis {
    /** What the independent classifier says, rather than features. */
    private static final Set<Metric> JUDGED = Set.of(
            Metrics.LABEL_ACCURACY, Metrics.SMALLEST_CLASS_SHARE, Metrics.LARGEST_CLASS_SHARE, Metrics.CLASSES_UNSEEN);

    private ClassifierBasis() {}

    /** Whether a metric is what the independent classifier says of samples. */
    public static boolean isJudged(Metric metric) {
        return JUDGED.contains(metric);
    }

    /** Whether it says how good a classifier is, not how good samples are: the same in every generation, nothing to plot. */
    public static boolean isAccuracy(Metric metric) {
        return Metrics.isAccuracy(metric);
    }

    /** "right on 62% of real images", of the classifier that a metric rests on; empty where records say nothing of it. */
    public static Optional<String> of(Metric metric, Collection<GenerationRecord> records) {
        Set<String> shares = new TreeSet<>();
        for (GenerationRecord record : records) {
            Double accuracy = record.measures()
                    .values()
                    .get((isJudged(metric) ? Metrics.CLASSIFIER_ACCURACY : Metrics.FEATURES_ACCURACY).key());
            if (accuracy != null) {
                shares.add(ClassifierAccuracy.percent(accuracy));
            }
        }
        return shares.isEmpty()
                ? Optional.empty()
                : Optional.of("right on " + String.join(" or ", shares) + " of real images");
    }

    /** Warnings of classifiers that do not know their classes. */
    public static List<String> warnings(Collection<GenerationRecord> records) {
        Set<String> warnings = new TreeSet<>();
        for (GenerationRecord record : records) {
            Double features = record.measures().values().get(Metrics.FEATURES_ACCURACY.key());
            Double judge = record.measures().values().get(Metrics.CLASSIFIER_ACCURACY.key());
            if (features != null) {
                ClassifierAccuracy.warningOfFeatures(record.features(), features)
                        .ifPresent(warnings::add);
            }
            if (judge != null) {
                ClassifierAccuracy.warningOfJudge("judge", judge).ifPresent(warnings::add);
            }
        }
        return new ArrayList<>(warnings);
    }
}
