package org.autophage.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.autophage.base.AutophageException;
import org.autophage.base.CheckpointStore;
import org.autophage.base.ExitCode;
import org.autophage.base.Interruptible;
import org.autophage.base.Progress;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Images;
import org.autophage.data.Origins;
import org.autophage.data.TrainingSet;
import org.autophage.loop.Draws;
import org.autophage.loop.Given;
import org.autophage.loop.LoopPlan;
import org.autophage.loop.LoopSpec;
import org.autophage.loop.Turn;
import org.autophage.measure.Composition;
import org.autophage.metrics.Bars;
import org.autophage.metrics.classifier.ClassifierCache;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SureSamplesTest extends OnCpu {
    private static final int CLASSES = 4;

    @TempDir
    private Path folder;

    /** Bars nobody has seen; every other one has the label of another class than it is of. */
    private static Images halfMislabelled(int count) {
        Bars bars = new Bars(count, 1);
        Images right = bars.real(LongStream.range(5_000, 5_000 + count).toArray());
        int[] labels = right.labels().clone();
        for (int i = 0; i < count; i++) {
            if (i / CLASSES % 2 == 1) {
                labels[i] = (labels[i] + 1) % CLASSES;
            }
        }
        return new Images(right.height(), right.width(), 1, CLASSES, right.pixels(), labels);
    }

    private static Turn turn() {
        Images one = new Bars(1, 1).real(new long[] {0});
        TrainingSet set = new TrainingSet(one, new Origins(new int[1], new long[1]), new Composition(1, 0, 0));
        return new Turn(1, new Seeds(0), set, new LoopPlan(LoopSpec.fullySynthetic(1, 1, 40), 1, 0), Work.UNATTENDED);
    }

    private static Draws of(Images images) {
        return count -> {
            assertThat(count).isEqualTo(images.count());
            return Given.inTurn(images);
        };
    }

    /** What is known: those with another's label, and no others, are left out, class by class. */
    @Test
    void samplesOfAnotherClassThanAskedForAreLeftOut() {
        Images drawn = halfMislabelled(80);
        try (RemedyContext context = new RemedyContext(
                device,
                new Bars(256, 40),
                ClassifierCache.in(folder),
                (steps, rate) -> {
                    throw new IllegalStateException("nothing is trained briefly");
                },
                Work.UNATTENDED)) {
            Draws sure = new SureSamples(Strength.of(0.5), null).open(context).apply(of(drawn), turn());
            Given given = sure.next(40);
            for (int i = 0; i < given.count(); i++) {
                assertThat(given.draw(i) / CLASSES % 2)
                        .as("draw %d", given.draw(i))
                        .isZero();
            }
            int[] perClass = new int[CLASSES];
            Arrays.stream(given.samples().images().orElseThrow().labels()).forEach(label -> perClass[label]++);
            assertThat(perClass).containsOnly(10);
            Map<String, Number> told = sure.told();
            assertThat(told.get("drawn")).isEqualTo(80L);
            assertThat(number(told, "meanOfGiven")).isGreaterThan(number(told, "meanOfDrawn"));
            assertThat(told.get("verifierTrainedOn")).isEqualTo(256);
            assertThat(context.networks()).startsWith("verifier@");
        }
    }

    /** Its control is given as many of as many draws, of every class its share, and nobody is asked. */
    @Test
    void theControlTrainsNoClassifier() {
        Images drawn = halfMislabelled(80);
        try (RemedyContext context = RemedyContexts.of(device, new Bars(256, 40), folder)) {
            Draws blind = new SureSamples(Strength.of(0.5), Control.RANDOM)
                    .open(context)
                    .apply(of(drawn), turn());
            Images given = blind.next(40).samples().images().orElseThrow();
            int[] perClass = new int[CLASSES];
            Arrays.stream(given.labels()).forEach(label -> perClass[label]++);
            assertThat(perClass).containsOnly(10);
            assertThat(blind.told()).containsEntry("drawn", 80L).doesNotContainKey("verifierTrainedOn");
            assertThat(context.networks()).isEmpty();
            assertThat(folder).isEmptyDirectory();
        }
    }

    private static double number(Map<String, Number> told, String name) {
        return Objects.requireNonNull(told.get(name)).doubleValue();
    }

    @Test
    void aRankingIsGivenUpAtASignal() {
        Images images = halfMislabelled(8);
        Draws ranked = new BestDraws(
                of(images),
                turn().with(new Work(Progress.SILENT, CheckpointStore.NONE, () -> true)),
                "sure",
                1,
                samples -> {
                    Interruptible.proceed();
                    return new double[samples.count()];
                },
                Map.of());
        assertThatThrownBy(() -> ranked.next(8))
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INTERRUPTED));
    }
}
