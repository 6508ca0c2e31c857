package org.autophage.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.program.Device;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nearest-neighbour balls by hand, by a plain loop in Java, and in expectation. */
class PrecisionRecallTest {
    private static final Features REAL = Features.ofRows(new double[][] {{0, 0}, {1, 0}, {0, 1}, {1, 1}, {5, 5}});
    private static final Features FAKE = Features.ofRows(new double[][] {{.1, .1}, {.9, .2}, {2, 2}, {9, 9}});

    private static Device device;

    @BeforeAll
    static void open() {
        device = Device.of("cpu");
    }

    @AfterAll
    static void close() {
        device.close();
    }

    @ParameterizedTest
    @CsvSource({"1, .75, .8, 1.75, 1", "2, 1, 1, 1.125, 1", "3, 1, 1, .9166666666666666, 1"})
    void handMadeExample(int neighbours, double precision, double recall, double density, double coverage) {
        assertThat(compare(REAL, FAKE, neighbours, Ball.STRICT))
                .isEqualTo(new PrecisionRecall.Result(precision, recall, density, coverage));
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

    /** 3,000 columns make several blocks of rows: 8 M distances are three blocks. */
    @Test
    void severalBlocksCountAsOne() {
        double[][] real = normal(3000, 2, 1);
        double[][] fake = normal(3000, 2, 2);
        PrecisionRecall.Result result = compare(Features.ofRows(real), Features.ofRows(fake), 3, Ball.STRICT);
        assertThat(result).isEqualTo(plainLoop(real, fake, 3));
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
                    Features.ofRows(normal(count, 3, 100 + draw)),
                    Features.ofRows(normal(count, 3, 200 + draw)),
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
        try (PrecisionRecall precisionRecall = new PrecisionRecall(device, neighbours, ball)) {
            return precisionRecall.between(precisionRecall.neighbourhoods(real), precisionRecall.neighbourhoods(fake));
        }
    }

    private static PrecisionRecall.Result plainLoop(double[][] real, double[][] fake, int k) {
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
                boolean in = distance < realRadii[i];
                inside += in ? 1 : 0;
                precise[j] |= in;
                hasFake |= in;
                hasBall |= distance < fakeRadii[j];
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

    private static double radius(double[] center, double[][] set, int k) {
        double[] distances =
                Arrays.stream(set).mapToDouble(x -> distance(center, x)).toArray();
        Arrays.sort(distances);
        return distances[k];
    }

    private static double distance(double[] one, double[] two) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (one[i] - two[i]) * (one[i] - two[i]);
        }
        return Math.sqrt(sum);
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
