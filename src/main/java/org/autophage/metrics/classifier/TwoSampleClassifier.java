package org.autophage.metrics.classifier;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autophage.data.Shuffle;
import org.autophage.metrics.features.ColumnScales;
import org.autophage.metrics.features.Features;
import org.autophage.metrics.features.QuadraticTerms;

/**
 * The classifier two-sample test (Lopez-Paz and Oquab, arXiv 1610.06545): a classifier learns on one half of two sets, equal in
 * number, which of them a sample is of; how often it is right on the other half is at most ½ + TV/2, with TV the total variation
 * between the two laws, and ½ where they are one.
 *
 * <p>The classifier is a {@link SoftmaxProbe} of the standardized features, their squares and, where ten rows a term allow it, their
 * products: what it can tell apart is what means, variances and then covariances tell, so that of two Gaussians it comes to the best
 * there is. Laws that differ in nothing of these are one to it.
 *
 * @param right how many samples of the other half it is right on
 * @param tested how many there are, real ones and generated ones alike
 * @param terms what a sample is told to it by
 */
public record TwoSampleClassifier(int right, int tested, int terms) {
    /** Which samples are learnt from. */
    private static final long SEED = 20_263;

    private static final int ROWS_A_TERM = 10;
    /** Two of each to learn from and one of each to be asked about. */
    private static final int FEWEST = 4;

    /** Whether sets of so many samples are enough. */
    public static boolean isPossible(int count) {
        return count >= FEWEST;
    }

    /**
     * Learns and tests. Of the larger set as many are looked at as the smaller one has.
     *
     * @throws org.autophage.base.AutophageException (usage) if the two do not have the same number of features
     */
    public static TwoSampleClassifier of(Features one, Features other) {
        one.requireSameWidth(other);
        int count = Math.min(one.count(), other.count());
        int learnt = count / 2;
        int[] ones = Shuffle.permutation(one.count(), new SplittableRandom(SEED));
        int[] others = Shuffle.permutation(other.count(), new SplittableRandom(SEED + 1));
        Both learning = new Both(one, Arrays.copyOf(ones, learnt), other, Arrays.copyOf(others, learnt));
        Both asked = new Both(
                one, Arrays.copyOfRange(ones, learnt, count), other, Arrays.copyOfRange(others, learnt, count));
        QuadraticTerms terms = terms(learning.rows());
        // A priori the log-odds of a sample vary by 1: the more terms, the less is expected of each.
        double penalty = terms.count() / (2.0 * learning.count());
        SoftmaxProbe probe = SoftmaxProbe.fit(terms.of(learning.rows()), learning.labels(), 2, penalty);
        double accuracy = probe.accuracy(terms.of(asked.rows()), asked.labels());
        return new TwoSampleClassifier((int) Math.round(accuracy * asked.count()), asked.count(), terms.count());
    }

    /** The share that it is right on. */
    public double accuracy() {
        return (double) right / tested;
    }

    /**
     * How many standard deviations that is above ½, those of fair coins. Where the laws are one it varies by no more, whatever was
     * learnt: a classifier that takes a share p of all for real ones is right on as many of either kind as vary by p(1 − p) ≤ ¼.
     */
    public double deviations() {
        return (2.0 * right - tested) / Math.sqrt(tested);
    }

    /** Rows of two sets, the first one's before the other's, which are labelled 0 and 1. */
    private record Both(Features rows, int[] labels) {
        Both(Features one, int[] ones, Features other, int[] others) {
            this(
                    joined(one, ones, other, others),
                    IntStream.range(0, ones.length + others.length)
                            .map(i -> i < ones.length ? 0 : 1)
                            .toArray());
        }

        private static Features joined(Features one, int[] ones, Features other, int[] others) {
            int width = one.width();
            double[] values = new double[Math.multiplyExact(ones.length + others.length, width)];
            for (int i = 0; i < values.length; i++) {
                int row = i / width;
                values[i] = row < ones.length
                        ? one.value(ones[row], i % width)
                        : other.value(others[row - ones.length], i % width);
            }
            return Features.ofRows(width, values);
        }

        int count() {
            return labels.length;
        }
    }

    /** Products only where there are rows enough for them. */
    private static QuadraticTerms terms(Features learning) {
        return new QuadraticTerms(
                ColumnScales.of(learning),
                QuadraticTerms.countOfAll(learning.width()) * ROWS_A_TERM <= learning.count());
    }
}
