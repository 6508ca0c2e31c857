package org.autophage.metrics.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.metrics.Clouds;
import org.autophage.metrics.features.Features;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nearest-neighbour balls by hand, by a plain loop in Java, and in expectation. */
class PrecisionRecallTest extends OnCpu {
    private static final Features REAL = Features.ofRows(new double[][] {{0, 0}, {1, 0}, {0, 1}, {1, 1}, {5, 5}});
    private static final Features FAKE = Features.ofRows(new double[][] {{.1, .1}, {.9, .2}, {2, 2}, {9, 9}});

    @ParameterizedTest
    @CsvSource({"1, .75, .8, 1.75, 1", "2, 1, 1, 1.125, 1", "3, 1, 1, .9166666666666666, 1"})
    void handMadeExample(int neighbours, double precision, double recall, double density, double coverage) {
        assertThat(compare(REAL, FAKE, neighbours, Ball.STRICT))
                .isEqualTo(new PrecisionRecall.Result(precision, recall, density, coverage));
    }

    /** The means of one value a sample are the four shares: what intervals are made of. */
    @Test
    void membersAreValuesOfSamples() {
        BallMembers members =
                new BallMembers(2, new int[] {0, 3, 1}, new boolean[] {true, false}, new boolean[] {false, true});
        assertThat(members.precise()).containsExactly(0, 1, 1);
        assertThat(members.densities()).containsExactly(0, 1.5, .5);
        assertThat(members.recalled()).containsExactly(1, 0);
        assertThat(members.covered()).containsExactly(0, 1);
        assertThat(members.result()).isEqualTo(new PrecisionRecall.Result(2 / 3.0, .5, 4 / 6.0, .5));
        assertThat(Ball.INCLUSIVE).hasToString("inclusive");
    }

    @Test
    void theEdgeOfABallIsInsideWhenInclusive() {
        // Balls of radius 1 around 0 and 1, of radius 4 around 5; the only generated neighbours are on edges.
        Features real = Features.ofRows(new double[][] {{0}, {1}, {5}});
        Features fake = Features.ofRows(new double[][] {{-1}, {9}});
        assertThat(compare(real, fake, 1, Ball.STRICT)).isEqualTo(new PrecisionRecall.Result(0, 1, 0, 0));
        assertThat(compare(real, fake, 1, Ball.INCLUSIVE)).isEqualTo(new PrecisionRecall.Result(1, 1, 1, 2 / 3.0));
    }

    @Test
    void copiesHaveBallsOfRadiusZero() {
        Features same = Features.ofRows(new double[][] {{1, 2}, {1, 2}, {1, 2}});
        assertThat(compare(same, same, 2, Ball.STRICT)).isEqualTo(new PrecisionRecall.Result(0, 0, 0, 0));
        assertThat(compare(same, same, 2, Ball.INCLUSIVE)).isEqualTo(new PrecisionRecall.Result(1, 1, 1.5, 1));
    }

    /** The fast products settle or leave open every pair as measuring it does, on sets where they cancel. */
    @TestFactory
    List<DynamicTest> equalsMeasuringEveryPair() {
        List<DynamicTest> tests = new ArrayList<>();
        for (long seed = 1; seed <= 2; seed++) {
            for (Map.Entry<String, double[][]> real :
                    Clouds.adversaries(80, seed).entrySet()) {
                double[][] fake = Clouds.adversary(real.getKey(), 60, 100 + seed);
                int tileRows = (int) (7 + 30 * seed);
                for (Ball ball : Ball.values()) {
                    for (int k : new int[] {1, 5}) {
                        tests.add(DynamicTest.dynamicTest(
                                "%s, %s, k = %d, tiles of %d".formatted(real.getKey(), ball, k, tileRows),
                                () -> assertThat(compare(
                                                Features.ofRows(real.getValue()),
                                                Features.ofRows(fake),
                                                k,
                                                ball,
                                                tileRows))
                                        .isEqualTo(plainLoop(real.getValue(), fake, k, ball))));
                    }
                }
            }
        }
        return tests;
    }

