package org.autophage.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.autophage.statistics.Bootstrap;
import org.jspecify.annotations.Nullable;

/**
 * Percentile intervals of those metrics that are means of one value a sample. The samples that are counted are drawn
 * again, what they are compared with stays: precision, density and authenticity draw generated samples, recall and
 * coverage real ones.
 */
final class Intervals {
    private static final double LEVEL = .95;
    private static final long SEED = 0;

    private final @Nullable Bootstrap bootstrap;
    private final Map<String, Object> ends = new LinkedHashMap<>();

    /** @param resamples of the bootstrap; null for no intervals */
    Intervals(@Nullable Integer resamples) {
        bootstrap = resamples == null ? null : new Bootstrap(resamples, LEVEL, SEED);
    }

    /**
     * Adds a metric.
     *
     * @param values one a sample, whose mean it is
     * @return the interval as people read it behind the number; empty if none was asked for
     */
    String add(String metric, double[] values) {
        if (bootstrap == null) {
            return "";
        }
        Bootstrap.Interval interval = bootstrap.ofMean(values);
        ends.put(metric, List.of(interval.low(), interval.high()));
        return String.format(Locale.ROOT, " [%.4g, %.4g]", interval.low(), interval.high());
    }

    /** What the brackets behind a number are, for people; empty if there are none. */
    String convention() {
        return bootstrap == null
                ? ""
                : String.format(Locale.ROOT, "; [%.0f%% of %d resamples]", 100 * LEVEL, bootstrap.resamples());
    }

    /** Ends by the metrics' names, with level and number of resamples; empty if there are none. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        if (bootstrap != null && !ends.isEmpty()) {
            values.put("level", LEVEL);
            values.put("resamples", bootstrap.resamples());
            values.putAll(ends);
        }
        return values;
    }
}
