package org.autophage.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Trust;
import org.autophage.base.Work;
import org.autophage.data.Images;
import org.autophage.data.Points;
import org.autophage.data.points.PointsSpec;
import org.autophage.loop.Draws;
import org.autophage.metrics.Bars;
import org.autophage.metrics.features.ScriptFeatures;
import org.autophage.program.OnCpu;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What curation makes of normal laws is in {@code autophage verify}. */
class CuratedSamplesTest extends OnCpu {
    @TempDir
    private Path folder;

    private static CuratedSamples curation(Reward reward, double factor, Choosing choice, int of) {
        return new CuratedSamples(reward, Strength.of(factor), null, null, null, choice, of, null, null);
    }

    private static int[] counts(OneOfMany.Chooser chooser, double... rewards) {
        SplittableRandom chance = new SplittableRandom(1);
        int[] counts = new int[rewards.length];
        for (int i = 0; i < 100_000; i++) {
            counts[chooser.choose(rewards, 0, rewards.length, chance)]++;
        }
        return counts;
    }

    /** e^r over the sum, of rewards that would overflow; 4 standard errors. */
    @Test
    void softmaxChoosesWithItsProbabilities() {
        double[] rewards = {1000, 999, 1001.5};
        double sum = Math.exp(0) + Math.exp(-1) + Math.exp(1.5);
        int[] counts = counts(Choosing.SOFTMAX.chooser(), rewards);
        for (int i = 0; i < 3; i++) {
            double p = Math.exp(rewards[i] - 1000) / sum;
            assertThat(counts[i] / 1e5).isCloseTo(p, within(4 * Math.sqrt(p * (1 - p) / 1e5)));
        }
    }

    /** Those that are lower than the best by more than γ are out, the others as before. */
    @Test
    void candidatesFarBelowTheBestAreNeverChosen() {
        int[] counts = counts(Choosing.SOFTMAX.chooser(1), 2, 1, 0.9, 1.5);
        double sum = Math.exp(2) + Math.exp(1) + Math.exp(1.5);
        assertThat(counts[2]).isZero();
        assertThat(counts[0] / 1e5).isCloseTo(Math.exp(2) / sum, within(4 * 0.5 / Math.sqrt(1e5)));
        assertThat(counts(Choosing.SOFTMAX.chooser(0), 2, 1, 2)[1]).isZero();
        assertThat(counts(Choosing.BEST.chooser(), 1, 3, 3)).containsExactly(0, 100_000, 0);
    }

    /** Two values, K = 2: p' = p² + 2p(1 − p)e^r/(1 + e^r); the best of four, 1 − (1 − p)⁴. 4 standard errors. */
    @ParameterizedTest
    @CsvSource({"SOFTMAX, 2, .14159", "BEST, 4, .3439"})
    void ofTwoValuesTheRewardedBecomesMore(Choosing choice, int of, double expected) {
        int count = 100_000;
        SplittableRandom random = new SplittableRandom(3);
        double[] values = new double[count * of];
        Arrays.setAll(values, i -> random.nextDouble() < 0.1 ? 1 : 0);
        double[] chosen = curated(curation(Reward.COORDINATE, 1, choice, of), values, count);
        assertThat(Arrays.stream(chosen).average().orElseThrow())
                .isCloseTo(expected, within(4 * Math.sqrt(expected * (1 - expected) / count)));
    }

    private double[] curated(CuratedSamples curation, double[] values, int count) {
        try (RemedyContext context = RemedyContexts.of(device, PointsSpec.DEFAULTS.open(), folder)) {
            return ((Points) curation.open(context)
                            .apply(RemedyContexts.of(new Points(1, values.length, 1, values)), NormalDraws.TURN)
                            .next(count)
                            .samples())
                    .values();
        }
    }

    @Test
    void aQuadraticRewardIsHalfASquare() {
        CuratedSamples near =
                new CuratedSamples(Reward.QUADRATIC, Strength.of(1), 3.0, null, null, Choosing.BEST, 3, null, null);
        assertThat(curated(near, new double[] {0, 2, 5, 3, 9, 8}, 2)).containsExactly(2, 3);
        CuratedSamples far =
                new CuratedSamples(Reward.QUADRATIC, Strength.of(-1), 3.0, null, null, Choosing.BEST, 3, null, null);
        assertThat(curated(far, new double[] {0, 2, 5, 3, 9, 8}, 2)).containsExactly(0, 9);
    }