    /** Half of the generated samples copy real ones, on balls' edges all. */
    @Test
    void copiesOfTheRealSetLieOnEdges() {
        double[][] real = Clouds.normal(200, 5, 1);
        double[][] fake = Clouds.normal(200, 5, 2);
        System.arraycopy(real, 0, fake, 0, 100);
        for (Ball ball : Ball.values()) {
            assertThat(compare(Features.ofRows(real), Features.ofRows(fake), 1, ball, 64))
                    .isEqualTo(plainLoop(real, fake, 1, ball));
        }
    }

    @Test
    void severalTilesCountAsOne() {
        double[][] real = Clouds.normal(3000, 2, 1);
        double[][] fake = Clouds.normal(2500, 2, 2);
        PrecisionRecall.Result result = compare(Features.ofRows(real), Features.ofRows(fake), 3, Ball.STRICT);
        assertThat(result).isEqualTo(plainLoop(real, fake, 3, Ball.STRICT));
        assertThat(compare(Clouds.single(real), Clouds.single(fake), 3, Ball.STRICT, 100))
                .isEqualTo(compare(Clouds.single(real), Clouds.single(fake), 3, Ball.STRICT, 3000));
    }

    @Test
    void everySampleHasItsOwnMembership() {
        try (PrecisionRecall precisionRecall = new PrecisionRecall(device, 1, Ball.STRICT)) {
            BallMembers members =
                    precisionRecall.members(precisionRecall.neighbourhoods(REAL), precisionRecall.neighbourhoods(FAKE));
            assertThat(members.realBallsAroundFake()).containsExactly(3, 3, 1, 0);
            assertThat(members.result()).isEqualTo(new PrecisionRecall.Result(.75, .8, 1.75, 1));
        }
    }

    /** The jackknife by its definition: all is measured again without each of the generated samples. At least one real sample's share. */
    @ParameterizedTest
    @CsvSource({
        "3, 2, STRICT, 80, 60, 0",
        "5, 3, INCLUSIVE, 120, 40, 0",
        "2, 1, STRICT, 50, 30, 12",
        "4, 5, STRICT, 300, 9, 0"
    })
    void samplingErrorsAreThoseOfLeavingOutOneAfterTheOther(
            int width, int neighbours, Ball ball, int reals, int fakes, int copies) {
        double[][] fakeRows = Clouds.normal(fakes, width, 8);
        for (int i = 0; i < copies; i++) {
            fakeRows[i] = fakeRows[i + copies];
        }
        Features real = Features.ofRows(Clouds.normal(reals, width, 7));
        double[] recalls = new double[fakes];
        double[] coverages = new double[fakes];
        for (int without = 0; without < fakes; without++) {
            int left = without;
            PrecisionRecall.Result result = compare(
                    real,
                    Features.ofRows(IntStream.range(0, fakes)
                            .filter(i -> i != left)
                            .mapToObj(i -> fakeRows[i])
                            .toArray(double[][]::new)),
                    neighbours,
                    ball);
            recalls[without] = result.recall();
            coverages[without] = result.coverage();
        }
        for (int tile : new int[] {7, 3000}) {
            try (PrecisionRecall precisionRecall = new PrecisionRecall(device, neighbours, ball, tile)) {
                Neighbourhoods balls = precisionRecall.neighbourhoods(real);
                Features fake = Features.ofRows(fakeRows);
                BallMembers members = precisionRecall.members(balls, precisionRecall.neighbourhoodsForErrors(fake));
                assertThat(members.result())
                        .isEqualTo(precisionRecall.between(balls, precisionRecall.neighbourhoods(fake)));
                BallMembers.SamplingErrors errors = members.errors().orElseThrow();
                assertThat(errors.recall()).isCloseTo(Math.max(1.0 / reals, jackknife(recalls)), within(1e-12));
                assertThat(errors.coverage()).isCloseTo(Math.max(1.0 / reals, jackknife(coverages)), within(1e-12));
            }
        }
    }

