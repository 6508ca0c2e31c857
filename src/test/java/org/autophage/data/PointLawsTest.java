package org.autophage.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.data.PointLaw.Modes;
import org.autophage.data.points.PointDistribution;
import org.autophage.data.points.PointsSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PointLawsTest {
    private static final int COUNT = 200_000;

    private static Points drawn(PointDistribution distribution, int count) {
        return new PointsSpec(distribution, null, 1, count, 0).open().holdout();
    }

    /** Four standard errors, estimated from the draws; a wrong formula of this size fails, a right one once in 1,000 runs. */
    @ParameterizedTest
    @EnumSource(PointDistribution.class)
    void drawsHaveTheMomentsThatTheLawSays(PointDistribution distribution) {
        PointLaw law = distribution.law(distribution.defaultDimensions());
        int d = law.dimensions();
        double[] values = drawn(distribution, COUNT).values();
        for (int row = 0; row < d; row++) {
            double[] coordinate = new double[COUNT];
            for (int i = 0; i < COUNT; i++) {
                coordinate[i] = values[i * d + row];
            }
            assertMean(coordinate, law.mean()[row]);
            for (int column = 0; column < d; column++) {
                double[] products = new double[COUNT];
                for (int i = 0; i < COUNT; i++) {
                    products[i] =
                            (values[i * d + row] - law.mean()[row]) * (values[i * d + column] - law.mean()[column]);
                }
                assertMean(products, law.covariance()[row * d + column]);
            }
        }
    }

    private static void assertMean(double[] numbers, double expected) {
        double mean = 0;
        double squares = 0;
        for (double number : numbers) {
            mean += number / numbers.length;
            squares += number * number / numbers.length;
        }
        assertThat(mean).isCloseTo(expected, within(4 * Math.sqrt((squares - mean * mean) / numbers.length)));
    }

    /** The density integrates to 1, and the mean of its logarithm over draws is minus the entropy that the grid gives. */
    @ParameterizedTest
    @CsvSource({"GRID, 2, -2, 2, 0.004", "ROSENBROCK, 7, -1, 50, 0.02", "BLOBS, 15, -15, 15, 0.05"})
    void densitiesIntegrateToOne(PointDistribution distribution, double reach, double low, double high, double cell) {
        PointLaw law = distribution.law(2);
        double total = 0;
        double logarithms = 0;
        for (double x = -reach; x < reach; x += cell) {
            for (double y = low; y < high; y += cell) {
                double log = law.logDensity(new double[] {x, y}, 0).orElseThrow();
                total += Math.exp(log) * cell * cell;
                logarithms += Math.exp(log) * log * cell * cell;
            }
        }
        assertThat(total).isCloseTo(1, within(1e-4));
        double[] values = drawn(distribution, 50_000).values();
        double mean = 0;
        for (int i = 0; i < 50_000; i++) {
            mean += law.logDensity(values, 2 * i).orElseThrow() / 50_000;
        }
        // ln p of a draw has a deviation of about 1: four standard errors are .018
        assertThat(mean).isCloseTo(logarithms, within(0.02));
    }

    @Test
    void modesAreKnown() {
        Modes grid = PointDistribution.GRID.law(2).modes().orElseThrow();
        assertThat(grid.centres()).hasSize(25);
        assertThat(grid.centres().get(0)).containsExactly(new double[] {-Math.sqrt(2), -Math.sqrt(2)}, within(1e-15));
        assertThat(grid.centres().get(24)).containsExactly(new double[] {Math.sqrt(2), Math.sqrt(2)}, within(1e-15));
        assertThat(grid.deviation()).isCloseTo(0.0176777, within(1e-7));
        assertThat(PointDistribution.GRID.law(2).covariance()[0]).isCloseTo(1 + 0.05 * 0.05 / 8, within(1e-12));
        for (int d : new int[] {1, 2, 10}) {
            List<double[]> blobs =
                    PointDistribution.BLOBS.law(d).modes().orElseThrow().centres();
            assertThat(Math.abs(blobs.get(0)[0] - blobs.get(1)[0])).isGreaterThan(6);
            assertThat(Math.abs(blobs.get(0)[0] - blobs.get(2)[0])).isGreaterThan(6);
            assertThat(Math.abs(blobs.get(1)[0] - blobs.get(2)[0])).isGreaterThan(6);
        }
        assertThat(PointDistribution.ROSENBROCK.law(2).modes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GRID       | 3 | dataset.dimensions is 3: grid exists in 2 only; leave the key out",
                "SWISS_ROLL | 2 | dataset.dimensions is 2: swiss-roll exists in 3 only; leave the key out",
                "GAUSSIAN   | 0 | dataset.dimensions is 0: must be from 1 to 1000000",
                "BLOBS      | 0 | dataset.dimensions is 0: must be from 1 to 1000000",
            })
    void dimensionsThatALawDoesNotHaveAreRefused(PointDistribution distribution, int dimensions, String message) {
        assertThatThrownBy(() -> new PointsSpec(distribution, dimensions, 1, 10, 0))
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessage(message);
    }

    @Test
    void noReplicasOrNoHoldoutAreRefused() {
        assertThatThrownBy(() -> new PointsSpec(PointDistribution.MOONS, null, 0, 10, 0))
                .hasMessage("dataset.replicas is 0: must be from 1 to 1000000");
        assertThatThrownBy(() -> new PointsSpec(PointDistribution.MOONS, null, 1, 0, 0))
                .hasMessage("dataset.holdout is 0: must be from 1 to 1000000");
    }

    @Test
    void factorsOfMomentsGiveTheCovarianceBack() {
        try (var device = org.autophage.program.Device.of("cpu");
                var scope = device.newScope()) {
            PointLaw law = PointDistribution.SWISS_ROLL.law(3);
            double[] f = law.moments(scope).factors().toDoubles();
            for (int i = 0; i < 9; i++) {
                double product = 0;
                for (int k = 0; k < 3; k++) {
                    product += f[3 * k + i / 3] * f[3 * k + i % 3];
                }
                assertThat(product).isCloseTo(law.covariance()[i], within(1e-12));
            }
        }
    }
}
