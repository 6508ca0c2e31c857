package org.autophage.sink;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.autophage.run.ClassifierAccuracy;
import org.autophage.run.GenerationRecord;

/** The numbers of a generation's record under the names that they have in sinks, grouped by what stands before the slash. */
final class Scalars {
    /** Numbers that say how was measured, the same in every generation. */
    private static final Set<String> DESCRIPTIONS = Set.of(
            "samples",
            "replicas",
            "reference",
            "neighbours",
            ClassifierAccuracy.OF_FEATURES,
            ClassifierAccuracy.OF_JUDGE);

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

    private static void put(String name, Object value, Map<String, Double> scalars) {
        if (value instanceof Number number) {
            scalars.put(name, number.doubleValue());
        } else if (value instanceof Map<?, ?> group) {
            group.forEach((key, inner) -> put(name + "." + key, inner, scalars));
        }
    }
}
