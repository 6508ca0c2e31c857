package org.autophage.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;
import org.autophage.measure.Basis;
import org.autophage.metrics.MeasuredSet;
import org.autophage.metrics.features.FeatureStatistics;

/**
 * One side of an evaluation, ready to be compared.
 *
 * @param kind images, features or statistics
 * @param skipped how many bad picture files were left out
 * @param set what metrics see of it; called as on the command line
 */
record EvaluatedSet(String kind, int skipped, MeasuredSet set) {
    static EvaluatedSet ofImages(MeasuredSet set, int skipped) {
        return new EvaluatedSet("images", skipped, set);
    }

    static EvaluatedSet ofFeatures(MeasuredSet set) {
        return new EvaluatedSet("features", 0, set);
    }

    static EvaluatedSet ofStatistics(MeasuredSet set) {
        return new EvaluatedSet("statistics", 0, set);
    }

    String name() {
        return set.name();
    }

    /** Number of features of one sample. */
    int width() {
        return set.width();
    }

    /** Number of samples; {@link FeatureStatistics#UNKNOWN} where a file does not say. */
    int count() {
        return set.count();
    }

    /** Whether all samples have the same features. */
    boolean isCollapsed() {
        return set.hasSamples() && set.features().isConstant();
    }

    /** Number of samples, for people. */
    String describeCount() {
        return count() == FeatureStatistics.UNKNOWN ? "an unknown number of" : String.valueOf(count());
    }

    /** For the JSON object: where it comes from and how many samples it has. */
    Map<String, Object> description() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", name());
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
        set.classes().ifPresent(classes -> {
            values.put("classes", classes.histogram().counts());
            if (classes.names().given() != null) {
                values.put("classNames", classes.names().given());
            }
        });
        return values;
    }
}