    private static double jackknife(double[] without) {
        int n = without.length;
        double mean = Arrays.stream(without).average().orElseThrow();
        return Math.sqrt((n - 1.0)
                / n
                * Arrays.stream(without).map(x -> (x - mean) * (x - mean)).sum());
    }

    @Test
    void sharesThatNoSampleChangesVaryByOneRealSampleAtLeast() {
        Features real = Features.ofRows(Clouds.normal(40, 2, 7));
        Features far = Features.ofRows(Arrays.stream(Clouds.normal(20, 2, 8))
                .map(row -> new double[] {row[0] + 100, row[1]})
                .toArray(double[][]::new));
        try (PrecisionRecall precisionRecall = new PrecisionRecall(device, 3, Ball.STRICT)) {
            BallMembers members = precisionRecall.members(
                    precisionRecall.neighbourhoods(real), precisionRecall.neighbourhoodsForErrors(far));
            assertThat(members.errors()).contains(new BallMembers.SamplingErrors(1 / 40.0, 1 / 40.0));
            Features four = Features.ofRows(Clouds.normal(4, 2, 9));
            assertThat(precisionRecall
                            .members(
                                    precisionRecall.neighbourhoods(real), precisionRecall.neighbourhoodsForErrors(four))
                            .errors())
                    .as("as many as it needs for neighbours, none to spare")
                    .isEmpty();
        }
    }

    /**
     * Against 300 further draws, whose deviation has a relative error of 4%: jackknife errors are not too small (by more than three
     * of these), and at most half as large again.
     */
    @ParameterizedTest
    @CsvSource({"2, .7, 0", "10, .9, .3", "20, .6, .5"})
    void samplingErrorsCoverWhatFurtherDrawsVary(int width, double scale, double shift) {
        Features real = Features.ofRows(Clouds.normal(500, width, 1));
        int draws = 300;
        double[] recalls = new double[draws];
        double[] coverages = new double[draws];
        double recallError = 0;
        double coverageError = 0;
        try (PrecisionRecall precisionRecall = new PrecisionRecall(device, 5, Ball.STRICT)) {
            Neighbourhoods balls = precisionRecall.neighbourhoods(real);
            for (int draw = 0; draw < draws; draw++) {
                Features fake = Features.ofRows(Arrays.stream(Clouds.normal(200, width, 100 + draw))
                        .map(row ->
                                Arrays.stream(row).map(x -> scale * x + shift).toArray())
                        .toArray(double[][]::new));
                BallMembers members = precisionRecall.members(balls, precisionRecall.neighbourhoodsForErrors(fake));
                recalls[draw] = members.result().recall();
                coverages[draw] = members.result().coverage();
                BallMembers.SamplingErrors errors = members.errors().orElseThrow();
                recallError += errors.recall() * errors.recall() / draws;
                coverageError += errors.coverage() * errors.coverage() / draws;
            }
        }
        assertThat(Math.sqrt(recallError) / deviation(recalls)).isBetween(.88, 1.6);
        assertThat(Math.sqrt(coverageError) / deviation(coverages)).isBetween(.88, 1.6);
    }

    private static double deviation(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Math.sqrt(Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum() / (values.length - 1));
    }

