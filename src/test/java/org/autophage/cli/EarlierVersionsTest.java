package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Run folders that earlier versions wrote, in src/test/resources/earlier, are read, reported, compared and gone on with. */
class EarlierVersionsTest {
    private static final Path EARLIER = Path.of("src/test/resources/earlier");

    @TempDir
    private Path folder;

    private Path copy(String run) throws IOException {
        Path from = EARLIER.resolve(run);
        Path to = folder.resolve(run.replace('/', '-'));
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }

    private static CommandRun done(String... arguments) {
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1.0/gaussian", "0.1.0/diffusion", "0.2.0-before-stages/gaussian"})
    void aRunIsReportedAndGoneOnWith(String name) throws IOException {
        Path run = copy(name);
        Path seed = Stream.of("seed-0", "seed-3")
                .map(run::resolve)
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
        List<String> before = Files.readAllLines(seed.resolve("generations.jsonl"));
        assertThat(before).hasSize(2);

        done("report", run.toString());
        assertThat(run.resolve("report.html")).isNotEmptyFile();
        done("resume", run.toString());
        assertThat(Files.readAllLines(seed.resolve("generations.jsonl"))).isEqualTo(before);

        done("resume", run.toString(), "loop.generations=3");
        List<String> after = Files.readAllLines(seed.resolve("generations.jsonl"));
        assertThat(after).hasSize(3);
        for (int i = 0; i < 2; i++) { // a list that is written anew has checksums
            assertThat(withoutChecksum(after.get(i))).isEqualTo(withoutChecksum(before.get(i)));
        }
        assertThat(after.get(2)).contains("\"generation\":3", "\"experiment\":", "\"checksum\":");
        done("report", run.toString());
    }

    private static String withoutChecksum(String record) {
        return record.replaceAll(",\"checksum\":\"\\w+\"", "");
    }

    @Test
    void runsOfTwoVersionsAreCompared() throws IOException {
        Path first = copy("0.1.0/gaussian");
        Path second = copy("0.2.0-before-stages/gaussian");
        assertThat(done("compare", first.toString(), second.toString(), "--out", folder + "/compared.html")
                        .out())
                .contains("generation");
    }

    @Test
    void aSweepIsReported() throws IOException {
        Path sweep = copy("0.1.0/sweep");
        done("report", sweep.toString());
        assertThat(sweep.resolve("report.html")).isNotEmptyFile();
    }
}
