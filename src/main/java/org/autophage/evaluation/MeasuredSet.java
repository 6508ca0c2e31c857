package org.autophage.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.autophage.measure.Basis;
import org.autophage.metrics.FeatureStatistics;
import org.autophage.metrics.Features;
import org.autophage.metrics.FrechetDistance;
import org.jspecify.annotations.Nullable;

/**
 * One side of an evaluation, ready to be compared.
 *
 * @param name as on the command line
 * @param kind images, features or statistics
 * @param classes how many samples are of each class, and their names; null where classes are not known
 * @param skipped how many bad picture files were left out
 * @param features null where only statistics are known
 * @param statistics null where features are known
 */
record MeasuredSet(
        String name,
        String kind,
        @Nullable SetClasses classes,
        int skipped,
        @Nullable Features features,
        @Nullable FeatureStatistics statistics) {
    static MeasuredSet ofImages(String name, @Nullable SetClasses classes, int skipped, Features features) {
        return new MeasuredSet(name, "images", classes, skipped, features, null);
    }

    static MeasuredSet ofFeatures(String name, Features features) {
        return new MeasuredSet(name, "features", null, 0, features, null);
    }

    static MeasuredSet ofStatistics(String name, FeatureStatistics statistics) {
        return new MeasuredSet(name, "statistics", null, 0, null, statistics);
    }

    /** Number of features of one sample. */
    int width() {
        return features != null
                ? features.width()
                : Objects.requireNonNull(statistics).width();
    }

    /** Number of samples; {@link FeatureStatistics#UNKNOWN} where a file does not say. */
    int count() {
        return features != null
                ? features.count()
                : Objects.requireNonNull(statistics).count();
    }

    /** Whether all samples have the same features. */
    boolean isCollapsed() {
        return features != null && features.isConstant();
    }

    /** Number of samples, for people. */
    String describeCount() {
        return count() == FeatureStatistics.UNKNOWN ? "an unknown number of" : String.valueOf(count());
    }

    /** Mean and covariance, computed where they are not given. */
    FeatureStatistics statisticsBy(FrechetDistance frechet) {
        return statistics != null ? statistics : frechet.statistics(Objects.requireNonNull(features));
    }

    /** For the JSON object: where it comes from and how many samples it has. */
    Map<String, Object> description() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", name);
        values.put("kind", kind);
        if (count() != FeatureStatistics.UNKNOWN) {
            values.put(Basis.SAMPLES.key(), count());
        }
        values.put("width", width());
        if (isCollapsed()) {
            values.put("collapsed", true);
        }
        if (skipped > 0) {
            values.put("skipped", skipped);
        }
        if (classes != null) {
            values.put("classes", classes.histogram().counts());
            if (classes.names().given() != null) {
                values.put("classNames", classes.names().given());
            }
        }
        return values;
    }
}
