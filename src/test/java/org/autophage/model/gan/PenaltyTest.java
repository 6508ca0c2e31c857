package org.autophage.model.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.autophage.data.ImageShape;
import org.autophage.model.gan.GanSpec.ArchitectureKind;
import org.autophage.program.Graph;
import org.autophage.program.OnCpu;
import org.autophage.program.Parameters;
import org.autophage.program.Program;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Losses against values by hand; penalties and their gradients against central differences, in float64. */
class PenaltyTest extends OnCpu {
    private static final ImageShape SHAPE = new ImageShape(8, 1, 3);
    private static final int PIXELS = 64;
    private static final int IMAGES = 4;
    private static final double STEP = 1e-6;

    /** A discriminator as a program of float64, with its scores, its penalty, and the penalty's gradient. */
    private static final class Fixture implements AutoCloseable {
        private final Parameters parameters = new Parameters();
        private final Program program;
        private final Objective objective;
        private final Scope scope = device.newScope();
        private final double[] flat;
        private final double[] images = StyleGanTest.waves(IMAGES * PIXELS, 0.37);

        Fixture(ArchitectureKind architecture) {
            GanSettings settings = GanSettings.of(TinyGan.spec(architecture, 10));
            objective = settings.objective();
            Graph discriminate = settings.discriminator(SHAPE, parameters);
            program = new Program(device, discriminate, penalty(false), penalty(true));
            flat = StyleGanTest.widen(parameters.initialize(4));
        }

        private Graph penalty(boolean differentiated) {
            Graph graph = new Graph(differentiated ? "gradient" : "penalty");
            Value given = graph.input("flat", Graph.ANY);
            Value where = graph.differentiable(graph.input("x", Graph.ANY, 1, 8, 8));
            Value labels = graph.input("labels", Graph.ANY);
            Value own = graph.differentiable(given);
            Value scores = graph.call(new long[] {Graph.ANY}, "discriminate", own, where, labels);
            Value mean =
                    objective.penalty(GanMethods.squaredNorms(scores, where)).mean();
            return graph.returns(differentiated ? graph.gradient(mean, own, false) : mean.detach());
        }

        double[] run(String method) {
            try (Scope call = scope.newScope()) {
                Tensor labels = call.longs(new long[] {0, 1, 2, 1}, IMAGES);
                return program.run(
                                call,
                                method,
                                call.doubles(flat, flat.length),
                                call.doubles(images, IMAGES, 1, 8, 8),
                                labels)
                        .get(0)
                        .toDoubles();
            }
        }

        double sumOfScores() {
            return Stream.of(run("discriminate"))
                    .flatMapToDouble(java.util.Arrays::stream)
                    .sum();
        }

        @Override
        public void close() {
            scope.close();
            program.close();
        }
    }

    @ParameterizedTest
    @EnumSource(ArchitectureKind.class)
    void penaltiesAreThoseOfTheScoresSlopeAndTheirGradientIsExact(ArchitectureKind architecture) {
        try (Fixture fixture = new Fixture(architecture)) {
            double expected = 0;
            for (int n = 0; n < IMAGES; n++) {
                double squaredNorm = 0;
                for (int i = n * PIXELS; i < (n + 1) * PIXELS; i++) {
                    double slope = slope(fixture, fixture.images, i, fixture::sumOfScores);
                    squaredNorm += slope * slope;
                }
                expected += architecture == ArchitectureKind.STYLEGAN2
                        ? squaredNorm
                        : Math.pow(Math.sqrt(squaredNorm) - 1, 2);
            }
            assertThat(fixture.run("penalty")[0]).isCloseTo(expected / IMAGES, within(1e-6));

            double[] gradient = fixture.run("gradient");
            int compared = 0;
            for (int i = 0; i < gradient.length; i += 7) {
                double slope = slope(fixture, fixture.flat, i, () -> fixture.run("penalty")[0]);
                assertThat(gradient[i]).describedAs("parameter %d", i).isCloseTo(slope, within(1e-6));
                compared += Math.abs(slope) > 1e-4 ? 1 : 0;
            }
            assertThat(compared).isGreaterThan(20);
        }
    }

    private static double slope(
            Fixture fixture, double[] variables, int i, java.util.function.DoubleSupplier function) {
        double middle = variables[i];
        variables[i] = middle + STEP;
        double above = function.getAsDouble();
        variables[i] = middle - STEP;
        double below = function.getAsDouble();
        variables[i] = middle;
        return (above - below) / (2 * STEP);
    }

    @Test
    void lossesAreTheirDefinitions() {
        double[] real = {2, -1};
        double[] fake = {0.5, -3};
        Objective logistic = new NonSaturating(1, 1);
        double ofReal = 0.5 * Math.log(1 + Math.exp(-2)) + 1.5 * Math.log(1 + Math.exp(1));
        double ofFake = Math.log(1 + Math.exp(0.5)) + Math.log(1 + Math.exp(-3));
        assertThat(losses(logistic, real, fake)[0])
                .isCloseTo((Math.log(1 + Math.exp(-0.5)) + Math.log(1 + Math.exp(3))) / 2, within(1e-12));
        assertThat(losses(logistic, real, fake)[1]).isCloseTo((ofReal + ofFake) / 2, within(1e-12));
        assertThat(losses(logistic, new double[2], new double[2])[1]).isCloseTo(2 * Math.log(2), within(1e-12));
        Objective wasserstein = new Wasserstein(10);
        assertThat(losses(wasserstein, real, fake)[0]).isCloseTo(1.25, within(1e-12));
        assertThat(losses(wasserstein, real, fake)[1]).isCloseTo(-1.25 - (1 - 1.5) / 2, within(1e-12));
    }

    /** The generator's and the discriminator's, with weights .5 and 1.5 on the real images. */
    private static double[] losses(Objective objective, double[] real, double[] fake) {
        Graph graph = new Graph("losses");
        Value ofReal = graph.input("real", Graph.ANY);
        Value ofFake = graph.input("fake", Graph.ANY);
        Value weights = graph.input("weights", Graph.ANY);
        graph.returns(objective.generatorLoss(ofFake), objective.discriminatorLoss(ofReal, ofFake, weights));
        try (Program program = new Program(device, graph);
                Scope scope = device.newScope()) {
            return program
                    .run(
                            scope,
                            "losses",
                            scope.doubles(real, 2),
                            scope.doubles(fake, 2),
                            scope.doubles(new double[] {0.5, 1.5}, 2))
                    .stream()
                    .mapToDouble(Tensor::toNumber)
                    .toArray();
        }
    }
}
