package org.autophage.report.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.autophage.report.records.RunFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyRunsTest {
    private static final int RUNS = 500;

    @TempDir
    private Path folder;

    private RunCatalog filled() {
        for (int i = 0; i < RUNS; i++) {
            new RunFixture(folder.resolve("run-" + i)).spec(1, 10).provenance().records(0, 10);
        }
        return new RunCatalog(folder);
    }

    /** What did not change is not read again and not sent again. */
    @Test
    void onlyChangesAreTold() {
        RunCatalog catalog = filled();
        List<RunCatalog.Changes> told = new ArrayList<>();
        catalog.sweep(told::add);
        assertThat(told.stream().mapToInt(changes -> changes.changed().size()).sum())
                .isEqualTo(RUNS);
        told.clear();
        catalog.sweep(told::add);
        assertThat(told).isEmpty();
        new RunFixture(folder.resolve("run-17")).records(0, 11);
        catalog.sweep(told::add);
        assertThat(told).hasSize(1);
        assertThat(told.get(0).changed())
                .singleElement()
                .extracting(RunSummary::id)
                .isEqualTo("run-17");
    }

    /** The first sweep reads everything and is done before a person notices; bounds are those of a busy machine. */
    @Test
    @Tag("slow")
    void sweepsAreFast() {
        RunCatalog catalog = filled();
        assertThat(seconds(catalog)).isLessThan(Duration.ofSeconds(8));
        assertThat(seconds(catalog)).isLessThan(Duration.ofSeconds(1));
    }

    private static Duration seconds(RunCatalog catalog) {
        long start = System.nanoTime();
        catalog.sweep(changes -> {});
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
