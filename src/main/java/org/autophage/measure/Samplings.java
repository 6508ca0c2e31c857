package org.autophage.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a generation's model gives when it is sampled several times, with another sampling seed each: by {@code recall.1},
 * {@code recall.2}, … The first is what the loop goes on with, and what stands in the record as the metric itself.
 */
public final class Samplings {
    private Samplings() {}

    /**
     * A metric of each sampling of the model, in order; empty where it was sampled once, or where the metric does not depend on
     * samples.
     */
    public static double[] of(Measures measures, Metric metric) {
        String begin = metric.key() + ".";
        return measures.samplings().entrySet().stream()
                .filter(each -> each.getKey().startsWith(begin) && each.getKey().indexOf('.', begin.length()) < 0)
                .mapToDouble(each -> each.getValue().doubleValue())
                .toArray();
    }

    /**
     * The numbers by metric and place: of all metrics but costs and how good classifiers are.
     *
     * @param others behind the first; empty for none
     */
    static Map<String, Double> numbers(Measures first, List<Measures> others) {
        if (others.isEmpty()) {
            return Map.of();
        }
        List<Map<String, Double>> all = new ArrayList<>(List.of(first.values()));
        others.forEach(other -> all.add(other.values()));
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (String key : all.get(0).keySet()) {
            Metric metric = Metrics.of(key);
            if (metric.isCost() || Metrics.isAccuracy(metric)) {
                continue;
            }
            int place = 0;
            for (Map<String, Double> each : all) {
                place++;
                Double value = each.get(key);
                if (value != null) {
                    numbers.put(key + "." + place, value);
                }
            }
        }
        return numbers;
    }
}
