package org.autophage.sink;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.autophage.measure.Composition;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.run.GenerationRecord;

/** The numbers of a generation's record under the names that they have in sinks, grouped by what stands before the slash. */
final class Scalars {
    private static final Map<Metric, String> SECONDS = Map.of(
            Metrics.TRAIN_SECONDS, "seconds/train",
            Metrics.SAMPLE_SECONDS, "seconds/sample",
            Metrics.METRIC_SECONDS, "seconds/metrics");

    private static final Pattern OTHER = Pattern.compile("[^\\p{IsAlphabetic}\\p{IsDigit}_./: -]");

    private Scalars() {}

    /** {@code metrics/recall}, {@code metrics/vendiScore.fake}, {@code trainingSet/synthetic}, {@code seconds/train}. */
    static Map<String, Double> of(GenerationRecord record) {
        Map<String, Double> scalars = new LinkedHashMap<>();
        record.measures().values().forEach((key, value) -> {
            Metric metric = Metrics.of(key);
            if (!Metrics.TIMES.contains(metric) && !Metrics.isAccuracy(metric)) {
                scalars.put(name("metrics/" + key), value);
            }
        });
        Composition trainingSet = record.trainingSet();
        if (trainingSet != null) {
            trainingSet.toMap().forEach((origin, count) -> scalars.put("trainingSet/" + origin, count.doubleValue()));
        }
        Metrics.TIMES.forEach(time -> scalars.put(SECONDS.getOrDefault(time, ""), record.seconds(time)));
        return scalars;
    }

    /** A name as sinks take it: letters, digits and {@code _ - . / :} and spaces; other characters become _. */
    static String name(String key) {
        return OTHER.matcher(key).replaceAll("_");
    }
}
