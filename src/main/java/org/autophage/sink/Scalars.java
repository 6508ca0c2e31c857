package org.autophage.sink;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.autophage.measure.Metrics;
import org.autophage.run.GenerationRecord;

/** The numbers of a generation's record under the names that they have in sinks, grouped by what stands before the slash. */
final class Scalars {
    /** Numbers that say how was measured, the same in every generation. */
    private static final Set<String> DESCRIPTIONS = Set.of(
            "samples",
            "replicas",
            "reference",
            "neighbours",
            Metrics.FEATURES_ACCURACY.key(),
            Metrics.CLASSIFIER_ACCURACY.key());

    private static final Pattern OTHER = Pattern.compile("[^\\p{IsAlphabetic}\\p{IsDigit}_./: -]");

    private Scalars() {}

    /** {@code metrics/recall}, {@code metrics/vendiScore.fake}, {@code trainingSet/synthetic}, {@code seconds/train}. */
    static Map<String, Double> of(GenerationRecord record) {
        Map<String, Double> scalars = new LinkedHashMap<>();
        record.metrics().forEach((name, value) -> {
            if (!DESCRIPTIONS.contains(name)) {
                put("metrics/" + name, value, scalars);
            }
        });
        scalars.put("trainingSet/fixedReal", (double) record.trainingSet().fixedReal());
        scalars.put("trainingSet/freshReal", (double) record.trainingSet().freshReal());
        scalars.put("trainingSet/synthetic", (double) record.trainingSet().synthetic());
        scalars.put("seconds/train", record.trainSeconds());
        scalars.put("seconds/sample", record.sampleSeconds());
        scalars.put("seconds/metrics", record.metricSeconds());
        return scalars;
    }

    /** A name as sinks take it: letters, digits and {@code _ - . / :} and spaces; other characters become _. */
    static String name(String key) {
        return OTHER.matcher(key).replaceAll("_");
    }

    private static void put(String name, Object value, Map<String, Double> scalars) {
        if (value instanceof Number number) {
            scalars.put(name(name), number.doubleValue());
        } else if (value instanceof Map<?, ?> group) {
            group.forEach((key, inner) -> put(name + "." + key, inner, scalars));
        }
    }
}
