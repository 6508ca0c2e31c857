package org.autophage.model.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Density;
import org.autophage.data.ImageShape;
import org.autophage.data.Moments;
import org.autophage.data.Origins;
import org.autophage.data.PointShape;
import org.autophage.data.Points;
import org.autophage.data.TrainingSet;
import org.autophage.data.Weights;
import org.autophage.measure.Composition;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.model.SamplingSpec;
import org.autophage.model.density.GaussianSpec.Estimator;
import org.autophage.model.diffusion.SamplerKind;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GaussianTest extends OnCpu {
    private static final Seeds SEEDS = new Seeds(3);
    private static final Seeds.Stream DRAWS = SEEDS.stream(1, Phase.SAMPLE);

    private static ModelFamily family(Estimator estimator, int replicas, int dimensions) {
        return new GaussianSpec(estimator)
                .family(device, new PointShape(replicas, dimensions), new SamplingSpec(1, null, null, 50));
    }

    private static TrainingSet set(Points points, Weights weights) {
        int count = points.count();
        return new TrainingSet(
                points, new Origins(new int[count], new long[count]), new Composition(count, 0, 0), weights);
    }

    private static GenerativeModel fit(ModelFamily family, Points points, Weights weights) {
        return family.train(set(points, weights), null, SEEDS, 1, Work.UNATTENDED);
    }

    /** Two replicas of four points in two dimensions; the second is the first times −2. */
    private static Points points() {
        double[] one = {0, 0, 1, 0, 0, 2, 3, 2};
        double[] both = new double[16];
        for (int i = 0; i < 8; i++) {
            both[i] = one[i];
            both[i + 8] = -2 * one[i];
        }
        return new Points(2, 4, 2, both);
    }

    private static double[][] moments(GenerativeModel model) {
        Moments moments = model.density().flatMap(Density::gaussian).orElseThrow();
        double[] factor = moments.factors().toDoubles();
        int d = moments.dimensions();
        int k = (int) moments.factors().dims()[1];
        double[] covariances = new double[moments.replicas() * d * d];
        for (int replica = 0; replica < moments.replicas(); replica++) {
            for (int row = 0; row < k; row++) {
                for (int i = 0; i < d * d; i++) {
                    covariances[replica * d * d + i] +=
                            factor[(replica * k + row) * d + i / d] * factor[(replica * k + row) * d + i % d];
                }
            }
        }
        return new double[][] {moments.means().toDoubles(), covariances};
    }

    @ParameterizedTest
    @CsvSource({"UNBIASED, 3", "BIASED, 4"})
    void fitsMeanAndCovarianceOfEveryReplica(Estimator estimator, double divisor) {
        try (GenerativeModel model = fit(family(estimator, 2, 2), points(), Weights.EQUAL)) {
            double[][] moments = moments(model);
            assertThat(moments[0]).containsExactly(new double[] {1, 1, -2, -2}, within(1e-12));
            // deviations (-1,-1) (0,-1) (-1,1) (2,1): squares 6 and 4, products 1 + 0 − 1 + 2 = 2
            assertThat(moments[1])
                    .containsExactly(
                            Arrays.stream(new double[] {6, 2, 2, 4, 24, 8, 8, 16})
                                    .map(sum -> sum / divisor)
                                    .toArray(),
                            within(1e-12));
        }
    }

    /** Weights 2/3 on the first point and 1/9 on each of the others, by hand. */
    @Test
    void weightsEnterMeanAndCovariance() {
        Points line = new Points(1, 4, 1, new double[] {0, 3, 6, 9});
        try (GenerativeModel model = fit(family(Estimator.BIASED, 1, 1), line, new Weights(1, 2 / 3.0))) {
            double[][] moments = moments(model);
            assertThat(moments[0][0]).isCloseTo(2, within(1e-12));
            assertThat(moments[1][0]).isCloseTo((9 + 36 + 81) / 9.0 - 4, within(1e-12));
        }
        try (GenerativeModel model = fit(family(Estimator.UNBIASED, 1, 1), line, new Weights(1, 2 / 3.0))) {
            double unequal = 4 / 9.0 + 3 / 81.0;
            assertThat(moments(model)[1][0]).isCloseTo(10 / (1 - unequal), within(1e-12));
        }
    }

    /** 40,000 draws: a covariance entry has a standard error under 1.5%, and a mean one under .012; four of them. */
    @ParameterizedTest
    @CsvSource({"1", ".5"})
    void drawsFromTheFitWithTheBiasOnItsVariance(double bias) {
        try (GenerativeModel model = fit(family(Estimator.BIASED, 2, 2), points(), Weights.EQUAL)) {
            Points drawn = (Points) model.sample(40_000, bias, DRAWS, Work.UNATTENDED);
            try (GenerativeModel again = fit(family(Estimator.BIASED, 2, 2), drawn, Weights.EQUAL)) {
                double[][] expected = moments(model);
                double[][] moments = moments(again);
                for (int i = 0; i < 4; i++) {
                    assertThat(moments[0][i]).isCloseTo(expected[0][i], within(0.05));
                }
                for (int i = 0; i < 8; i++) {
                    double size = Math.max(1, Math.abs(expected[1][i]));
                    assertThat(moments[1][i]).isCloseTo(bias * expected[1][i], within(0.06 * size));
                }
            }
        }
    }

    @Test
    void aSingularFitIsDrawnFromInItsOwnPlane() {
        Points two = new Points(1, 2, 3, new double[] {0, 0, 1, 1, 2, 1});
        try (GenerativeModel model = fit(family(Estimator.UNBIASED, 1, 3), two, Weights.EQUAL)) {
            Points drawn = (Points) model.sample(100, 1, DRAWS, Work.UNATTENDED);
            for (int i = 0; i < 100; i++) {
                double x = drawn.values()[3 * i];
                assertThat(drawn.values()[3 * i + 1]).isCloseTo(2 * x, within(1e-12));
                assertThat(drawn.values()[3 * i + 2]).isCloseTo(1, within(1e-12));
            }
            Density density = model.density().orElseThrow();
            assertThat(density.hasLikelihood()).isFalse();
            assertThatThrownBy(() -> density.logDensity(two))
                    .isInstanceOf(AutophageException.class)
                    .hasMessage(
                            "a Gaussian fitted to 2 points in 3 dimensions has a singular covariance, so no point has a"
                                    + " likelihood: it takes at least 4 points");
        }
    }

    @Test
    void samplesDoNotDependOnTheirNumber() {
        try (GenerativeModel model = fit(family(Estimator.BIASED, 2, 2), points(), Weights.EQUAL)) {
            Points many = (Points) model.sample(130, 1, DRAWS, Work.UNATTENDED);
            Points few = (Points) model.sample(70, 1, DRAWS, Work.UNATTENDED);
            assertThat(many.first(70).values()).isEqualTo(few.values());
            Points whole = (Points) model.sample(50, 1, DRAWS, Work.UNATTENDED);
            assertThat(many.first(50).values()).isEqualTo(whole.values());
        }
    }

    /** ln N((x, y); μ, Σ) written out for the covariance [[2, 2/3], [2/3, 4/3]] and the mean (1, 1). */
    @Test
    void logDensityIsTheFormula() {
        try (GenerativeModel model = fit(family(Estimator.UNBIASED, 2, 2), points(), Weights.EQUAL)) {
            double determinant = 2 * 4 / 3.0 - 4 / 9.0;
            double dx = 0.5 - 1;
            double dy = 3 - 1;
            double distance = (4 / 3.0 * dx * dx - 2 * 2 / 3.0 * dx * dy + 2 * dy * dy) / determinant;
            double expected = -0.5 * (distance + Math.log(determinant) + 2 * Math.log(2 * Math.PI));
            double[] density =
                    model.density().orElseThrow().logDensity(new Points(1, 2, 2, new double[] {0.5, 3, 1, 1}));
            assertThat(density).hasSize(4);
            assertThat(density[0]).isCloseTo(expected, within(1e-12));
            assertThat(density[1]).isCloseTo(-0.5 * (Math.log(determinant) + 2 * Math.log(2 * Math.PI)), within(1e-12));
        }
    }

    @Test
    void aSavedModelIsReadBack(@TempDir Path folder) throws Exception {
        ModelFamily family = family(Estimator.BIASED, 2, 2);
        try (GenerativeModel model = fit(family, points(), Weights.EQUAL)) {
            model.save(folder);
            try (GenerativeModel read = family.load(folder)) {
                assertThat(((Points) read.sample(60, 0.5, DRAWS, Work.UNATTENDED)).values())
                        .isEqualTo(((Points) model.sample(60, 0.5, DRAWS, Work.UNATTENDED)).values());
            }
        }
    }

    @Test
    void whatCannotBeFittedIsRefused() {
        Points one = new Points(1, 1, 2, new double[] {1, 2});
        assertThatThrownBy(() -> fit(family(Estimator.BIASED, 1, 2), one, Weights.EQUAL))
                .hasMessageContaining("a covariance needs at least 2");
        Points infinite = new Points(1, 3, 1, new double[] {1, 2, Double.POSITIVE_INFINITY});
        assertThatThrownBy(() -> fit(family(Estimator.BIASED, 1, 1), infinite, Weights.EQUAL))
                .hasFieldOrPropertyWithValue("exitCode", ExitCode.DIVERGED);
        assertThatThrownBy(() -> GaussianSpec.DEFAULTS.check(new ImageShape(28, 1, 10)))
                .hasFieldOrPropertyWithValue("exitCode", ExitCode.USAGE)
                .hasMessage("model.kind is gaussian, which learns points, but the dataset has images of 28 x 28 x 1:"
                        + " choose dataset.kind points or model.kind diffusion");
        assertThatThrownBy(() -> GaussianSpec.DEFAULTS.complete(new SamplingSpec(1, SamplerKind.HEUN, null, null)))
                .hasMessageContaining("sampling.sampler is heun: model.kind gaussian is drawn from directly");
    }
}
