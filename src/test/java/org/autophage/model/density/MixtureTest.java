package org.autophage.model.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Work;
import org.autophage.data.PointShape;
import org.autophage.data.Points;
import org.autophage.data.Weights;
import org.autophage.data.npy.NpyArray;
import org.autophage.data.npy.Npz;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.model.SavedArrays;
import org.autophage.model.density.MixtureSpec.DeadComponents;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MixtureTest extends OnCpu {
    private static final Points TEN =
            Clouds.plane(0, 0, 1, .5, 2, -1, .5, 2, -1, 1.5, 1.5, 1, 3, 2, 2.5, 3, 2, 2, 1, 3);
    private static final Points AT = Clouds.plane(0, 0, 1, 1, 3, -2);

    @TempDir
    private Path folder;

    private static ModelFamily family(MixtureSpec spec, int replicas) {
        return spec.family(device, new PointShape(replicas, 2), Clouds.sampling(500));
    }

    private static MixtureSpec spec(int components, int iterations, double tolerance, DeadComponents dead) {
        return new MixtureSpec(components, iterations, tolerance, 1e-2, dead);
    }

    private static GenerativeModel fit(MixtureSpec spec, Points points, Weights weights) {
        return family(spec, points.replicas())
                .train(Clouds.training(points, weights), null, Clouds.SEEDS, 1, Work.UNATTENDED);
    }

    /** Components of weights .3 and .7 and covariance I at (0, 0) and a second centre, in every replica. */
    private GenerativeModel start(ModelFamily family, int replicas, double second) throws Exception {
        Path saved = Files.createDirectories(folder.resolve("start"));
        double[] weights = new double[replicas * 2];
        double[] means = new double[replicas * 4];
        double[] factors = new double[replicas * 8];
        Arrays.setAll(weights, i -> Math.log(i % 2 == 0 ? .3 : .7));
        Arrays.setAll(means, i -> i % 4 < 2 ? 0 : second);
        Arrays.setAll(factors, i -> i % 4 == 0 || i % 4 == 3 ? 1 : 0);
        Npz.write(
                saved.resolve("parameters.npz"),
                Map.of(
                        "logWeights", NpyArray.ofDoubles(weights, replicas, 2, 1),
                        "means", NpyArray.ofDoubles(means, replicas, 2, 2),
                        "factors", NpyArray.ofDoubles(factors, replicas, 2, 2, 2)));
        return family.load(saved);
    }

    /**
     * Log-densities of sklearn.mixture.GaussianMixture(2, weights_init=[.3, .7], means_init=[[0, 0], [2, 2]],
     * precisions_init=[I, I], reg_covar=.01, tol, max_iter), scikit-learn 1.9.1: after 5 iterations, and when an
     * iteration adds less than .001, which is after 6.
     */
    @ParameterizedTest
    @CsvSource({
        "5, 0, -3.0293132833799303, -2.8434790517483046, -4.946180775507173",
        "200, 1e-3, -3.028176372307106, -2.8361960963443402, -4.937323561440511"
    })
    void iterationsAreThoseOfScikitLearn(int iterations, double tolerance, double first, double second, double third)
            throws Exception {
        ModelFamily family = family(spec(2, iterations, tolerance, DeadComponents.FAIL), 3);
        try (GenerativeModel start = start(family, 3, 2);
                GenerativeModel model = family.train(
                        Clouds.training(Clouds.repeated(TEN, 3)), start, Clouds.SEEDS, 2, Work.UNATTENDED)) {
            double[] found = model.density().orElseThrow().logDensity(AT);
            assertThat(Arrays.copyOfRange(found, 6, 9))
                    .containsExactly(new double[] {first, second, third}, within(1e-9));
            assertThat(Arrays.copyOf(found, 3)).containsExactly(Arrays.copyOfRange(found, 6, 9), within(1e-12));
        }
    }

    @Test
    void aPointOfTwiceTheWeightIsTwoPoints() {
        // the first five count twice as much as the last five
        Points fifteen = TEN.select(new int[] {0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 7, 8, 9});
        MixtureSpec one = spec(1, 50, 1e-9, DeadComponents.FAIL);
        try (GenerativeModel weighted = fit(one, TEN, new Weights(5, 2 / 3.0));
                GenerativeModel repeated = fit(one, fifteen, Weights.EQUAL)) {
            assertThat(weighted.density().orElseThrow().logDensity(AT))
                    .containsExactly(repeated.density().orElseThrow().logDensity(AT), within(1e-12));
        }
    }

    /** A mixture of four well separated Gaussians is found in every replica, from k-means++ alone. */
    @Test
    void separateComponentsAreFoundAndDrawnFrom() {
        Points points = Clouds.around(20, 400, 0.1, 0, 0, 5, 0, 0, 5, 5, 5);
        MixtureSpec spec = new MixtureSpec(4, 100, 1e-6, 1e-6, DeadComponents.FAIL);
        try (GenerativeModel model = fit(spec, points, Weights.EQUAL)) {
            // ln ¼ − ln 2π − 2 ln .1 at a centre; a fit to 100 points misses each deviation by about 7%
            double[] centre = model.density().orElseThrow().logDensity(Clouds.plane(0, 0, 5, 5));
            assertThat(Arrays.stream(centre).average().orElseThrow())
                    .isCloseTo(-Math.log(4) - Math.log(2 * Math.PI) - 2 * Math.log(0.1), within(0.1));
            for (double bias : new double[] {1, 0.25}) {
                Points drawn = Clouds.drawn(model, 2000, bias);
                double[] counts = new double[4];
                double squares = 0;
                for (int i = 0; i < drawn.values().length; i += 2) {
                    double x = drawn.values()[i];
                    double y = drawn.values()[i + 1];
                    double gapX = x - 5 * Math.rint(x / 5);
                    double gapY = y - 5 * Math.rint(y / 5);
                    counts[(int) (Math.rint(x / 5) + 2 * Math.rint(y / 5))]++;
                    squares += (gapX * gapX + gapY * gapY) / 80_000;
                }
                assertThat(Arrays.stream(counts).boxed())
                        .allSatisfy(count -> assertThat(count).isCloseTo(10_000, within(400.0)));
                // 80,000 squares of deviation √2 · variance, and 160 fitted variances
                assertThat(squares).isCloseTo(bias * 0.01, within(bias * 0.01 * 0.05));
            }
        }
    }

    @Test
    void aReplicaDoesNotDependOnTheOthers() throws Exception {
        Points points = Clouds.around(2, 60, 1, 0, 0, 2, 1);
        ModelFamily two = family(spec(2, 100, 1e-5, DeadComponents.FAIL), 2);
        ModelFamily one = family(spec(2, 100, 1e-5, DeadComponents.FAIL), 1);
        try (GenerativeModel startOfTwo = start(two, 2, 2);
                GenerativeModel both =
                        two.train(Clouds.training(points), startOfTwo, Clouds.SEEDS, 2, Work.UNATTENDED)) {
            double[] found = both.density().orElseThrow().logDensity(AT);
            for (int replica = 0; replica < 2; replica++) {
                try (GenerativeModel startOfOne = start(one, 1, 2);
                        GenerativeModel alone = one.train(
                                Clouds.training(points.replica(replica)),
                                startOfOne,
                                Clouds.SEEDS,
                                2,
                                Work.UNATTENDED)) {
                    assertThat(alone.density().orElseThrow().logDensity(AT))
                            .containsExactly(Arrays.copyOfRange(found, 3 * replica, 3 * replica + 3), within(1e-9));
                }
            }
        }
    }

    @Test
    void aDyingComponentEndsTheRunUnlessItIsDropped() throws Exception {
        ModelFamily failing = family(spec(2, 100, 1e-5, DeadComponents.FAIL), 2);
        try (GenerativeModel start = start(failing, 2, 1000)) {
            assertThatThrownBy(() -> failing.train(
                            Clouds.training(Clouds.repeated(TEN, 2)), start, Clouds.SEEDS, 3, Work.UNATTENDED))
                    .isInstanceOfSatisfying(AutophageException.class, e -> assertThat(e)
                            .hasFieldOrPropertyWithValue("exitCode", ExitCode.DIVERGED)
                            .hasMessageContainingAll(
                                    "component 1",
                                    "generation 3",
                                    "replica 0",
                                    "model.components",
                                    "model.deadComponents"));
        }
        ModelFamily dropping = family(spec(2, 100, 1e-9, DeadComponents.DROP), 2);
        MixtureSpec one = spec(1, 100, 1e-9, DeadComponents.FAIL);
        try (GenerativeModel start = start(dropping, 2, 1000);
                GenerativeModel model = dropping.train(
                        Clouds.training(Clouds.repeated(TEN, 2)), start, Clouds.SEEDS, 3, Work.UNATTENDED);
                GenerativeModel single = fit(one, TEN, Weights.EQUAL)) {
            double[] left = single.density().orElseThrow().logDensity(AT);
            assertThat(Arrays.copyOf(model.density().orElseThrow().logDensity(AT), 3))
                    .containsExactly(left, within(1e-9));
            assertThat(Arrays.stream(Clouds.drawn(model, 500, 1).values())).allMatch(value -> Math.abs(value) < 20);
            model.save(folder);
            assertThat(SavedArrays.read(folder).require("logWeights").toDoubles())
                    .containsExactly(
                            new double[] {0, Double.NEGATIVE_INFINITY, 0, Double.NEGATIVE_INFINITY}, within(1e-12));
            try (GenerativeModel read = dropping.load(folder)) {
                assertThat(Clouds.drawn(read, 700, 1).values())
                        .isEqualTo(Clouds.drawn(model, 700, 1).values());
                assertThat(read.density().orElseThrow().logDensity(AT))
                        .isEqualTo(model.density().orElseThrow().logDensity(AT));
            }
        }
    }

    /** One point a component, all points equal, fewer points than dimensions: the regularization gives them width. */
    @Test
    void fewOrEqualPointsAreLegal() {
        try (GenerativeModel model = fit(spec(10, 20, 1e-6, DeadComponents.FAIL), TEN, Weights.EQUAL)) {
            assertThat(Arrays.stream(model.density().orElseThrow().logDensity(AT)))
                    .allMatch(Double::isFinite);
        }
        Points equal = Clouds.plane(1, 1, 1, 1, 1, 1);
        try (GenerativeModel model = fit(spec(3, 20, 1e-6, DeadComponents.FAIL), equal, Weights.EQUAL)) {
            assertThat(model.density().orElseThrow().logDensity(Clouds.plane(1, 1))[0])
                    .isCloseTo(-Math.log(2 * Math.PI * 0.01), within(1e-9));
        }
        assertThatThrownBy(() -> fit(spec(4, 20, 1e-6, DeadComponents.FAIL), equal, Weights.EQUAL))
                .satisfies(KernelTest.refused("generation 1 has 3 points", "model.components is 4"));
    }

    @Test
    void pointsThatAreNoNumbersAreCalledDivergence() {
        Points broken = Clouds.plane(0, 0, 1, 1, Double.POSITIVE_INFINITY, 0);
        assertThatThrownBy(() -> fit(spec(1, 20, 1e-6, DeadComponents.FAIL), broken, Weights.EQUAL))
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DIVERGED));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theSeedChoosesTheStart(long seed) {
        Points points = uniform();
        ModelFamily family = family(spec(5, 1, 0, DeadComponents.FAIL), 1);
        try (GenerativeModel one = family.train(
                        Clouds.training(points), null, new org.autophage.base.Seeds(seed), 1, Work.UNATTENDED);
                GenerativeModel again = family.train(
                        Clouds.training(points), null, new org.autophage.base.Seeds(seed), 1, Work.UNATTENDED);
                GenerativeModel other = family.train(
                        Clouds.training(points), null, new org.autophage.base.Seeds(seed + 1), 1, Work.UNATTENDED)) {
            double[] found = one.density().orElseThrow().logDensity(AT);
            assertThat(again.density().orElseThrow().logDensity(AT)).isEqualTo(found);
            assertThat(other.density().orElseThrow().logDensity(AT)).isNotEqualTo(found);
        }
    }

    private static Points uniform() {
        SplittableRandom random = new SplittableRandom(3);
        double[] values = new double[200];
        Arrays.setAll(values, i -> random.nextDouble());
        return Clouds.plane(values);
    }

    @Test
    void impossibleKeysAreNamed() {
        assertThatThrownBy(() -> new MixtureSpec(0, 1, 0, 1, DeadComponents.FAIL))
                .satisfies(KernelTest.refused("model.components is 0: must be at least 1"));
        assertThatThrownBy(() -> new MixtureSpec(1, 0, 0, 1, DeadComponents.FAIL))
                .satisfies(KernelTest.refused("model.iterations is 0: must be at least 1"));
        assertThatThrownBy(() -> new MixtureSpec(1, 1, -1, 1, DeadComponents.FAIL))
                .satisfies(KernelTest.refused("model.tolerance is -1.0: must be at least 0"));
        assertThatThrownBy(() -> new MixtureSpec(1, 1, 0, 0, DeadComponents.FAIL))
                .satisfies(KernelTest.refused("model.regularization is 0.0: must be above 0"));
    }
}
