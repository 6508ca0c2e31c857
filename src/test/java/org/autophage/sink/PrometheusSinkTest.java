package org.autophage.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.autophage.base.ExitCode;
import org.autophage.base.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusSinkTest {
    /** A sample of Prometheus' text format: name, labels in braces, number. */
    private static final String LINE = "[a-z_]+\\{([a-z]+=\"[^\"\\\\]*\",?)+} [-+0-9.Ea-z]+";

    @TempDir
    private Path folder;

    @Test
    void theNewestRecordIsInAFileOfTheFormat() throws IOException {
        SeedFixture fixture = new SeedFixture(folder.resolve("tiny"));
        Path collected = folder.resolve("collected/here");
        Sinks sinks =
                Sinks.open(SinksSpec.of(Map.of("prometheus", collected.toString())), fixture.run, Progress.SILENT);
        sinks.catchUp(fixture.seed);
        assertThat(collected).doesNotExist(); // nothing is finished yet
        sinks.catchUp(fixture.grow().grow().seed);
        sinks.end(ExitCode.DONE);
        Path file = collected.resolve("autophage-tiny-seed-7.prom");
        List<String> lines = Files.readAllLines(file);
        assertThat(lines)
                .contains("autophage_generation{run=\"tiny\",seed=\"7\"} 2")
                .contains("autophage{run=\"tiny\",seed=\"7\",name=\"metrics/recall\"} 0.5")
                .contains("autophage{run=\"tiny\",seed=\"7\",name=\"trainingSet/synthetic\"} 100.0");
        assertThat(lines)
                .allMatch(line -> line.startsWith("# HELP ") || line.startsWith("# TYPE ") || line.matches(LINE));
        assertThat(lines).doesNotHaveDuplicates();
        try (Stream<Path> files = Files.list(collected)) {
            assertThat(files).containsExactly(file); // no temporary one that would be collected half
        }
    }

    @Test
    void aFolderThatCannotBeMadeDoesNotEndTheRun() throws IOException {
        SeedFixture fixture = new SeedFixture(folder.resolve("tiny"));
        Path file = Files.writeString(folder.resolve("file"), "");
        Sinks sinks = Sinks.open(
                SinksSpec.of(Map.of("prometheus", file.resolve("below").toString())), fixture.run, Progress.SILENT);
        sinks.catchUp(fixture.grow().seed);
        assertThat(file).isEmptyFile();
    }
}
