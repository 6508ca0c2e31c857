package org.autophage.metrics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.autophage.metrics.features.Features;

/** Sets of features for tests: plain ones, and those on which fast distances go wrong. */
public final class Clouds {
    private Clouds() {}

    /** Standard normal rows. */
    public static double[][] normal(int count, int width, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] rows = new double[count][width];
        for (double[] row : rows) {
            Arrays.setAll(row, i -> random.nextGaussian());
        }
        return rows;
    }

    static double[][] map(double[][] rows, UnaryOperator<double[]> change) {
        return Arrays.stream(rows).map(row -> change.apply(row.clone())).toArray(double[][]::new);
    }

    public static double[][] scaled(double[][] rows, double factor) {
        return map(rows, row -> {
            Arrays.setAll(row, i -> row[i] * factor);
            return row;
        });
    }

    /** The same rows as float32. */
    public static Features single(double[][] rows) {
        float[] values = new float[rows.length * rows[0].length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) rows[i / rows[0].length][i % rows[0].length];
        }
        return Features.ofRows(rows[0].length, values);
    }

    /** One of the {@link #adversaries}. */
    public static double[][] adversary(String name, int count, long seed) {
        return Objects.requireNonNull(adversaries(count, seed).get(name), name);
    }

    /** Sets of rows by what is hard about them. */
    public static Map<String, double[][]> adversaries(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, double[][]> sets = new LinkedHashMap<>();
        double[][] normal = normal(count, 12, seed);
        sets.put("plain", normal);
        sets.put("one wide", normal(count, 1, seed));
        sets.put("tiny", scaled(normal, 1e-30));
        sets.put("huge", scaled(normal, 1e30));
        sets.put("far from the origin", map(normal, row -> {
            Arrays.setAll(row, i -> row[i] * 1e-3 + 1e6);
            return row;
        }));
        sets.put("tight clusters far apart", map(normal, row -> {
            double center = random.nextInt(3) * 1e4;
            Arrays.setAll(row, i -> row[i] * 1e-6 + center);
            return row;
        }));
        sets.put("clusters tighter than float64 products see", map(normal, row -> {
            double center = random.nextInt(2) * 1e8;
            Arrays.setAll(row, i -> row[i] * 1e-3 + center);
            return row;
        }));
        sets.put("lattice", map(normal, row -> {
            Arrays.setAll(row, i -> i < 3 ? random.nextInt(4) : 7);
            return row;
        }));
        sets.put("copies", map(normal, row -> normal[random.nextInt(1 + count / 10)].clone()));
        sets.put("all the same", map(normal, row -> normal[0].clone()));
        sets.put("one outlier", map(normal, row -> {
            if (row[0] == normal[count / 2][0]) {
                Arrays.fill(row, 1e9);
            }
            return row;
        }));
        return sets;
    }
}
