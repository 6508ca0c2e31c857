package org.autophage.model.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Work;
import org.autophage.data.Density;
import org.autophage.data.PointShape;
import org.autophage.data.Points;
import org.autophage.data.Weights;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelTest extends OnCpu {
    private static final Points AT = Clouds.plane(0, 0, 1, 1, 3, -2);
    private static final Weights UNEVEN = new Weights(3, 0.25);

    private static GenerativeModel fit(Object bandwidth, Points points, Weights weights) {
        return family(bandwidth, points)
                .train(Clouds.training(points, weights), null, Clouds.SEEDS, 1, Work.UNATTENDED);
    }

    private static ModelFamily family(Object bandwidth, Points points) {
        return new KernelSpec(Bandwidth.parse(bandwidth))
                .family(device, new PointShape(points.replicas(), points.dimensions()), Clouds.sampling(500));
    }

    private static double[] logDensity(Object bandwidth, Points points, Weights weights, Points at) {
        try (GenerativeModel model = fit(bandwidth, points, weights)) {
            return model.density().orElseThrow().logDensity(at);
        }
    }

    /** Values of scipy.stats.gaussian_kde(X.T, bw_method, weights).logpdf, SciPy 1.17.1. */
    @Test
    void rulesGiveTheDensitiesOfScipy() {
        assertThat(logDensity("scott", Clouds.SIX, Weights.EQUAL, AT))
                .containsExactly(
                        new double[] {-2.7071438369666443, -2.278092316520015, -4.0036880909096375}, within(1e-12));
        assertThat(logDensity("scott", Clouds.SIX, UNEVEN, AT))
                .containsExactly(
                        new double[] {-3.2392917557447314, -2.2317524163040354, -4.82193124399173}, within(1e-12));
        Points line = new Points(1, 6, 1, new double[] {0, 1, 2, .5, -1, 1.5});
        Points onLine = new Points(1, 3, 1, new double[] {-1, .25, 4});
        assertThat(logDensity("scott", line, Weights.EQUAL, onLine))
                .containsExactly(
                        new double[] {-1.9663013920124977, -1.304717044987238, -5.798220938793777}, within(1e-12));
        assertThat(logDensity("silverman", line, Weights.EQUAL, onLine))
                .containsExactly(
                        new double[] {-1.9671835516908815, -1.3148013580074736, -5.438595788181069}, within(1e-12));
    }

    /** Values of sklearn.neighbors.KernelDensity(bandwidth=.7).score_samples, scikit-learn 1.9.1; in every replica. */
    @Test
    void aNumberGivesTheDensitiesOfScikitLearn() {
        double[] equal = {-2.600728971385779, -2.2341754468315456, -4.956789326435418};
        double[] uneven = {-3.1761424557464624, -2.195412571938097, -5.649777411852763};
        Points three = Clouds.repeated(Clouds.SIX, 3);
        double[] all = logDensity(0.7, three, Weights.EQUAL, AT);
        assertThat(all).hasSize(9);
        for (int i = 0; i < 9; i++) {
            assertThat(all[i]).isCloseTo(equal[i % 3], within(1e-12));
        }
        assertThat(logDensity(0.7, Clouds.SIX, UNEVEN, AT)).containsExactly(uneven, within(1e-12));
    }

    /** The covariance of draws is that of the points, over N, plus λ times that of the kernels. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 0.25})
    void drawsHaveTheMomentsOfTheKernels(double bias) {
        try (GenerativeModel model = fit(0.7, Clouds.repeated(Clouds.SIX, 4), Weights.EQUAL)) {
            Points drawn = Clouds.drawn(model, 50_000, bias);
            // 200,000 draws of deviation below 1.3: four standard errors of a mean are .012, of a variance .022
            assertThat(Clouds.mean(drawn, 0)).isCloseTo(Clouds.mean(Clouds.SIX, 0), within(0.012));
            assertThat(Clouds.covariance(drawn, 0, 0))
                    .isCloseTo(Clouds.covariance(Clouds.SIX, 0, 0) + bias * 0.49, within(0.022));
            assertThat(Clouds.covariance(drawn, 0, 1)).isCloseTo(Clouds.covariance(Clouds.SIX, 0, 1), within(0.022));
        }
        try (GenerativeModel model = fit("scott", Clouds.repeated(Clouds.SIX, 4), Weights.EQUAL)) {
            Points drawn = Clouds.drawn(model, 50_000, bias);
            double kernel = bias * Math.pow(6, -2.0 / 6) * 6 / 5; // of the points' unbiased covariance
            assertThat(Clouds.covariance(drawn, 1, 1))
                    .isCloseTo(Clouds.covariance(Clouds.SIX, 1, 1) * (1 + kernel), within(0.022));
            assertThat(Clouds.covariance(drawn, 0, 1))
                    .isCloseTo(Clouds.covariance(Clouds.SIX, 0, 1) * (1 + kernel), within(0.022));
        }
    }

    @Test
    void pointsOfNoWeightHaveNoKernels() {
        Points far = Clouds.plane(0, 0, 0, 0, 100, 100, 100, 100);
        try (GenerativeModel model = fit(0.1, far, new Weights(2, 1.0))) {
            Points drawn = Clouds.drawn(model, 1000, 1);
            assertThat(java.util.Arrays.stream(drawn.values())).allMatch(value -> Math.abs(value) < 1);
        }
    }

    @Test
    void fewPointsAreSampledButHaveNoLikelihoodUnderARule() {
        Points two = Clouds.plane(0, 0, 1, 2);
        try (GenerativeModel model = fit("silverman", two, Weights.EQUAL)) {
            Density density = model.density().orElseThrow();
            Points drawn = Clouds.drawn(model, 10, 1);
            for (int i = 0; i < 10; i++) {
                assertThat(drawn.values()[2 * i + 1]).isCloseTo(2 * drawn.values()[2 * i], within(1e-12));
            }
            assertThat(density.hasLikelihood()).isFalse();
            assertThatThrownBy(() -> density.logDensity(AT))
                    .satisfies(refused("model.bandwidth silverman", "2 points in 2 dimensions", "singular"));
        }
        Points line = Clouds.plane(0, 0, 1, 2, 2, 4, 3, 6);
        try (GenerativeModel model = fit("scott", line, Weights.EQUAL)) {
            assertThat(model.density().orElseThrow().hasLikelihood()).isFalse();
        }
        try (GenerativeModel model = fit(0.5, Clouds.plane(0, 0), Weights.EQUAL)) {
            assertThat(model.density().orElseThrow().logDensity(Clouds.plane(0, 0))[0])
                    .isCloseTo(-Math.log(2 * Math.PI * 0.25), within(1e-12));
        }
        assertThatThrownBy(() -> fit("scott", Clouds.plane(0, 0), Weights.EQUAL))
                .satisfies(refused("generation 1 has 1 point", "model.bandwidth scott"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void aBandwidthOfNothingIsRefused(double bandwidth) {
        assertThatThrownBy(() -> Bandwidth.parse(bandwidth))
                .satisfies(refused("model.bandwidth is " + bandwidth, "must be a positive number, scott or silverman"));
    }

    @Test
    void aSavedModelIsReadBackEqual(@TempDir Path folder) throws Exception {
        Points points = Clouds.repeated(Clouds.SIX, 2);
        try (GenerativeModel model = fit("scott", points, UNEVEN)) {
            model.save(folder);
            try (GenerativeModel read = family("scott", points).load(folder)) {
                assertThat(Clouds.drawn(read, 20, 1).values())
                        .isEqualTo(Clouds.drawn(model, 20, 1).values());
                assertThat(read.density().orElseThrow().logDensity(AT))
                        .isEqualTo(model.density().orElseThrow().logDensity(AT));
            }
        }
    }

    static java.util.function.Consumer<Throwable> refused(String... parts) {
        return thrown -> assertThat(thrown).isInstanceOfSatisfying(AutophageException.class, e -> {
            assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(e).hasMessageContainingAll(parts);
        });
    }
}
