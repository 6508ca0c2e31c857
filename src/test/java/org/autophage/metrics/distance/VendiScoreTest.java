package org.autophage.metrics.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.autophage.metrics.Clouds;
import org.autophage.metrics.features.FeatureStatistics;
import org.autophage.metrics.features.Features;
import org.autophage.metrics.neighbours.NeighbourSearchTest;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Vendi score by hand and where it is known. */
class VendiScoreTest extends OnCpu {
    private static VendiScore vendi;

    @BeforeAll
    static void open() {
        vendi = new VendiScore(device);
    }

    @AfterAll
    static void close() {
        vendi.close();
    }

    @Test
    void ofSimilarities() {
        double[] points = {0, 0, 10, 10, 20, 20};
        double[] similarities = new double[36];
        Arrays.setAll(similarities, i -> Math.exp(-Math.abs(points[i / 6] - points[i % 6])));
        // The authors print 2.9999: three groups, less 4e-9.
        assertThat(vendi.ofSimilarities(similarities, 6)).isCloseTo(3, within(5e-9));
        assertThat(vendi.ofSimilarities(new double[] {1, .9, 0, .9, 1, 0, 0, 0, 1}, 3))
                .isCloseTo(2.1573, within(5e-5));
    }

    @Test
    void oneWhereAllPointOneWayAndAsManyAsThereAreDirections() {
        assertThat(vendi.of(Features.ofRows(new double[][] {{1, 1}, {2, 2}, {1e30, 1e30}})))
                .isCloseTo(1, within(1e-12));
        assertThat(vendi.of(Features.ofRows(new double[][] {{1e-30, 0}, {0, 5}, {7, 0}, {0, 1}})))
                .isCloseTo(2, within(1e-12));
        // Fewer rows than features: the other Gram matrix.
        assertThat(vendi.of(Features.ofRows(new double[][] {{3, 0, 0, 0}, {0, 0, 2, 0}, {0, 1, 0, 0}})))
                .isCloseTo(3, within(1e-12));
    }

    @Test
    void bothGramMatricesAndManyBlocksAgree() {
        double[][] rows = Clouds.normal(30, 8, 1);
        double[] similarities = new double[900];
        Arrays.setAll(similarities, i -> cosine(rows[i / 30], rows[i % 30]));
        double expected = vendi.ofSimilarities(similarities, 30);
        assertThat(vendi.of(Features.ofRows(rows))).isCloseTo(expected, within(1e-10));
        // 300 copies of all of them are no more different, and are several blocks.
        int[] copies = new int[9000];
        Arrays.setAll(copies, i -> i % 30);
        assertThat(vendi.of(Features.ofRows(rows).select(copies))).isCloseTo(expected, within(1e-10));
    }

    private static double cosine(double[] one, double[] other) {
        double product = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < one.length; i++) {
            product += one[i] * other[i];
            first += one[i] * one[i];
            second += other[i] * other[i];
        }
        return product / Math.sqrt(first * second);
    }

    @Test
    void aRowOfZerosIsLikeNoOther() {
        // Eigenvalues 2/3 and zeros: the third sample adds nothing, as in the authors' package.
        assertThat(vendi.of(Features.ofRows(new double[][] {{1}, {1}, {0}})))
                .isCloseTo(Math.exp(-2 / 3.0 * Math.log(2 / 3.0)), within(1e-12));
    }

    @Test
    void badSetsAreRefused() {
        NeighbourSearchTest.assertRefused(
                () -> vendi.of(Features.ofRows(2, new double[4])),
                "a Vendi score of features that are all 0 is not defined: a cosine needs a direction");
        NeighbourSearchTest.assertRefused(
                () -> vendi.of(Features.ofRows(1, new double[] {1, Double.POSITIVE_INFINITY})),
                "features: feature 0 of row 1 is Infinity: must be a finite number");
    }

    /** d of d variances that are alike; of (4, 4, 1, 1, 1)/11 numpy has 4.0136, in whatever directions they are. */
    @Test
    void theEffectiveRankIsThatOfTheSpectrum() {
        assertThat(rank(1, 1, 1, 1)).isCloseTo(4, within(1e-12));
        assertThat(rank(4, 4, 1, 1, 1)).isCloseTo(4.013570290623977, within(1e-12));
        assertThat(rank(7, 0, 0)).isCloseTo(1, within(1e-12));
        assertThat(vendi.effectiveRank(new FeatureStatistics(new double[2], new double[4], 9)))
                .isEmpty();
        // Turned by 30 degrees: the diagonal of (9, 1) is (7, 3), beside 2√3.
        double off = 2 * Math.sqrt(3);
        double turned = vendi.effectiveRank(new FeatureStatistics(new double[2], new double[] {7, off, off, 3}, 9))
                .orElseThrow();
        assertThat(turned).isCloseTo(rank(9, 1), within(1e-12));
    }

    private static double rank(double... variances) {
        double[] covariance = new double[variances.length * variances.length];
        for (int i = 0; i < variances.length; i++) {
            covariance[i * (variances.length + 1)] = variances[i];
        }
        return vendi.effectiveRank(new FeatureStatistics(new double[variances.length], covariance, 9))
                .orElseThrow();
    }

    /** Six samples of eight features have five directions at most, and the same rank by deviations and by covariance. */
    @Test
    void fewSamplesHaveTheSameEffectiveRank() {
        Features rows = Features.ofRows(Clouds.normal(6, 8, 3));
        double[] mean = new double[8];
        Arrays.setAll(mean, column -> IntStream.range(0, 6)
                .mapToDouble(row -> rows.value(row, column) / 6)
                .sum());
        FeatureStatistics few = FeatureStatistics.ofFew(rows, mean);
        double rank = vendi.effectiveRank(few).orElseThrow();
        assertThat(rank).isBetween(3.0, 5.0);
        assertThat(vendi.effectiveRank(new FeatureStatistics(mean, few.covariance(), 6))
                        .orElseThrow())
                .isCloseTo(rank, within(1e-9));
    }
}
