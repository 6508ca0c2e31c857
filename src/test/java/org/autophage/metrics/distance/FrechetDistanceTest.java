package org.autophage.metrics.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.metrics.features.FeatureStatistics;
import org.autophage.metrics.features.Features;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fréchet distance against closed forms, and where covariances are singular. */
class FrechetDistanceTest extends OnCpu {
    private static FrechetDistance frechet;

    @BeforeAll
    static void open() {
        frechet = new FrechetDistance(device);
    }

    @AfterAll
    static void close() {
        frechet.close();
    }

    @Test
    void statisticsByHand() {
        FeatureStatistics statistics = frechet.statistics(Features.ofRows(new double[][] {{0, 1}, {2, 1}, {4, 4}}));
        assertThat(statistics.count()).isEqualTo(3);
        assertThat(statistics.mean()).containsExactly(new double[] {2, 2}, within(1e-15));
        assertThat(statistics.covariance()).containsExactly(new double[] {4, 3, 3, 3}, within(1e-15));
    }

    @Test
    void diagonalCovariancesHaveAClosedForm() {
        // (mean gap)² + Σ (σ₁ − σ₂)²
        FeatureStatistics one = new FeatureStatistics(new double[] {1, 2}, new double[] {4, 0, 0, 9}, 10);
        FeatureStatistics two = new FeatureStatistics(new double[] {1, 4}, new double[] {1, 0, 0, 25}, 10);
        assertThat(frechet.between(one, two)).isCloseTo(4 + 1 + 4, within(1e-12));
        assertThat(frechet.between(two, one)).isCloseTo(4 + 1 + 4, within(1e-12));
    }

