package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.autophage.run.Provenance;
import org.autophage.run.RunFolder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep whose process is killed with SIGKILL at random moments loses no cell and runs none twice. */
@Tag("slow")
class KilledSweepTest {
    private static final int MOST_KILLS = 8;
    private static final long SEED = 20261122;
    private static final List<String> CELLS = List.of(
            "loop.synthetic=200,sampling.bias=0.7",
            "loop.synthetic=200,sampling.bias=1.0",
            "loop.synthetic=400,sampling.bias=0.7",
            "loop.synthetic=400,sampling.bias=1.0");

    private static final String SPEC =
            """
            name: killed
            device: cpu
            dataset: {kind: points, distribution: gaussian, dimensions: 40, replicas: 5}
            model: {kind: gaussian}
            loop: {kind: fresh-data, generations: 20, initial: 100, real: 100, synthetic: 100}
            sweep: {loop.synthetic: [200, 400], sampling.bias: [0.7, 1.0]}
            """;

    @TempDir
    Path folder;

    @Test
    void noCellIsLostAndNoneIsRunTwice() throws Exception {
        Path spec = Files.writeString(folder.resolve("killed.yaml"), SPEC);
        long begin = System.nanoTime();
        assertThat(AutophageProcess.start(folder, "sweep", spec, "whole").waitFor())
                .isZero();
        long milliseconds = (System.nanoTime() - begin) / 1_000_000;

        SplittableRandom random = new SplittableRandom(SEED);
        int kills = 0;
        while (kills < MOST_KILLS) {
            Process process = AutophageProcess.start(folder, "sweep", spec, "killed");
            if (process.waitFor(random.nextLong(milliseconds / 4, milliseconds), TimeUnit.MILLISECONDS)) {
                assertThat(process.exitValue()).isZero();
                break;
            }
            process.destroyForcibly().waitFor();
            kills++;
        }
        assertThat(AutophageProcess.start(folder, "sweep", spec, "killed").waitFor())
                .isZero();

        assertThat(kills).isPositive();
        for (String cell : CELLS) {
            assertThat(records("killed", cell)).hasSize(20).isEqualTo(records("whole", cell));
            Provenance provenance = Provenance.read(run("killed", cell).provenance());
            assertThat(provenance.sessions())
                    .filteredOn(session -> "done".equals(session.outcome()))
                    .hasSize(1);
        }
        assertThat(folder.resolve("killed/killed/report.html")).isNotEmptyFile();
    }

    private RunFolder run(String runs, String cell) {
        return new RunFolder(folder.resolve(runs).resolve("killed").resolve(cell));
    }

    private List<String> records(String runs, String cell) throws IOException {
        return Files.readAllLines(run(runs, cell).seed(0).generations()).stream()
                .map(line -> line.replaceAll(",\"\\w+Seconds\":[^,}]*", ""))
                .toList();
    }
}
