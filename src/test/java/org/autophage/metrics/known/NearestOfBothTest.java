package org.autophage.metrics.known;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.SplittableRandom;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Instruments;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.MeasuredSet;
import org.autophage.metrics.features.Features;
import org.autophage.metrics.neighbours.Ball;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.Test;

class NearestOfBothTest extends OnCpu {
    private static double accuracy(double[][] real, double[][] fake) {
        try (Instruments instruments = new Instruments(device, 3, Ball.STRICT)) {
            MeasuredPair pair = MeasuredPair.of(
                    MeasuredSet.of("real", instruments, Features.ofRows(real)),
                    MeasuredSet.of("fake", instruments, Features.ofRows(fake)),
                    Optional.empty());
            return new NearestOfBoth()
                    .of(pair)
                    .measures()
                    .value(Metrics.NEAREST_NEIGHBOUR_ACCURACY)
                    .orElse(Double.NaN);
        }
    }

    private static double[][] normal(long seed, int count, int width, double mean) {
        java.util.Random random = new java.util.Random(seed);
        double[][] rows = new double[count][width];
        for (double[] row : rows) {
            for (int i = 0; i < width; i++) {
                row[i] = mean + random.nextGaussian();
            }
        }
        return rows;
    }

    /** By hand: every pair of the union measured. */
    @Test
    void itIsTheLeaveOneOutAccuracyOfTheUnion() {
        double[][] real = normal(1, 150, 3, 0);
        double[][] fake = normal(2, 150, 3, 0.7);
        double[][] all = new double[300][];
        System.arraycopy(real, 0, all, 0, 150);
        System.arraycopy(fake, 0, all, 150, 150);
        int right = 0;
        for (int i = 0; i < 300; i++) {
            int nearest = -1;
            double least = Double.POSITIVE_INFINITY;
            for (int j = 0; j < 300; j++) {
                double squared = 0;
                for (int c = 0; c < 3; c++) {
                    squared += Math.pow(all[i][c] - all[j][c], 2);
                }
                if (j != i && squared < least) {
                    least = squared;
                    nearest = j;
                }
            }
            right += i < 150 == nearest < 150 ? 1 : 0;
        }
        assertThat(accuracy(real, fake)).isEqualTo(right / 300.0);
    }

    /** A half, but for chance: of 4,000 trials of two samples each that depend on each other, 4 standard errors are below .05. */
    @Test
    void equalLawsGiveAHalfAndOthersOne() {
        assertThat(accuracy(normal(3, 2000, 4, 0), normal(4, 2000, 4, 0))).isCloseTo(0.5, within(0.05));
        assertThat(accuracy(normal(3, 2000, 4, 0), normal(4, 2000, 4, 50))).isEqualTo(1);
    }

    @Test
    void copiesHaveNoNeighbourOfTheirOwn() {
        double[][] real = normal(5, 100, 2, 0);
        assertThat(accuracy(real, real)).isZero();
    }

    /** Of the larger set as many are looked at: more of one kind would make it look apart. */
    @Test
    void setsOfOtherSizesAreComparedInEqualNumber() {
        SplittableRandom seeds = new SplittableRandom(6);
        assertThat(accuracy(normal(seeds.nextLong(), 5000, 4, 0), normal(seeds.nextLong(), 1000, 4, 0)))
                .isCloseTo(0.5, within(0.07));
        assertThat(accuracy(normal(7, 1, 2, 0), normal(8, 3, 2, 0)))
                .as("a set of one has no other neighbour")
                .isNaN();
    }
}