    /**
     * Density 1 and coverage 1 − ∏(N−i)/(N+M−i) for equal distributions (arXiv 2002.09797). Coverage over 20 draws of
     * 300: its mean's standard error is about .0025 and density's .01, measured; four of each are allowed, so that a
     * right implementation fails once in 10,000 seeds.
     */
    @Test
    void equalDistributionsMeetTheExpectation() {
        int draws = 20;
        int count = 300;
        double density = 0;
        double coverage = 0;
        for (int draw = 0; draw < draws; draw++) {
            PrecisionRecall.Result result = compare(
                    Features.ofRows(Clouds.normal(count, 3, 100 + draw)),
                    Features.ofRows(Clouds.normal(count, 3, 200 + draw)),
                    5,
                    Ball.STRICT);
            density += result.density() / draws;
            coverage += result.coverage() / draws;
        }
        double missed = 1;
        for (int i = 1; i <= 5; i++) {
            missed *= (double) (count - i) / (2 * count - i);
        }
        assertThat(coverage).isCloseTo(1 - missed, within(.01));
        assertThat(density).isCloseTo(1, within(.04));
    }

    @Test
    void tooFewSamplesAreRefused() {
        assertThatThrownBy(() -> compare(REAL, FAKE, 4, Ball.STRICT))
                .isInstanceOf(AutophageException.class)
                .hasMessage("4 samples are too few for neighbours 4: must be at least 5")
                .extracting(e -> ((AutophageException) e).exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void differentDimensionsAreRefused() {
        Features flat = Features.ofRows(new double[][] {{1}, {2}});
        assertThatThrownBy(() -> compare(REAL, flat, 1, Ball.STRICT))
                .isInstanceOf(AutophageException.class)
                .hasMessage("features of 2 and of 1 dimensions cannot be compared: must be the same");
    }

    private static PrecisionRecall.Result compare(Features real, Features fake, int neighbours, Ball ball) {
        return compare(real, fake, neighbours, ball, PairFinder.TILE_ROWS);
    }

    private static PrecisionRecall.Result compare(
            Features real, Features fake, int neighbours, Ball ball, int tileRows) {
        try (PrecisionRecall precisionRecall = new PrecisionRecall(device, neighbours, ball, tileRows)) {
            return precisionRecall.between(precisionRecall.neighbourhoods(real), precisionRecall.neighbourhoods(fake));
        }
    }

    private static PrecisionRecall.Result plainLoop(double[][] real, double[][] fake, int k, Ball ball) {
        double[] realRadii =
                Arrays.stream(real).mapToDouble(x -> radius(x, real, k)).toArray();
        double[] fakeRadii =
                Arrays.stream(fake).mapToDouble(x -> radius(x, fake, k)).toArray();
        boolean[] precise = new boolean[fake.length];
        int recalled = 0;
        int covered = 0;
        long inside = 0;
        for (int i = 0; i < real.length; i++) {
            boolean hasFake = false;
            boolean hasBall = false;
            for (int j = 0; j < fake.length; j++) {
                double distance = distance(real[i], fake[j]);
                boolean in = inside(distance, realRadii[i], ball);
                inside += in ? 1 : 0;
                precise[j] |= in;
                hasFake |= in;
                hasBall |= inside(distance, fakeRadii[j], ball);
            }
            covered += hasFake ? 1 : 0;
            recalled += hasBall ? 1 : 0;
        }
        int right = 0;
        for (boolean one : precise) {
            right += one ? 1 : 0;
        }
        return new PrecisionRecall.Result(
                (double) right / fake.length,
                (double) recalled / real.length,
                inside / ((double) k * fake.length),
                (double) covered / real.length);
    }

    private static boolean inside(double distance, double radius, Ball ball) {
        return ball == Ball.STRICT ? distance < radius : distance <= radius;
    }

    private static double radius(double[] center, double[][] set, int k) {
        double[] distances =
                Arrays.stream(set).mapToDouble(x -> distance(center, x)).toArray();
        Arrays.sort(distances);
        return distances[k];
    }

    /** Even and odd features apart, the order in which ties between sums of several features are ties. */
    private static double distance(double[] one, double[] two) {
        double[] sums = new double[2];
        for (int i = 0; i < one.length; i++) {
            sums[i % 2] += (one[i] - two[i]) * (one[i] - two[i]);
        }
        return Math.sqrt(sums[0] + sums[1]);
    }
}
