package org.autophage.metrics.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
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

    /** In one dimension (μ − μ₁)² + (σ − σ₁)²: to first order its variance is (4 (μ − μ₁)² σ² + 2 (σ − σ₁)² σ²) / n for a normal law. */
    @Test
    void samplingErrorInOneDimensionHasAClosedForm() {
        FeatureStatistics reference = new FeatureStatistics(new double[] {3}, new double[] {4}, 10);
        double[][] rows = normal(20_000, 1, 11);
        Features samples = Features.ofRows(rows);
        FeatureStatistics statistics = frechet.statistics(samples);
        double mean = statistics.mean()[0];
        double deviation = Math.sqrt(statistics.covariance()[0]);
        double expected = Math.sqrt((4 * (mean - 3) * (mean - 3) * deviation * deviation
                        + (deviation - 2) * (deviation - 2) * 2 * deviation * deviation)
                / rows.length);
        // the third and fourth moments of 20,000 draws are those of the law within some percent
        assertThat(frechet.samplingError(reference, statistics, samples)).isCloseTo(expected, within(.03 * expected));
    }

    /**
     * The jackknife by its definition: measured again without each of the samples. It differs from influences by terms of order 1/n;
     * of fewer samples than features n is small beside what is estimated, and 10% are allowed.
     */
    @ParameterizedTest
    @CsvSource({
        "400, 300, 5, .02",
        "300, 40, 60, .02",
        "90, 40, 60, .1",
        "30, 400, 60, .1",
        "30, 20, 60, .1",
        "60, 300, 60, .1"
    })
    void samplingErrorIsThatOfLeavingOutOneAfterTheOther(int count, int references, int width, double tolerance) {
        double[][] rows = shifted(normal(count, width, 12));
        FeatureStatistics reference = frechet.statistics(Features.ofRows(normal(references, width, 13)));
        double[] without = new double[count];
        for (int left = 0; left < count; left++) {
            int out = left;
            without[left] = frechet.between(
                    reference,
                    frechet.statistics(Features.ofRows(IntStream.range(0, count)
                            .filter(i -> i != out)
                            .mapToObj(i -> rows[i])
                            .toArray(double[][]::new))));
        }
        double mean = Arrays.stream(without).average().orElseThrow();
        double jackknife = Math.sqrt((count - 1.0)
                / count
                * Arrays.stream(without).map(x -> (x - mean) * (x - mean)).sum());
        Features samples = Features.ofRows(rows);
        assertThat(frechet.samplingError(reference, frechet.statistics(samples), samples))
                .isCloseTo(jackknife, within(tolerance * jackknife));
    }

    /**
     * Against 400 further draws, whose deviation has a relative error of 3.5%: within three of these, and a fourth too large where
     * features are many beside samples and the distance is hardly more than its own bias.
     */
    @ParameterizedTest
    @CsvSource({"200, 3, .8, .3", "300, 20, .9, .2", "300, 40, 1.2, 0"})
    void samplingErrorIsWhatFurtherDrawsVary(int count, int width, double scale, double shift) {
        FeatureStatistics reference = frechet.statistics(Features.ofRows(normal(500, width, 1)));
        int draws = 400;
        double[] distances = new double[draws];
        double squares = 0;
        for (int draw = 0; draw < draws; draw++) {
            Features samples = Features.ofRows(Arrays.stream(normal(count, width, 100 + draw))
                    .map(row -> Arrays.stream(row).map(x -> scale * x + shift).toArray())
                    .toArray(double[][]::new));
            FeatureStatistics statistics = frechet.statistics(samples);
            distances[draw] = frechet.between(reference, statistics);
            double error = frechet.samplingError(reference, statistics, samples);
            squares += error * error / draws;
        }
        double mean = Arrays.stream(distances).average().orElseThrow();
        double deviation = Math.sqrt(
                Arrays.stream(distances).map(x -> (x - mean) * (x - mean)).sum() / (draws - 1));
        assertThat(Math.sqrt(squares) / deviation).isBetween(.89, 1.36);
    }

    @Test
    void samplesThatHaveCollapsedToOneDoNotVary() {
        Features samples = Features.ofRows(
                IntStream.range(0, 30).mapToObj(i -> new double[] {1, 2, 3}).toArray(double[][]::new));
        FeatureStatistics reference = frechet.statistics(Features.ofRows(normal(50, 3, 1)));
        assertThat(frechet.samplingError(reference, frechet.statistics(samples), samples))
                .isZero();
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
