package org.autophage.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Dataset;
import org.autophage.data.Images;
import org.autophage.data.Points;
import org.autophage.data.Samples;
import org.autophage.data.points.PointDataset;
import org.autophage.data.points.PointDistribution;
import org.autophage.data.points.PointsSpec;
import org.autophage.loop.Draws;
import org.autophage.loop.LoopPlan;
import org.autophage.loop.LoopSpec;
import org.autophage.loop.Turn;
import org.autophage.loop.TurnModels;
import org.autophage.metrics.Bars;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelSpec;
import org.autophage.model.density.GaussianSpec;
import org.autophage.model.density.KernelSpec;
import org.autophage.model.diffusion.DiffusionSpec;
import org.autophage.model.gan.GanSpec;
import org.autophage.model.vae.VaeSpec;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What models make of real samples is in EditedPointsTest and EditedImagesTest; whole loops are in {@code autophage verify}. */
class EditedSamplesTest extends StoppableRuns {
    /** Moves points up by the noise, and darkens images. */
    private record Adding() implements GenerativeModel {
        @Override
        public Samples edited(Samples clean, double noise, double bias, Seeds.Stream seeds, Work work) {
            return clean.withVectors((replica, position, vector) -> {
                for (int k = 0; k < vector.length; k++) {
                    vector[k] += noise;
                }
            });
        }

        @Override
        public Samples sample(int count, double bias, Seeds.Stream seeds, Work work) {
            throw new IllegalStateException();
        }

        @Override
        public void save(Path to) {}

        @Override
        public void close() {}
    }

    private static Turn turn(Dataset dataset) {
        return RemedyContexts.turn(dataset).with(new TurnModels() {
            @Override
            public GenerativeModel own() {
                return new Adding();
            }

            @Override
            public GenerativeModel first() {
                return own();
            }
        });
    }

    /** Generation 2 of a list has its own level; what is told of draws at 0 that become N(noise, 1). */
    @Test
    void drawsAreReplacedByEditsOfRealOnes() {
        PointDataset dataset = new PointsSpec(PointDistribution.GAUSSIAN, 1, 2, 1, 0).open();
        int n = 20_000;
        try (RemedyContext context = RemedyContexts.of(device, dataset, folder)) {
            Draws draws = new EditedSamples(new Strength(List.of(9.0, 2.0)))
                    .open(context)
                    .apply(RemedyContexts.of(new Points(2, 2 * n, 1, new double[4 * n])), turn(dataset));
            Points given = (Points) draws.next(n).samples();
            double mean = Arrays.stream(given.values()).average().orElseThrow();
            assertThat(mean).isCloseTo(2, within(4 / Math.sqrt(2 * n)));
            assertThat(draws.told())
                    .containsEntry("given", (long) n)
                    .containsEntry("realSamples", (long) n)
                    .containsEntry("changed", 1.0)
                    .containsEntry("level", 2.0);
            assertThat(RemedyContexts.number(draws.told(), "meanEdit")).isCloseTo(2, within(1e-9));
            // E |N(2, 1)| = √(2/π) e^(−2) + 2(2Φ(2) − 1)
            assertThat(RemedyContexts.number(draws.told(), "meanDisplacement"))
                    .isCloseTo(2.01698, within(4 * .97 / Math.sqrt(2 * n)));
            Points next = (Points) draws.next(n).samples();
            assertThat(next.values()).isNotEqualTo(given.values());
            assertThat(draws.told()).containsEntry("realSamples", 2L * n);
        }
    }

    /** Level 0: real images of the classes that were drawn, each with its own label; no model is asked. */
    @Test
    void withoutNoiseTheyAreRealImagesOfTheDrawsClasses() {
        Bars bars = new Bars(40, 10);
        int[] labels = IntStream.range(0, 30).map(i -> i < 20 ? 2 : i % 2).toArray();
        Images black = new Images(16, 16, 1, 4, new byte[256 * 30], labels);
        try (RemedyContext context = RemedyContexts.of(device, bars, folder)) {
            Draws draws = new EditedSamples(Strength.of(0))
                    .open(context)
                    .apply(RemedyContexts.of(black), RemedyContexts.turn(bars));
            Images given = (Images) draws.next(30).samples();
            assertThat(given.labels()).isEqualTo(labels);
            Images real = bars.real(IntStream.range(0, 40).asLongStream().toArray());
            for (int i = 0; i < 30; i++) {
                byte[] one = given.pixels(i);
                int label = labels[i];
                assertThat(IntStream.range(0, 40))
                        .anyMatch(k -> real.labels()[k] == label && Arrays.equals(real.pixels(k), one));
            }
            assertThat(draws.told()).containsEntry("meanEdit", 0.0).containsEntry("realSamples", 30L);
        }
    }

