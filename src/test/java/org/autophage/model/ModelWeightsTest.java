package org.autophage.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.autophage.base.AutophageException;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Density;
import org.autophage.data.ImageShape;
import org.autophage.data.Images;
import org.autophage.data.Origins;
import org.autophage.data.PointShape;
import org.autophage.data.Points;
import org.autophage.data.SampleShape;
import org.autophage.data.Samples;
import org.autophage.data.TrainingSet;
import org.autophage.measure.Composition;
import org.autophage.model.density.Bandwidth;
import org.autophage.model.density.FlowSpec;
import org.autophage.model.density.GaussianSpec;
import org.autophage.model.density.GaussianSpec.Estimator;
import org.autophage.model.density.KernelSpec;
import org.autophage.model.density.MixtureSpec;
import org.autophage.model.density.MixtureSpec.DeadComponents;
import org.autophage.model.diffusion.DiffusionSpec;
import org.autophage.model.diffusion.DiffusionSpec.ParameterizationKind;
import org.autophage.model.gan.Augmentation;
import org.autophage.model.gan.GanSpec;
import org.autophage.model.gan.GanSpec.ArchitectureKind;
import org.autophage.model.vae.VaeSpec;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModelWeightsTest extends OnCpu {
    private static final Seeds SEEDS = new Seeds(5);
    private static final SamplingSpec SAMPLING = new SamplingSpec(1, null, null, 10);

    /** One model of every family that has weights, small enough for tests. */
    enum Family {
        EDM(diffusion(ParameterizationKind.EDM)),
        DDPM(diffusion(ParameterizationKind.DDPM)),
        STYLEGAN2(gan(ArchitectureKind.STYLEGAN2)),
        WGAN_GP(gan(ArchitectureKind.WGAN_GP)),
        VAE(new VaeSpec(3, 4, List.of(1, 2), 1, true, 8, 8, 2e-3, 0.5, Precision.FLOAT32)),
        FLOW(new FlowSpec(4, 8, 8, 16, 5e-3)),
        GAUSSIAN(GaussianSpec.DEFAULTS);

        final ModelSpec spec;

        Family(ModelSpec spec) {
            this.spec = spec;
        }

        boolean ofPoints() {
            return this == FLOW || this == GAUSSIAN;
        }

        ModelFamily open() {
            SampleShape shape = ofPoints() ? new PointShape(2, 3) : new ImageShape(16, 1, 10);
            return spec.family(device, shape, SAMPLING);
        }

        TrainingSet training(int seed) {
            return ofPoints() ? points(2, 40, 3, seed) : Glyphs.trainingSet(20);
        }

        /** A model, and the one that going on from it gives; or another fit where a fit has no start. */
        GenerativeModel train(ModelFamily family, GenerativeModel before) {
            GenerativeModel start = spec.canFineTune() ? before : null;
            return family.train(training(2), start, SEEDS, 2, Work.UNATTENDED);
        }
    }

    private static DiffusionSpec diffusion(ParameterizationKind kind) {
        Integer timesteps = kind == ParameterizationKind.DDPM ? 60 : null;
        return new DiffusionSpec(
                        kind, timesteps, null, null, true, 8, List.of(1), 1, 2, 6, 8, 2e-3, 0.9, 0.1, Precision.FLOAT32)
                .complete();
    }

    private static GanSpec gan(ArchitectureKind kind) {
        boolean style = kind == ArchitectureKind.STYLEGAN2;
        return new GanSpec(
                kind,
                true,
                4,
                8,
                8,
                style ? 2 : null,
                style ? 0.1 : null,
                4,
                1,
                8,
                2e-3,
                null,
                0.5,
                style ? 0.5 : null,
                style ? 4 : null,
                style ? null : 10.0,
                false,
                Augmentation.NONE,
                Precision.FLOAT32);
    }

    private static TrainingSet points(int replicas, int count, int dimensions, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[replicas * count * dimensions];
        Arrays.setAll(values, i -> random.nextGaussian());
        return set(new Points(replicas, count, dimensions, values));
    }

    private static TrainingSet set(Points points) {
        int count = points.count();
        return new TrainingSet(points, new Origins(new int[count], new long[count]), new Composition(count, 0, 0));
    }

    private static Samples draw(GenerativeModel model, int count, double bias) {
        return model.sample(count, bias, SEEDS.stream(1, Phase.SAMPLE), Work.UNATTENDED);
    }

    /** Twelve samples, which are a chunk and a part of another, with bias, as numbers that are equal only to the bit. */
    private static Object drawn(GenerativeModel model) {
        return draw(model, 12, 0.7) instanceof Images images
                ? images.pixels()
                : ((Points) draw(model, 12, 0.7)).values();
    }

    @ParameterizedTest
    @EnumSource
    void ownWeightsGiveTheSameModelToTheBit(Family kind, @TempDir Path folder) throws IOException {
        ModelFamily family = kind.open();
        Object expected;
        ModelWeights weights;
        try (GenerativeModel model = family.train(kind.training(1), null, SEEDS, 1, Work.UNATTENDED)) {
            expected = drawn(model);
            weights = model.weights().orElseThrow();
            try (GenerativeModel same = model.with(weights);
                    GenerativeModel line = model.with(weights.extrapolated(0, weights))) {
                assertThat(drawn(line)).isEqualTo(expected);
                assertThat(same.clippedVariances()).isZero();
                same.save(folder);
            }
            assertThat(drawn(model)).as("after the others were closed").isEqualTo(expected);
            assertThat(Files.exists(folder.resolve("training.csv"))).isEqualTo(kind != Family.GAUSSIAN);
        }
        try (GenerativeModel loaded = family.load(folder)) {
            assertThat(drawn(loaded)).isEqualTo(expected);
            assertThat(loaded.weights().orElseThrow())
                    .usingRecursiveComparison()
                    .isEqualTo(weights);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClosedFamilyTrainsNoMore(Family kind) {
        ModelFamily family = kind.open();
        family.close();
        assertThatThrownBy(() -> family.train(kind.training(1), null, SEEDS, 1, Work.UNATTENDED))
                .isInstanceOf(IllegalStateException.class);
    }

    /** w = −1 leads to the other model; w = 1 as far beyond this one, and from there back. */
    @ParameterizedTest
    @EnumSource
    void aLineLeadsThroughBothModels(Family kind) {
        ModelFamily family = kind.open();
        try (GenerativeModel base = family.train(kind.training(1), null, SEEDS, 1, Work.UNATTENDED);
                GenerativeModel other = kind.train(family, base)) {
            ModelWeights from = base.weights().orElseThrow();
            ModelWeights to = other.weights().orElseThrow();
            ModelWeights beyond = from.extrapolated(1, to);
            assertOnLine(from, to, beyond);
            assertQuarterOfTheWay(from, to, to.steppedFrom(from, .25));
            assertThat(to.steppedFrom(from, 1)).isSameAs(to);
            try (GenerativeModel there = base.with(from.extrapolated(-1, to));
                    GenerativeModel farther = base.with(beyond)) {
                assertThat(drawn(other)).isNotEqualTo(drawn(base));
                assertThat(drawn(farther)).isNotEqualTo(drawn(base));
                if (kind == Family.GAUSSIAN) { // its factor, and so its draws, need not be the same where the law is
                    assertThat(there.weights().orElseThrow())
                            .usingRecursiveComparison()
                            .withComparatorForType(ModelWeightsTest::nearly, Double.class)
                            .isEqualTo(to);
                } else {
                    assertThat(drawn(there)).isEqualTo(drawn(other));
                }
            }
        }
    }

    private static int nearly(double one, double other) {
        return Math.abs(one - other) < 1e-12 ? 0 : Double.compare(one, other);
    }

    private static void assertOnLine(ModelWeights from, ModelWeights to, ModelWeights beyond) {
        assertThat(beyond.floats().keySet()).isEqualTo(from.floats().keySet());
        from.floats().forEach((name, start) -> {
            float[] end = to.floats(name, start.length);
            float[] found = beyond.floats(name, start.length);
            for (int i = 0; i < start.length; i++) {
                assertThat(found[i]).isEqualTo((float) (2.0 * start[i] - end[i]));
            }
        });
        from.doubles().forEach((name, start) -> {
            double[] end = to.doubles(name, start.length);
            double[] found = beyond.doubles(name, start.length);
            for (int i = 0; i < start.length; i++) {
                assertThat(found[i]).isCloseTo(2 * start[i] - end[i], within(1e-12));
            }
        });
    }

    private static void assertQuarterOfTheWay(ModelWeights from, ModelWeights to, ModelWeights between) {
        from.floats().forEach((name, start) -> {
            float[] end = to.floats(name, start.length);
            float[] found = between.floats(name, start.length);
            for (int i = 0; i < start.length; i++) {
                float exact = (float) (.75 * start[i] + .25 * end[i]);
                assertThat(found[i]).isCloseTo(exact, within(Math.ulp(exact)));
            }
        });
        from.doubles().forEach((name, start) -> {
            double[] end = to.doubles(name, start.length);
            double[] found = between.doubles(name, start.length);
            for (int i = 0; i < start.length; i++) {
                assertThat(found[i]).isCloseTo(.75 * start[i] + .25 * end[i], within(1e-12));
            }
        });
    }

    /** Truncation at λ = .5 pulls towards w̄, which has to be the means of the model whose mapping network it is. */
    @Test
    void meansOfTheMappingNetworkAreAmongAGeneratorsWeights() {
        ModelFamily family = Family.STYLEGAN2.open();
        try (GenerativeModel base = family.train(Glyphs.trainingSet(20), null, SEEDS, 1, Work.UNATTENDED);
                GenerativeModel tuned = family.train(Glyphs.trainingSet(20), base, SEEDS, 2, Work.UNATTENDED);
                GenerativeModel moved = base.with(tuned.weights().orElseThrow())) {
            assertThat(((Images) draw(moved, 12, 0.5)).pixels()).isEqualTo(((Images) draw(tuned, 12, 0.5)).pixels());
        }
    }

    /** The discriminator of the model that is moved goes on beside the new generator. */
    @Test
    void fineTuningStartsFromMovedWeights() {
        ModelFamily family = Family.WGAN_GP.open();
        TrainingSet training = Glyphs.trainingSet(20);
        try (GenerativeModel base = family.train(training, null, SEEDS, 1, Work.UNATTENDED);
                GenerativeModel same = base.with(base.weights().orElseThrow());
                GenerativeModel one = family.train(training, base, SEEDS, 2, Work.UNATTENDED);
                GenerativeModel other = family.train(training, same, SEEDS, 2, Work.UNATTENDED)) {
            assertThat(drawn(other)).isEqualTo(drawn(one));
        }
    }

    /**
     * Neon in one dimension: E σ² = (1 − 1/n)(1 + w(1 − λ(1 − 1/n_s))) and E μ² = 1/n + w²λ(1 − 1/n)/n_s, which for n = n_s =
     * 50, λ = .8 and w = .5 are 1.08584 and .02392. 20,000 replicas: standard errors .0018 and .00024, of which four.
     */
    @Test
    void extrapolatedGaussiansHaveTheKnownMoments() {
        ModelFamily family = new GaussianSpec(Estimator.BIASED).family(device, new PointShape(20_000, 1), SAMPLING);
        try (GenerativeModel base = family.train(points(20_000, 50, 1, 3), null, SEEDS, 1, Work.UNATTENDED);
                GenerativeModel other =
                        family.train(set((Points) draw(base, 50, 0.8)), null, SEEDS, 2, Work.UNATTENDED);
                GenerativeModel moved = base.with(base.weights()
                        .orElseThrow()
                        .extrapolated(0.5, other.weights().orElseThrow()))) {
            ModelWeights weights = moved.weights().orElseThrow();
            double variance = Arrays.stream(weights.doubles("covariance", 20_000))
                    .average()
                    .orElseThrow();
            double squaredMean = Arrays.stream(weights.doubles("mean", 20_000))
                    .map(mean -> mean * mean)
                    .average()
                    .orElseThrow();
            assertThat(variance).isCloseTo(1.08584, within(.0072));
            assertThat(squaredMean).isCloseTo(.02392, within(.001));
        }
    }

    /** Covariance diag(1, −2): the second variance becomes 0 and is counted, and with it the likelihood is gone. */
    @Test
    void variancesBelowZeroAreClippedAndCounted(@TempDir Path folder) throws IOException {
        ModelFamily family = GaussianSpec.DEFAULTS.family(device, new PointShape(1, 2), SAMPLING);
        ModelWeights given =
                ModelWeights.ofDoubles(Map.of("mean", new double[] {3, 4}, "covariance", new double[] {1, 0, 0, -2}));
        try (GenerativeModel base = family.train(points(1, 20, 2, 3), null, SEEDS, 1, Work.UNATTENDED);
                GenerativeModel moved = base.with(given)) {
            assertClipped(moved);
            moved.save(folder);
        }
        try (GenerativeModel loaded = family.load(folder)) {
            assertClipped(loaded);
        }
    }

    private static void assertClipped(GenerativeModel model) {
        assertThat(model.clippedVariances()).isEqualTo(1);
        assertThat(model.weights().orElseThrow().doubles("covariance", 4))
                .containsExactly(new double[] {1, 0, 0, 0}, within(1e-12));
        Points drawn = (Points) draw(model, 20, 1);
        for (int i = 0; i < 20; i++) {
            assertThat(drawn.values()[2 * i + 1]).isCloseTo(4, within(1e-12));
        }
        Density density = model.density().orElseThrow();
        assertThat(density.hasLikelihood()).isFalse();
        assertThatThrownBy(() -> density.logDensity(drawn))
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining("1 variances");
    }

    @Test
    void weightsOfAnotherKindOfModelAreRefused() {
        ModelFamily family = Family.FLOW.open();
        try (GenerativeModel flow = family.train(Family.FLOW.training(1), null, SEEDS, 1, Work.UNATTENDED)) {
            ModelWeights none = ModelWeights.ofFloats(Map.of());
            ModelWeights shorter = ModelWeights.ofFloats(Map.of("network", new float[3]));
            assertThatThrownBy(() -> flow.with(none))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'network'");
            assertThatThrownBy(() -> flow.with(shorter)).hasMessageContaining("are 3");
            assertThatThrownBy(() -> flow.weights().orElseThrow().extrapolated(1, none))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void mixturesAndKernelsHaveNone(boolean mixture) {
        ModelSpec spec =
                mixture ? new MixtureSpec(2, 5, 1e-3, 1e-6, DeadComponents.DROP) : new KernelSpec(Bandwidth.SCOTT);
        ModelFamily family = spec.family(device, new PointShape(1, 2), SAMPLING);
        try (GenerativeModel model = family.train(points(1, 20, 2, 1), null, SEEDS, 1, Work.UNATTENDED)) {
            assertThat(model.weights()).isEmpty();
            assertThatThrownBy(() -> model.with(ModelWeights.ofFloats(Map.of())))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }
}
