package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.autophage.base.AutophageException;
import org.autophage.base.Progress;
import org.autophage.base.Sha256;
import org.autophage.experiment.ExperimentRunner;
import org.autophage.experiment.ExperimentSpec;
import org.autophage.run.RunFolder;
import org.autophage.run.SeedFolder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every file of run folders, damaged in every way, with fixed seeds: the command refuses it in one line, or what comes out is
 * what would have come out without the damage. Nothing is quietly wrong, and no finished generation is lost.
 */
@Tag("slow")
class CorruptedFilesTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String POINTS =
            """
            name: points
            device: cpu
            seeds: [0, 1]
            dataset: {kind: points, distribution: gaussian, dimensions: 2, replicas: 3}
            model: {kind: gaussian}
            loop: {kind: accumulate, generations: 3, initial: 20, synthetic: 20}
            """;

    private static final String PICTURES =
            """
            name: pictures
            device: cpu
            dataset: {kind: strokes, size: 16, holdout: 100}
            model: {kind: diffusion, channels: 8, multipliers: [1], blocks: 1, steps: 30, batch: 8}
            sampling: {steps: 2, chunk: 25}
            loop: {kind: mix, generations: 2, initial: 60, synthetic: 60, mix: {synthetic: 60, train: fine-tune}}
            metrics: {features: pixels, samples: 60, neighbours: 3}
            """;

    /** What a damage came to. */
    private enum Outcome {
        REFUSED,
        HARMLESS,
        QUIETLY_WRONG,
        WORK_LOST
    }

    @TempDir
    Path folder;

    private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    private final List<String> faults = new ArrayList<>();

    @Test
    void aFinishedRunOfPointsIsResumedAndReported(TestReporter reporter) throws IOException {
        Path spec = Files.writeString(folder.resolve("points.yaml"), POINTS);
        Path base = folder.resolve("base");
        assertThat(CommandRun.of("run", spec.toString(), "--runs", base.toString())
                        .exitCode())
                .isZero();
        Path run = base.resolve("points");
        damageAll(run, 3, List.of("resume", "loop.generations=4"));
        int resumed = total();
        damageAll(run, 1, List.of("report"));
        tell(reporter);
        assertThat(resumed).isGreaterThanOrEqualTo(200);
    }

    @Test
    void anInterruptedTrainingGoesOn(TestReporter reporter) throws IOException {
        damageAll(interrupted("generation 2 of 2: training", 80), 1, List.of("resume"));
        tell(reporter);
        assertThat(total()).isGreaterThanOrEqualTo(100);
    }

    @Test
    void anInterruptedSamplingGoesOn(TestReporter reporter) throws IOException {
        damageAll(interrupted("generation 2 of 2: sampling", 50), 1, List.of("resume"));
        tell(reporter);
    }

    /** A run that was stopped when a piece of its work had come so far. */
    private Path interrupted(String during, long images) throws IOException {
        Path spec = Files.writeString(folder.resolve("pictures.yaml"), PICTURES);
        Path run = folder.resolve("base").resolve("pictures");
        AtomicBoolean stop = new AtomicBoolean();
        Progress watched = new Progress() {
            @Override
            public Task begin(String what, long total, String unit) {
                return new Task() {
                    @Override
                    public void advanceTo(long done, String detail) {
                        stop.compareAndSet(false, what.endsWith(during) && done >= images);
                    }

                    @Override
                    public void close() {}
                };
            }

            @Override
            public void message(String line) {}
        };
        try {
            new ExperimentRunner("campaign", watched, stop::get, each -> {})
                    .run(ExperimentSpec.read(spec, List.of()), new RunFolder(run));
        } catch (AutophageException interrupted) {
            assertThat(interrupted).hasMessageContaining("interrupted");
        }
        assertThat(new RunFolder(run).seed(0).checkpoint()).isNotEmptyDirectory();
        return run;
    }

    private void damageAll(Path run, int times, List<String> command) throws IOException {
        Path whole = copy(run, folder.resolve("whole"));
        assertThat(on(whole, command).exitCode()).isZero();
        Map<String, String> expected = records(whole);
        SplittableRandom random = new SplittableRandom(20261127);
        for (Path file : files(run)) {
            for (Damage damage : Damage.values()) {
                for (int i = 0; i < times; i++) {
                    damage(run, file, damage, random, command, expected);
                }
            }
        }
    }

    private void damage(
            Path run,
            Path file,
            Damage damage,
            SplittableRandom random,
            List<String> command,
            Map<String, String> expected)
            throws IOException {
        byte[] content = Files.readAllBytes(run.resolve(file));
        if (content.length == 0) {
            return;
        }
        Path damaged = copy(run, folder.resolve("damaged"));
        Files.write(damaged.resolve(file), damage.to(content, random));
        Map<String, String> before = finished(damaged);
        String what = "%s of %s with %s".formatted(damage, file, command.get(0));
        Said said = on(damaged, command).followsTheRules(what);
        Outcome outcome;
        if (!lost(before, finished(damaged)).isEmpty()) {
            outcome = Outcome.WORK_LOST;
        } else if (said.exitCode() != 0) {
            outcome = Outcome.REFUSED;
        } else {
            outcome = records(damaged).equals(expected) ? Outcome.HARMLESS : Outcome.QUIETLY_WRONG;
        }
        outcomes.merge(outcome, 1, Integer::sum);
        if (outcome == Outcome.QUIETLY_WRONG || outcome == Outcome.WORK_LOST) {
            faults.add(outcome + ": " + what + "; it said: " + said.err() + said.progress());
        }
    }

    private int total() {
        return outcomes.values().stream().mapToInt(Integer::intValue).sum();
    }

    private void tell(TestReporter reporter) {
        reporter.publishEntry("damaged files", outcomes.toString());
        assertThat(faults).isEmpty();
    }

    private static Said on(Path run, List<String> command) {
        List<String> words = new ArrayList<>(command);
        words.add(1, run.toString());
        return Said.by(LIMIT, words);
    }

    /** All files but those that nobody reads. */
    private static List<Path> files(Path run) throws IOException {
        try (Stream<Path> contents = Files.walk(run)) {
            return contents.filter(Files::isRegularFile)
                    .map(run::relativize)
                    .filter(file -> !file.toString().matches(".*(report\\.html|run\\.lock|\\.png)"))
                    .sorted()
                    .toList();
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        org.autophage.base.AtomicFiles.delete(to);
        try (Stream<Path> contents = Files.walk(from)) {
            for (Path each : contents.toList()) {
                Path target = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(each, target);
                }
            }
        }
        return to;
    }

    /** Records by seed, without what differs between processes. */
    private static Map<String, String> records(Path run) throws IOException {
        Map<String, String> records = new TreeMap<>();
        for (SeedFolder seed : new RunFolder(run).seeds()) {
            if (Files.exists(seed.generations())) {
                records.put(
                        seed.path().getFileName().toString(),
                        Files.readString(seed.generations())
                                .replaceAll(",\"(\\w+Seconds?|checksum|experiment|modelFrom)\":[^,}\\n]*", ""));
            }
        }
        return records;
    }

    /** Models and samples of finished generations, by file. */
    private static Map<String, String> finished(Path run) throws IOException {
        Map<String, String> finished = new TreeMap<>();
        for (Path file : files(run)) {
            if (file.toString().matches(".*generation-\\d+/(samples|model|weights|parameters).*")) {
                finished.put(file.toString(), Sha256.of(run.resolve(file)));
            }
        }
        return finished;
    }

    private static List<String> lost(Map<String, String> before, Map<String, String> after) {
        return before.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(after.get(entry.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }
}
