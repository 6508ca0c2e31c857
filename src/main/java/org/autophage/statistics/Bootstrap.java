package org.autophage.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.autophage.base.AutophageException;

/**
 * Percentile intervals of the bootstrap (Efron and Tibshirani 1993, chapter 13): a statistic is computed again of samples
 * drawn with replacement, and the interval holds the middle of its values.
 *
 * @param resamples how often; 1000 is usual for intervals
 * @param level share of the values inside the interval, such as .95
 * @param seed of the draws
 */
public record Bootstrap(int resamples, double level, long seed) {
    public Bootstrap {
        if (resamples < 1 || !(level > 0 && level < 1)) {
            throw AutophageException.usage(
                    "a bootstrap of %d resamples at level %s: must be at least 1, and between 0 and 1"
                            .formatted(resamples, level));
        }
    }

    /** Both ends are among the statistic's values. */
    public record Interval(double low, double high) {}

    /**
     * Of the mean of one value a sample or a training seed. What the values were measured against (balls, training set)
     * stays as it is, so that the interval holds the noise of what was drawn alone.
     */
    public Interval ofMean(double[] values) {
        return of(values.length, rows -> {
            double sum = 0;
            for (int row : rows) {
                sum += values[row];
            }
            return sum / rows.length;
        });
    }

    /** Of the difference of two independent means, the second less the first; each sample is drawn again by itself. */
    public Interval ofDifference(double[] first, double[] second) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[resamples];
        Arrays.setAll(values, i -> meanOfDraws(second, random) - meanOfDraws(first, random));
        return middle(values);
    }

    private static double meanOfDraws(double[] values, SplittableRandom random) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[random.nextInt(values.length)];
        }
        return sum / values.length;
    }

    /**
     * Of any statistic of resampled rows.
     *
     * @param count number of samples
     * @param statistic of the numbers of the drawn samples
     */
    public Interval of(int count, ToDoubleFunction<int[]> statistic) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[resamples];
        int[] rows = new int[count];
        for (int i = 0; i < resamples; i++) {
            Arrays.setAll(rows, row -> random.nextInt(count));
            values[i] = statistic.applyAsDouble(rows);
        }
        return middle(values);
    }

    private Interval middle(double[] values) {
        Arrays.sort(values);
        // 1 - .9 is a hair below .1.
        int outside = (int) ((1 - level) / 2 * resamples + 1e-9);
        return new Interval(values[outside], values[resamples - 1 - outside]);
    }
}
