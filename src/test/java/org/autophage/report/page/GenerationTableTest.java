package org.autophage.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.autophage.report.records.RunFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationTableTest {
    @TempDir
    Path directory;

    @Test
    void oneSeedGivesItsNumbers() {
        List<String> lines = GenerationTable.of(
                        new RunFixture(directory).records(0, 2).folder())
                .lines()
                .toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0).strip().split(" {2,}"))
                .containsExactly(
                        "generation",
                        "seeds",
                        "Fréchet distance",
                        "precision",
                        "recall",
                        "density",
                        "coverage",
                        "label accuracy",
                        "seconds");
        // 301.5 + 213.25 + 9.5 seconds
        assertThat(lines.get(1).strip().split(" {2,}"))
                .containsExactly("1", "1", "2.80", "0.820", "0.776", "0.970", "0.900", "0.962", "524.2");
    }

    @Test
    void severalSeedsGiveMeanAndInterval() {
        String table = GenerationTable.of(new RunFixture(directory)
                .records(0, 1)
                .records(1, 1)
                .records(2, 1)
                .folder());
        assertThat(table).contains("3.00 ± 0.50").contains("527.2 ± 7.5");
        assertThat(table.lines().map(String::length).distinct()).hasSize(1);
    }
}