    @Test
    void covariancesThatDoNotCommuteHaveAClosedFormInTwoDimensions() {
        // tr (AB)^½ = √(tr AB + 2 √det AB) for 2 x 2
        FeatureStatistics one = new FeatureStatistics(new double[2], new double[] {2, 1, 1, 3}, 10);
        FeatureStatistics two = new FeatureStatistics(new double[2], new double[] {5, -2, -2, 1}, 10);
        double traceOfProduct = 2 * 5 + 2 * 1 * -2 + 3 * 1;
        double expected = 5 + 6 - 2 * Math.sqrt(traceOfProduct + 2 * Math.sqrt(5 * 1));
        assertThat(frechet.between(one, two)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void aMillionTimesShiftedFeaturesKeepTheirCovariance() {
        double[][] rows = normal(500, 4, 1);
        FeatureStatistics near = frechet.statistics(Features.ofRows(rows));
        FeatureStatistics far = frechet.statistics(Features.ofRows(Arrays.stream(rows)
                .map(row -> Arrays.stream(row).map(x -> x + 1e6).toArray())
                .toArray(double[][]::new)));
        assertThat(far.covariance()).containsExactly(near.covariance(), within(1e-8));
    }

    @Test
    void fewerSamplesThanFeaturesAgainstThemselvesAreAtDistanceZero() {
        FeatureStatistics statistics = frechet.statistics(Features.ofRows(normal(20, 64, 2)));
        assertThat(frechet.between(statistics, statistics))
                .isGreaterThanOrEqualTo(0)
                .isLessThan(1e-10);
    }

    /**
     * The covariances that are multiplied out go the way of many samples, which is the way of those that files hold;
     * it takes rounding errors of 1e-16 for eigenvalues, whose roots are 1e-8.
     */
    @ParameterizedTest
    @CsvSource({"20, 40, 96", "40, 20, 96", "95, 96, 96", "2, 2, 96", "20, 300, 64", "300, 20, 64", "63, 300, 64"})
    void theSmallSideGivesWhatTheCovariancesGive(int ones, int twos, int width) {
        FeatureStatistics one = frechet.statistics(Features.ofRows(normal(ones, width, 6)));
        FeatureStatistics two = frechet.statistics(Features.ofRows(shifted(normal(twos, width, 7))));
        double expected = frechet.between(wholeCovariance(one), wholeCovariance(two));
        assertThat(frechet.between(one, two)).isCloseTo(expected, within(1e-7 * expected));
        assertThat(frechet.between(two, one)).isCloseTo(expected, within(1e-7 * expected));
        assertThat(frechet.between(one, wholeCovariance(two))).isCloseTo(expected, within(1e-7 * expected));
    }

    /** Of these, samples that come twice leave a covariance of still lower rank. */
    @Test
    void copiesAmongFewSamplesChangeNothing() {
        double[][] rows = normal(30, 64, 8);
        for (int i = 10; i < 30; i++) {
            rows[i] = rows[i % 10];
        }
        FeatureStatistics few = frechet.statistics(Features.ofRows(rows));
        FeatureStatistics many = frechet.statistics(Features.ofRows(normal(300, 64, 9)));
        double expected = frechet.between(wholeCovariance(few), many);
        assertThat(frechet.between(few, many)).isCloseTo(expected, within(1e-7 * expected));
        assertThat(frechet.between(few, few)).isLessThan(1e-10);
    }

    @Test
    void fewSamplesOfManyFeaturesTakeNoTime() {
        FeatureStatistics one = frechet.statistics(Features.ofRows(normal(20, 3072, 1)));
        FeatureStatistics two = frechet.statistics(Features.ofRows(normal(40, 3072, 2)));
        assertTimeout(Duration.ofSeconds(1), () -> frechet.between(one, two));
    }

    private static FeatureStatistics wholeCovariance(FeatureStatistics statistics) {
        return new FeatureStatistics(statistics.mean(), statistics.covariance(), statistics.count());
    }

    private static double[][] shifted(double[][] rows) {
        for (double[] row : rows) {
            Arrays.setAll(row, i -> 1 + row[i] * (1 + i % 3));
        }
        return rows;
    }

    @Test
    void collapseToOnePointIsTheMeanGapAndTheOthersVariance() {
        FeatureStatistics real = frechet.statistics(Features.ofRows(normal(300, 32, 3)));
        double[][] points = new double[50][32];
        FeatureStatistics collapsed = frechet.statistics(Features.ofRows(points));
        double meanSquare = Arrays.stream(real.mean()).map(x -> x * x).sum();
        double expected = meanSquare + real.trace();
        assertThat(frechet.between(real, collapsed)).isCloseTo(expected, within(1e-10 * expected));
        assertThat(frechet.between(collapsed, real)).isCloseTo(expected, within(1e-10 * expected));
        assertThat(frechet.between(collapsed, collapsed)).isZero();
    }

    @Test
    void collapseToALineIsSymmetric() {
        double[][] line = normal(100, 32, 4);
        for (double[] row : line) {
            Arrays.fill(row, row[0]);
        }
        FeatureStatistics collapsed = frechet.statistics(Features.ofRows(line));
        FeatureStatistics real = frechet.statistics(Features.ofRows(normal(300, 32, 5)));
        double distance = frechet.between(collapsed, real);
        assertThat(frechet.between(real, collapsed)).isCloseTo(distance, within(1e-6 * distance));
    }

    @Test
    void aSingleSampleHasNoCovariance() {
        assertThat(frechet.statistics(Features.ofRows(1, new double[] {1, 3})).covariance())
                .containsExactly(2);
        assertThatThrownBy(() -> frechet.statistics(Features.ofRows(new double[][] {{1, 2}})))
                .isInstanceOf(AutophageException.class)
                .hasMessage("a covariance needs at least 2 samples, there is 1")
                .extracting(e -> ((AutophageException) e).exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void differentDimensionsAreRefused() {
        FeatureStatistics one = new FeatureStatistics(new double[1], new double[1], 10);
        FeatureStatistics two = new FeatureStatistics(new double[2], new double[4], 10);
        assertThatThrownBy(() -> frechet.between(one, two))
                .isInstanceOf(AutophageException.class)
                .hasMessage("features of 1 and of 2 dimensions cannot be compared: must be the same");
    }

    private static double[][] normal(int count, int width, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] rows = new double[count][width];
        for (double[] row : rows) {
            Arrays.setAll(row, i -> random.nextGaussian());
        }
        return rows;
    }
}
