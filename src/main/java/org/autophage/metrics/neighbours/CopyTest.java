package org.autophage.metrics.neighbours;

import java.util.Arrays;
import org.autophage.base.AutophageException;
import org.autophage.metrics.features.Features;

/**
 * The data-copying test of Meehan, Chaudhuri and Dasgupta (arXiv 2004.05675), with the whole space as its one cell: are
 * generated samples systematically nearer to the training set than test samples are? The statistic is the standardised
 * Mann-Whitney U of the distances to the nearest training sample, Z = (U − mn/2) / σ, with U the number of pairs in which
 * the generated sample is the farther one (a tie is a half) and σ² = mn/12 · (m + n + 1 − Σ(t³ − t) / ((m + n)(m + n −
 * 1))) over groups of t ties. Standard normal where nothing is copied; far below 0 (−3, say) means copying, far above 0
 * that the generated samples are away from the data.
 */
public final class CopyTest {
    private CopyTest() {}

    /**
     * The statistic C_T.
     *
     * @throws AutophageException (usage) if a set is empty or of another number of features
     */
    public static double statistic(NeighbourSearch search, Features training, Features generated, Features test) {
        return statistic(
                NearestTraining.of(search, generated, training).distances(),
                NearestTraining.of(search, test, training).distances());
    }

    /**
     * The statistic from distances to the nearest training sample.
     *
     * @return 0 where all distances are the same
     * @throws AutophageException (usage) if a set is empty
     */
    public static double statistic(double[] generated, double[] test) {
        if (generated.length == 0 || test.length == 0) {
            throw AutophageException.usage("a copy test needs generated and test samples, there are %d and %d"
                    .formatted(generated.length, test.length));
        }
        double[] one = sorted(generated);
        double[] other = sorted(test);
        double m = one.length;
        double n = other.length;
        double farther = 0;
        double ties = 0;
        // Both arrays are walked value by value.
        for (int i = 0, j = 0; i < one.length || j < other.length; ) {
            double value = Math.min(
                    i < one.length ? one[i] : Double.POSITIVE_INFINITY,
                    j < other.length ? other[j] : Double.POSITIVE_INFINITY);
            int before = j;
            int equalHere = 0;
            while (i < one.length && one[i] == value) {
                i++;
                equalHere++;
            }
            while (j < other.length && other[j] == value) {
                j++;
            }
            int equalThere = j - before;
            farther += equalHere * (before + equalThere / 2.0);
            double group = (double) equalHere + equalThere;
            ties += group * group * group - group;
        }
        double variance = m * n / 12 * (m + n + 1 - ties / ((m + n) * (m + n - 1)));
        return variance <= 0 ? 0 : (farther - m * n / 2) / Math.sqrt(variance);
    }

    private static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
