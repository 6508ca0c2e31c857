package org.autophage.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.autophage.base.Interruptible;

/** Centres of points by Lloyd's algorithm from a start by k-means++ (Arthur and Vassilvitskii 2007). */
public final class KMeans {
    private static final int MOST_ROUNDS = 1000;

    private KMeans() {}

    /**
     * Centres whose cells they are the means of; rounds end when no point changes its cell, or after a thousand.
     *
     * @param points shape (N, d), row-major
     * @param dimensions d
     * @param count K, at most N
     * @return shape (K, d), row-major; centres that no point is nearest to stay where they were
     */
    public static double[] centres(double[] points, int dimensions, int count, SplittableRandom random) {
        int n = points.length / dimensions;
        if (count < 1 || count > n) {
            throw new IllegalArgumentException(count + " centres of " + n + " points");
        }
        double[] centres = start(points, dimensions, count, random);
        int[] cells = new int[n];
        for (int round = 0; round < MOST_ROUNDS; round++) {
            boolean changed = round == 0;
            double[] sums = new double[count * dimensions];
            int[] members = new int[count];
            for (int i = 0; i < n; i++) {
                Interruptible.proceed();
                int cell = nearest(centres, points, i * dimensions, dimensions);
                changed |= cell != cells[i];
                cells[i] = cell;
                members[cell]++;
                for (int k = 0; k < dimensions; k++) {
                    sums[cell * dimensions + k] += points[i * dimensions + k];
                }
            }
            if (!changed) {
                break;
            }
            for (int i = 0; i < sums.length; i++) {
                if (members[i / dimensions] > 0) {
                    centres[i] = sums[i] / members[i / dimensions];
                }
            }
        }
        return centres;
    }

    private static double[] start(double[] points, int dimensions, int count, SplittableRandom random) {
        int n = points.length / dimensions;
        double[] centres = new double[count * dimensions];
        double[] squared = new double[n];
        Arrays.fill(squared, Double.POSITIVE_INFINITY);
        int chosen = random.nextInt(n);
        for (int c = 0; c < count; c++) {
            System.arraycopy(points, chosen * dimensions, centres, c * dimensions, dimensions);
            double sum = 0;
            for (int i = 0; i < n; i++) {
                squared[i] = Math.min(squared[i], squared(centres, c * dimensions, points, i * dimensions, dimensions));
                sum += squared[i];
            }
            double left = random.nextDouble() * sum;
            chosen = random.nextInt(n); // where all points are centres already
            for (int i = 0; i < n && sum > 0; i++) {
                left -= squared[i];
                if (left < 0) {
                    chosen = i;
                    break;
                }
            }
        }
        return centres;
    }

    /** The number of the centre that is nearest to the point {@code values[at]}, …; of equal ones the first. */
    public static int nearest(double[] centres, double[] values, int at, int dimensions) {
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int c = 0; c < centres.length / dimensions; c++) {
            double squared = squared(centres, c * dimensions, values, at, dimensions);
            if (squared < least) {
                least = squared;
                nearest = c;
            }
        }
        return nearest;
    }

    private static double squared(double[] a, int atA, double[] b, int atB, int dimensions) {
        double sum = 0;
        for (int k = 0; k < dimensions; k++) {
            double gap = a[atA + k] - b[atB + k];
            sum += gap * gap;
        }
        return sum;
    }
}
