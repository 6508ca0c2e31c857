package org.autophage.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.autophage.base.ExitCode;
import org.autophage.base.MemoryDisk;
import org.autophage.base.Progress;
import org.autophage.base.StopSignal;
import org.autophage.data.SampleKind;
import org.autophage.data.SampleLabels;
import org.autophage.loop.MortalDisk.Killed;
import org.autophage.loop.TinyWorld.MovingDataset;
import org.autophage.loop.TinyWorld.TinyDataset;
import org.autophage.loop.TinyWorld.TinyFamily;
import org.autophage.run.RunFolder;
import org.autophage.run.SeedFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run killed at any change to the disk goes on to the very files of an uninterrupted run, but for times. */
class ResumeTest {
    private static final long SEED = 4;

    /** Everything that a generation can depend on: real images, fresh ones of a law that moves, two generations' samples, weights, the last model. */
    private static final MixSpec MIX = new MixSpec(
            Counts.of(5), Counts.of(3), Counts.of(10), new Memory(2), null, RealWeight.of(0.25), Start.FINE_TUNE);

    private static final LoopSpec SPEC = LoopSpec.mixed(3, 12, 10, MIX);

    @TempDir(factory = MemoryDisk.class)
    Path folder;

    private static void run(Path runFolder, Keep keep, Duration checkpoints) {
        SeedFolder seed = new RunFolder(runFolder).seed(SEED);
        FolderLog log = new FolderLog(seed, keep, SPEC.dataMix().memory(), checkpoints, "0123456789abcdef");
        new LoopController(
                        new LoopPlan(SPEC, 0.5, 13, 3, SampleLabels.BALANCED, SampleKind.IMAGES),
                        new MovingDataset(50, 1),
                        new TinyFamily(),
                        TinyWorld.METRICS,
                        Expectation.NOTHING)
                .run(log, Progress.SILENT, StopSignal.NEVER, GenerationObserver.NOBODY);
    }

    /** Every file of a run by its place, the times in records left out. */
    static Map<String, String> files(Path runFolder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> contents = Files.walk(runFolder)) {
            for (Path file : contents.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                files.put(
                        runFolder.relativize(file).toString(),
                        content.replaceAll(
                                "\"(train|sample|metric)Seconds\":[0-9.E-]+|\"checksum\":\"[^\"]*\"",
                                "\"$1Seconds\":0"));
            }
        }
        return files;
    }

    @ParameterizedTest
    @CsvSource({"true, LAST, 0", "false, ALL, 0", "true, ALL, 60", "false, NONE, 60"})
    void aRunKilledAtAnyChangeGoesOnToTheSameFiles(boolean lastHappens, Keep keep, int checkpointSeconds)
            throws IOException {
        Duration checkpoints = Duration.ofSeconds(checkpointSeconds);
        MortalDisk immortal = MortalDisk.immortal();
        run(immortal.at(folder.resolve("uninterrupted")), keep, checkpoints);
        Map<String, String> expected = files(folder.resolve("uninterrupted"));
        assertThat(expected).containsKey("seed-4/generations.jsonl");

        for (int last = 1; last <= immortal.changes(); last++) {
            Path killed = folder.resolve("killed-" + last);
            Path mortal = new MortalDisk(last, lastHappens).at(killed);
            assertThatThrownBy(() -> run(mortal, keep, checkpoints)).isInstanceOf(Killed.class);
            run(killed, keep, checkpoints);
            assertThat(files(killed)).as("killed at change %d", last).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 43, 70})
    void aRunKilledAgainAndAgainGoesOnToTheSameFiles(int changesOfAProcess) throws IOException {
        run(folder.resolve("uninterrupted"), Keep.LAST, Duration.ZERO);
        Path killed = folder.resolve("killed");
        int processes = 1;
        for (boolean finished = false; !finished; processes++) {
            try {
                run(new MortalDisk(changesOfAProcess, processes % 2 == 0).at(killed), Keep.LAST, Duration.ZERO);
                finished = true;
            } catch (Killed expected) {
                assertThat(processes).as("processes without an end").isLessThan(100);
            }
        }
        assertThat(processes).isGreaterThan(2);
        assertThat(files(killed)).isEqualTo(files(folder.resolve("uninterrupted")));
    }

    @Test
    void checkpointsInsideAGenerationAreUsed() {
        TinyFamily family = new TinyFamily();
        SeedFolder seed = new RunFolder(folder).seed(SEED);
        FolderLog log = new FolderLog(seed, Keep.ALL, SPEC.dataMix().memory(), Duration.ZERO, "");
        LoopController controller = new LoopController(
                new LoopPlan(SPEC, 1, 10), new TinyDataset(50), family, TinyWorld.METRICS, Expectation.NOTHING);
        int[] looks = {0};
        // the controller looks once before generation 1, the family before each of its three steps
        StopSignal beforeTheThirdStep = () -> ++looks[0] == 4;
        assertThatThrownBy(() -> controller.run(log, Progress.SILENT, beforeTheThirdStep, GenerationObserver.NOBODY))
                .hasMessageContaining("interrupted")
                .hasFieldOrPropertyWithValue("exitCode", ExitCode.INTERRUPTED);
        assertThat(family.stepsDone).isEqualTo(2);
        controller.run(log, Progress.SILENT, StopSignal.NEVER, GenerationObserver.NOBODY);
        assertThat(family.stepsDone).isEqualTo(3 * 3);
    }

    @Test
    void aFinishedRunChangesNothing() {
        run(folder, Keep.ALL, Duration.ZERO);
        MortalDisk disk = MortalDisk.immortal();
        run(disk.at(folder), Keep.ALL, Duration.ZERO);
        assertThat(disk.changes()).isZero();
    }
}
