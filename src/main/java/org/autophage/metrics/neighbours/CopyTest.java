package org.autophage.metrics.neighbours;

import org.autophage.base.AutophageException;
import org.autophage.metrics.features.Features;
import org.autophage.statistics.MannWhitney;

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
        return MannWhitney.of(generated, test).deviations();
    }
}
