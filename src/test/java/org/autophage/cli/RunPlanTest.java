package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One cell of a sweep a process, as batch systems start them. */
class RunPlanTest {
    @TempDir
    private Path folder;

    private Path spec;

    @BeforeEach
    void writeSpec() throws IOException {
        spec = Files.writeString(
                folder.resolve("map.yaml"),
                """
                device: cpu
                dataset: {kind: points, distribution: gaussian, dimensions: 1, replicas: 3}
                model: {kind: gaussian}
                loop: {kind: fresh-data, generations: 2, initial: 20, real: 20, synthetic: 30}
                sweep: {loop.synthetic: {from: 10, to: 30, step: 10}}
                """);
    }

    private CommandRun run(String... words) {
        Stream<String> command =
                Stream.concat(Stream.of("run", "--runs", folder.resolve("runs").toString()), Stream.of(words));
        return CommandRun.of(command.toArray(String[]::new));
    }

    private void assertUsage(CommandRun command, String message) {
        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.err()).contains(message);
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void everyIndexIsACellAndTogetherTheyAreTheSweep() {
        for (int index = 0; index < 3; index++) {
            // the first comes before the folder exists, the others name either
            String plan = index == 2 ? "map" : spec.toString();
            assertThat(run("--plan", plan, "--index", "" + index).exitCode()).isZero();
            assertThat(folder.resolve("runs/map/loop.synthetic=" + 10 * (index + 1)))
                    .isDirectoryContaining("glob:**/report.html");
        }
        CommandRun sweep = CommandRun.of("resume", folder.resolve("runs/map").toString());
        assertThat(sweep.exitCode()).isZero();
        assertThat(sweep.out()).contains("loop.synthetic=30  finished");
        assertThat(folder.resolve("runs/map/report.html")).isNotEmptyFile();
    }

    @Test
    void anIndexOutsideThePlanIsRefused() {
        assertUsage(run("--plan", spec.toString(), "--index", "3"), "index is 3: sweep map has cells 0 to 2");
        assertUsage(run("--plan", spec.toString(), "--index", "-1"), "index is -1: sweep map has cells 0 to 2");
    }

    @Test
    void planAndIndexGoTogether() {
        assertUsage(run("--plan", spec.toString()), "--plan PLAN and --index I go together");
        assertUsage(run(spec.toString(), "--index", "1"), "--plan PLAN and --index I go together");
        assertUsage(run(), "Missing required parameter: 'SPEC'");
    }

    @Test
    void aPlanThatIsNoneIsRefused() {
        assertUsage(run("--plan", folder.resolve("none.yaml").toString(), "--index", "0"), "none.yaml");
    }
}
