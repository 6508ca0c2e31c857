package org.autophage.collapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.collapse.StopSpec.When;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Warnings and stops of planted loops; error rates within 4 binomial standard errors. */
class SeedWatchTest {
    private static final int LOOPS = 4_000;

    @TempDir
    private Path folder;

    private static Measures measured(double recall) {
        return Measures.builder().add(Metrics.RECALL, recall).build();
    }

    private static Measures measured(double recall, double distance) {
        return Measures.builder()
                .addAll(measured(recall))
                .add(Metrics.FRECHET_DISTANCE, distance)
                .build();
    }

    @Test
    void threeGenerationsAreNeededForAnyWord() {
        EarlyWarning warning = new EarlyWarning(List.of());
        warning.finished(1, measured(.6));
        warning.finished(2, measured(.5));
        assertThat(warning.signals()).extracting(Signal::state).containsExactly(Signal.State.NOT_YET);
        warning.finished(3, measured(.4));
        assertThat(warning.signals()).extracting(Signal::state).containsExactly(Signal.State.QUIET);
    }

    @Test
    void earlierSeedsLetTheWarningSpeakSooner() {
        List<Measures> firsts = List.of(measured(.60), measured(.61));
        EarlyWarning alone = new EarlyWarning(List.of());
        EarlyWarning helped = new EarlyWarning(firsts);
        int soonest = 0;
        for (int t = 1; t <= 8; t++) {
            Measures now = measured(.605 - .08 * (t - 1));
            alone.finished(t, now);
            helped.finished(t, now);
            if (soonest == 0 && helped.signals().get(0).warns()) {
                soonest = t;
            }
        }
        assertThat(soonest).isEqualTo(8);
        assertThat(helped.signals().get(0).since()).isEqualTo(2);
        assertThat(helped.signals().get(0).raised()).isEqualTo(8);
        assertThat(alone.signals().get(0).warns()).isFalse();
    }

    @Test
    void onlyTheHarmfulDirectionWarns() {
        EarlyWarning warning = new EarlyWarning(List.of());
        for (int t = 1; t <= 12; t++) {
            warning.finished(t, measured(.3 + .03 * t, 2.0 + t * t));
        }
        assertThat(warning.signals())
                .extracting(Signal::indicator, Signal::state)
                .containsExactly(
                        tuple(Indicator.FRECHET_DISTANCE, Signal.State.WORSE),
                        tuple(Indicator.RECALL, Signal.State.BETTER));
    }

    /** By the spread of the generations before alone; drifts in deviations of the noise a generation. */
    @Test
    void withoutAnyYardstickStationaryLoopsAreNotWarnedOfAndDriftingOnesLate() {
        SplittableRandom random = new SplittableRandom(5);
        assertThat(warned(random, 0, 0, 20)).isLessThan(.001);
        assertThat(warned(random, 1, 0, 10)).isCloseTo(.01, within(4 * Math.sqrt(.01 * .99 / LOOPS)));
        assertThat(warned(random, 1, 0, 16)).isGreaterThan(.99);
        assertThat(warned(random, 1, 2, 10)).isCloseTo(.41, within(4 * Math.sqrt(.41 * .59 / LOOPS)));
        assertThat(warned(random, 2, 2, 10)).isCloseTo(.96, within(4 * Math.sqrt(.96 * .04 / LOOPS)));
    }

    private static double warned(SplittableRandom random, double drift, int earlierSeeds, int generations) {
        int warned = 0;
        for (int loop = 0; loop < LOOPS; loop++) {
            List<Measures> firsts = new ArrayList<>();
            for (int s = 0; s < earlierSeeds; s++) {
                firsts.add(measured(100 + random.nextGaussian()));
            }
            EarlyWarning warning = new EarlyWarning(firsts);
            boolean any = false;
            for (int t = 1; t <= generations; t++) {
                warning.finished(t, measured(100 - drift * (t - 1) + random.nextGaussian()));
                any |= warning.signals().get(0).warns();
            }
            warned += any ? 1 : 0;
        }
        return warned / (double) LOOPS;
    }

    @Test
    void aThresholdPassedForAsLongAsThePatienceEndsTheLoop() {
        SeedWatch watch = new SeedWatch(new StopSpec(When.COLLAPSED, 2, Thresholds.DEFAULTS), List.of());
        double[] recalls = {.6, .4, .29, .31, .3, .2};
        List<Boolean> stops = new ArrayList<>();
        for (int t = 1; t <= recalls.length; t++) {
            watch.finished(t, measured(recalls[t - 1], 3.0));
            stops.add(watch.stop().isPresent());
        }
        assertThat(stops).containsExactly(false, false, false, false, false, true);
        assertThat(watch.stop().orElseThrow().inSentence())
                .isEqualTo("stopped after generation 6: diversity loss, as recall 0.200 is past 0.300 (0.5 times"
                        + " generation 1’s), 2 generations in a row");
    }

