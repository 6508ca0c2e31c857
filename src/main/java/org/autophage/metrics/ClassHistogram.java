package org.autophage.metrics;

import java.util.Arrays;
import org.autophage.base.AutophageException;

/**
 * How many samples are of each class, as an independent classifier or their labels say.
 *
 * @param counts one a class
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; the array is the point
public record ClassHistogram(long[] counts) {
    public ClassHistogram {
        if (Arrays.stream(counts).sum() < 1) {
            throw AutophageException.usage("a histogram of classes needs at least 1 sample, there are 0");
        }
    }

    /**
     * Counts labels.
     *
     * @param labels from 0 to classes − 1
     */
    public static ClassHistogram of(int[] labels, int classes) {
        long[] counts = new long[classes];
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw AutophageException.usage(
                        "label of sample %d is %d: must be from 0 to %d".formatted(i, labels[i], classes - 1));
            }
            counts[labels[i]]++;
        }
        return new ClassHistogram(counts);
    }

    /** Number of samples. */
    public long samples() {
        return Arrays.stream(counts).sum();
    }

    /** The share of every class. */
    public double[] shares() {
        long all = samples();
        return Arrays.stream(counts).mapToDouble(count -> (double) count / all).toArray();
    }

    /** Kullback-Leibler divergence from the uniform distribution, Σ p ln(p · classes), in nats; 0 to ln classes. */
    public double divergenceFromUniform() {
        double[] uniform = new double[counts.length];
        Arrays.fill(uniform, 1.0 / uniform.length);
        return divergence(shares(), uniform);
    }

    /**
     * Kullback-Leibler divergence from a reference's shares, Σ p ln(p/q), in nats; infinite if there is a class here that
     * the reference does not have.
     */
    public double divergenceFrom(ClassHistogram reference) {
        requireSameClasses(reference);
        return divergence(shares(), reference.shares());
    }

    /** Number of classes without a sample here that the reference has. */
    public int lostFrom(ClassHistogram reference) {
        requireSameClasses(reference);
        int lost = 0;
        for (int i = 0; i < counts.length; i++) {
            lost += counts[i] == 0 && reference.counts[i] > 0 ? 1 : 0;
        }
        return lost;
    }

    private void requireSameClasses(ClassHistogram reference) {
        if (counts.length != reference.counts.length) {
            throw AutophageException.usage("histograms of %d and of %d classes cannot be compared: must be the same"
                    .formatted(counts.length, reference.counts.length));
        }
    }

    private static double divergence(double[] p, double[] q) {
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += p[i] == 0 ? 0 : p[i] * Math.log(p[i] / q[i]);
        }
        return Math.max(0, sum);
    }
}