    /** A model that is not told labels draws images of one class, and gets real ones of all as such. */
    @Test
    void withoutClassesAnyRealImageWillDo() {
        Bars bars = new Bars(40, 10);
        Images drawn = new Images(16, 16, 1, 1, new byte[256 * 40], new int[40]);
        try (RemedyContext context = RemedyContexts.of(device, bars, folder)) {
            Images given = (Images) new EditedSamples(Strength.of(.1))
                    .open(context)
                    .apply(RemedyContexts.of(drawn), turn(bars))
                    .next(40)
                    .samples();
            assertThat(given.classes()).isEqualTo(1);
            assertThat(given.labels()).containsOnly(0);
            assertThat(IntStream.range(0, 40).mapToObj(i -> Arrays.hashCode(given.pixels(i))))
                    .hasSizeGreaterThan(15);
        }
    }

    /** Real samples come from each class with equal chances: 4 standard errors of counts of ten images. */
    @Test
    void realOnesAreDrawnAlikeWithinAClass() {
        Bars bars = new Bars(40, 10);
        int n = 4_000;
        int[] labels = new int[n];
        Arrays.fill(labels, 3);
        Images drawn = new Images(16, 16, 1, 4, new byte[256 * n], labels);
        Images given = (Images) RealSamples.freshLike(bars, drawn, RemedyContexts.turn(bars), 0);
        int[] counts = new int[40];
        Images real = bars.real(IntStream.range(0, 40).asLongStream().toArray());
        for (int i = 0; i < n; i++) {
            byte[] one = given.pixels(i);
            counts[
                    IntStream.range(0, 40)
                            .filter(k -> Arrays.equals(real.pixels(k), one))
                            .findFirst()
                            .orElseThrow()]++;
        }
        for (int k = 0; k < 40; k++) {
            if (k % 4 == 3) {
                assertThat(counts[k]).isCloseTo(n / 10, within((int) (4 * Math.sqrt(.09 * n))));
            } else {
                assertThat(counts[k]).isZero();
            }
        }
    }

    /** Stopped again and again, inside edits among others, each generation at its own level. */
    @Test
    void aRunThatIsStoppedOftenGoesOnToTheSameFiles() throws Exception {
        requireTheSameFiles(List.of(new EditedSamples(new Strength(List.of(.5, 2.0)))), 17);
        for (int t = 1; t <= 2; t++) {
            JsonNode told = told("stopped", t);
            assertThat(told).isEqualTo(told("whole", t));
            assertThat(told.path("level").doubleValue()).isEqualTo(t == 1 ? .5 : 2);
            assertThat(told.path("realSamples").intValue()).isEqualTo(8);
            assertThat(told.path("meanEdit").doubleValue()).isPositive();
        }
    }

    private JsonNode told(String name, int generation) {
        return ExtrapolatedWeightsTest.json(seed(name).records().get(generation - 1))
                .path("remedies")
                .path("edit");
    }

    /** As much of the dataset as all generations take, but not more than there is. */
    @Test
    void whatItKnowsIsCounted() {
        Setting bars = RemedyContexts.setting(new Bars(80, 10));
        Remedy.Cost cost = EditedSamples.DEFAULTS.cost(bars);
        assertThat(cost.sideInformation()).isEqualTo(80);
        assertThat(cost.draws()).isEqualTo(40);
        assertThat(cost.inSentence())
                .isEqualTo(
                        "the 40 samples given are real ones that the model edits, each as long as a draw; it knows 80 real samples (side information)");
        assertThat(EditedSamples.DEFAULTS
                        .cost(RemedyContexts.setting(PointsSpec.DEFAULTS.open()))
                        .sideInformation())
                .isEqualTo(80);
    }

    private static void check(EditedSamples remedy, ModelSpec model) {
        Remedies.check(
                List.of(remedy),
                new Setting(new LoopPlan(LoopSpec.fullySynthetic(2, 40, 40), 1, 0), model, null, 0, Set.of()));
    }

    @Test
    void whatCannotBeIsRefused() {
        for (double wrong : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new EditedSamples(Strength.of(wrong)))
                    .hasMessage(
                            "level is %s: must be in [0, 1000000], 0 leaves real samples as they are".formatted(wrong));
        }
        assertThat(DiffusionSpec.DEFAULTS.highestNoise()).isEqualTo(OptionalDouble.of(80));
        assertThatThrownBy(() -> check(new EditedSamples(new Strength(List.of(1.0, 81.0))), DiffusionSpec.DEFAULTS))
                .hasMessage(
                        "remedies[0], edit: level is [1.0, 81.0]: must be in [0, 80], 0 leaves real samples as they are, and the model's sampling begins with the highest");
        check(new EditedSamples(Strength.of(80)), DiffusionSpec.DEFAULTS);
        check(new EditedSamples(Strength.of(1e5)), GaussianSpec.DEFAULTS);
        for (ModelSpec model : List.of(VaeSpec.DEFAULTS, GanSpec.DEFAULTS, KernelSpec.DEFAULTS)) {
            assertThatThrownBy(() -> check(EditedSamples.DEFAULTS, model))
                    .hasMessage(
                            "remedies[0], edit: model.kind is %s, which has no levels of noise to bring real samples to: write diffusion or gaussian, or leave the remedy out",
                            model.kind());
        }
    }
}
