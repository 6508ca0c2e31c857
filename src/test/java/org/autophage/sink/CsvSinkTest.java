package org.autophage.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.autophage.base.ExitCode;
import org.autophage.base.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvSinkTest {
    @TempDir
    private Path folder;

    @Test
    void allRecordsAreATableOfTheFormat() throws IOException {
        SeedFixture fixture = new SeedFixture(folder.resolve("tiny"));
        Sinks sinks = Sinks.open(SinksSpec.of(Map.of("csv", true)), fixture.run, Progress.SILENT);
        Path file = fixture.seed.path().resolve("records.csv");
        sinks.catchUp(fixture.seed);
        assertThat(file).doesNotExist(); // nothing is finished yet
        sinks.catchUp(fixture.grow().seed);
        sinks.catchUp(fixture.grow().seed);
        sinks.end(ExitCode.DONE);
        String text = Files.readString(file);
        assertThat(text).endsWith("\r\n");
        List<List<String>> rows = Arrays.stream(text.split("\r\n", -1))
                .filter(line -> !line.isEmpty())
                .map(line -> Arrays.asList(line.split(",", -1)))
                .toList();
        assertThat(rows).hasSize(3).allMatch(row -> row.size() == rows.get(0).size());
        assertThat(rows.get(0)).doesNotHaveDuplicates().startsWith("seed", "generation");
        assertThat(rows.get(2).subList(0, 2)).containsExactly("7", "2");
        int recall = rows.get(0).indexOf("metrics/recall");
        assertThat(Double.parseDouble(rows.get(2).get(recall))).isEqualTo(0.5);
    }
}