    @Test
    void aRewardThatIsNoNumberEndsTheRun() {
        assertThatThrownBy(() ->
                        curated(curation(Reward.COORDINATE, 1, Choosing.BEST, 2), new double[] {0, Double.NaN}, 1))
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DIVERGED))
                .hasMessage("generation 3: remedies, curation: the reward of sample 1 is NaN: must be a finite number");
    }

    /** Of four bars of four classes, the one of class 2; its share is then everything. */
    @Test
    void aClassThatIsRewardedTakesOver() {
        Bars bars = new Bars(256, 40);
        Images drawn = bars.real(LongStream.range(5_000, 5_080).toArray());
        CuratedSamples second =
                new CuratedSamples(Reward.CLASS, Strength.of(5), null, 2, null, Choosing.BEST, 4, null, null);
        try (RemedyContext context = RemedyContexts.of(device, bars, folder)) {
            Draws draws = second.open(context).apply(RemedyContexts.of(drawn), RemedyContexts.turn(bars));
            assertThat(((Images) draws.next(20).samples()).labels()).containsOnly(2);
            assertThat(draws.told()).containsEntry("verifierTrainedOn", 256).containsEntry("acceptance", 0.25);
            Draws sure = curation(Reward.CONFIDENCE, 1, Choosing.BEST, 4)
                    .open(context)
                    .apply(RemedyContexts.of(drawn), RemedyContexts.turn(bars));
            sure.next(20);
            assertThat(RemedyContexts.number(sure.told(), "meanOfGiven"))
                    .isGreaterThanOrEqualTo(RemedyContexts.number(sure.told(), "meanOfDrawn"))
                    .isBetween(0.5, 1.0);
        }
    }

    /** A network of four numbers an image is none that rewards. */
    @Test
    void aScriptIsTrustedAndGivesOneNumber() throws IOException {
        Path network = folder.resolve("flagged.pt");
        try (InputStream file =
                Objects.requireNonNull(ScriptFeatures.class.getResourceAsStream("flagged.pt"), "flagged.pt")) {
            Files.copy(file, network);
        }
        CuratedSamples asked = new CuratedSamples(
                Reward.SCRIPT, Strength.of(1), null, null, network.toString(), Choosing.BEST, 2, null, null);
        asked.check(RemedyContexts.setting(new Bars(9, 1)));
        Bars bars = new Bars(9, 1);
        try (RemedyContext context =
                RemedyContexts.of(device, bars, folder, Work.UNATTENDED.trusting(Trust.in(folder.resolve("list"))))) {
            assertThatThrownBy(() -> asked.open(context)).hasMessageContaining("flagged.pt");
        }
        try (RemedyContext context = RemedyContexts.of(device, bars, folder, Work.UNATTENDED.trusting(Trust.ALL))) {
            Images colour = new Images(8, 8, 3, 1, new byte[4 * 192], new int[4]);
            Draws draws = asked.open(context).apply(RemedyContexts.of(colour), RemedyContexts.turn(bars));
            assertThat(context.networks()).startsWith("flagged@");
            assertThatThrownBy(() -> draws.next(2)).hasMessageContaining("gives 4 numbers an image: a reward is one");
        }
    }

    private static void refuses(
            Reward reward,
            double factor,
            @Nullable Double centre,
            @Nullable Integer ofClass,
            @Nullable String script,
            Choosing choice,
            int of,
            @Nullable Double within,
            String message) {
        assertThatThrownBy(() -> new CuratedSamples(
                        reward, Strength.of(factor), centre, ofClass, script, choice, of, within, null))
                .hasMessageContaining(message);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        Reward x = Reward.COORDINATE;
        Choosing soft = Choosing.SOFTMAX;
        refuses(x, Double.NaN, null, null, null, soft, 2, null, "factor is NaN: must be a finite number");
        refuses(x, 1, null, null, null, soft, 1, null, "candidates is 1: must be from 2 to 1000");
        refuses(x, 1, null, null, null, soft, 2, -1.0, "within is -1.0: must be at least 0");
        refuses(x, 1, null, null, null, Choosing.BEST, 2, 1.0, "within is 1.0: choice is best");
        refuses(x, 1, 1.0, null, null, soft, 2, null, "centre is 1.0: it is a key of reward quadratic only");
        refuses(x, 1, null, 1, null, soft, 2, null, "ofClass is 1: it is a key of reward class only");
        refuses(x, 1, null, null, "a.pt", soft, 2, null, "script is a.pt: it is a key of reward script only");
        refuses(Reward.SCRIPT, 1, null, null, null, soft, 2, null, "script is missing");
        refuses(Reward.CLASS, 1, null, -1, null, soft, 2, null, "ofClass is -1");
        CuratedSamples fifth = new CuratedSamples(Reward.CLASS, Strength.of(1), null, 4, null, soft, 2, null, null);
        assertThatThrownBy(() -> fifth.check(RemedyContexts.setting(new Bars(9, 1))))
                .hasMessageContaining("ofClass is 4: must be below 4");
        assertThatThrownBy(() -> curation(Reward.FIRST_MODEL, 1, soft, 2).check(RemedyContexts.setting(new Bars(9, 1))))
                .hasMessageContaining("a gaussian does not tell how well it knows an image");
        for (Reward ofPoints : new Reward[] {x, Reward.QUADRATIC}) {
            assertThatThrownBy(() -> curation(ofPoints, 1, soft, 2).check(RemedyContexts.setting(new Bars(9, 1))))
                    .hasMessageContaining("which this dataset has not");
        }
    }
}