    @Test
    void everyDefinitionHasAThresholdOfItsOwn() {
        Thresholds thresholds = Thresholds.DEFAULTS.with(Definition.DISTANCE, 3);
        assertThat(Indicator.FRECHET_DISTANCE.isPast(5.9, 2, thresholds)).isFalse();
        assertThat(Indicator.FRECHET_DISTANCE.isPast(6, 2, thresholds)).isTrue();
        assertThat(Indicator.COVERAGE.isPast(.41, .8, thresholds)).isFalse();
        assertThat(Indicator.COVERAGE.isPast(.4, .8, thresholds)).isTrue();
        assertThat(Indicator.LOG_VARIANCE.isPast(-.68, 0, thresholds)).isFalse();
        assertThat(Indicator.LOG_VARIANCE.isPast(-.7, 0, thresholds)).isTrue();
        assertThat(Indicator.MODES_LOST.isPast(2, 1, thresholds)).isTrue();
        assertThat(Indicator.MODES_LOST.isPast(1, 1, thresholds)).isFalse();
        assertThat(Indicator.FEATURE_VARIANCE.isPast(.51, 1, thresholds)).isFalse();
        assertThat(Indicator.FEATURE_VARIANCE.isPast(.5, 1, thresholds)).isTrue();
        assertThat(Indicator.TAIL_COVERAGE.isPast(.2, .5, thresholds)).isTrue();
        assertThat(Indicator.VENDI_SCORE.isPast(20, 39, thresholds)).isFalse();
        assertThat(Indicator.TOKEN_ENTROPY.isPast(3.1, 3.8, thresholds)).isTrue(); // ln 2 = .693 less
        assertThat(Indicator.TOKEN_ENTROPY.isPast(3.2, 3.8, thresholds)).isFalse();
        assertThat(Indicator.POSSIBLE_SHARE.isPast(.79, .9, thresholds)).isTrue(); // a tenth of the samples less
        assertThat(Indicator.POSSIBLE_SHARE.isPast(.81, .9, thresholds)).isFalse();
        assertThat(Indicator.TAIL_TYPE_COVERAGE.isPast(.4, .9, thresholds)).isTrue();
        assertThat(Indicator.HALLUCINATED_SHARE.isPast(.25, .2, thresholds)).isFalse();
        assertThat(Indicator.HALLUCINATED_SHARE.isPast(.31, .2, thresholds)).isTrue();
        for (Definition definition : Definition.values()) {
            double changed = definition == Definition.DISTANCE ? 7 : .7;
            assertThat(thresholds.with(definition, changed).of(definition)).isEqualTo(changed);
        }
    }

    @Test
    void aWarningEndsTheLoopWhereTheRuleSaysSo() {
        SeedWatch watch =
                new SeedWatch(new StopSpec(When.WARNED, 1, Thresholds.DEFAULTS), List.of(measured(.6), measured(.61)));
        int t = 0;
        while (watch.stop().isEmpty()) {
            t++;
            watch.finished(t, measured(.605 - .08 * (t - 1)));
        }
        assertThat(t).isEqualTo(8);
        assertThat(watch.stop().orElseThrow().reason())
                .startsWith("recall falling since generation 2 (0.605 → 0.0450: CUSUM ")
                .endsWith(", limit 9), by the spread of the generations before");
        assertThat(watch.describe(measured(.365)))
                .startsWith(
                        "recall 0.365; PAST THE THRESHOLD: recall since generation 5; WARNING: recall falling since");
    }

    @Test
    void whatIsPastItsThresholdIsSaidEvenWhereNoChangeCanBeToldFromChance() {
        SeedWatch watch = new SeedWatch(StopSpec.DEFAULTS, List.of());
        watch.finished(1, measured(.9, 35.0));
        assertThat(watch.alarming()).isEmpty();
        watch.finished(2, measured(.8, 94.0));
        watch.finished(3, measured(.7, 168.0));
        assertThat(watch.alarming()).containsExactly(Indicator.FRECHET_DISTANCE);
        assertThat(watch.describe(measured(.7, 168.0)))
                .endsWith("; PAST THE THRESHOLD: Fréchet distance since generation 2; no change beyond chance so far");
        watch.finished(4, measured(.7, 60.0));
        assertThat(watch.alarming()).isEmpty();
    }

    @Test
    void theNoteIsReadAsItWasWritten() throws Exception {
        Path file = folder.resolve("stopped.json");
        StopNote note = new StopNote(
                4, new StopSpec(When.COLLAPSED, 3, Thresholds.DEFAULTS.with(Definition.DISTANCE, 4)), "why");
        assertThat(StopNote.read(file)).isEmpty();
        note.write(file);
        assertThat(StopNote.read(file)).contains(note);
        Files.writeString(file, "{\"generation\": 4");
        assertThatThrownBy(() -> StopNote.read(file))
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining("stopped.json is not the note of a stopped loop");
    }
}
