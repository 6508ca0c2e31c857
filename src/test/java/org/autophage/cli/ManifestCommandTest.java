package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestCommandTest {
    private static final String SWEEP = "experiments/gaussian-effective-samples.yaml";

    @Test
    void whatThePageShowsIsWhatTheCommandOfThePagePrints() throws IOException {
        String page = Files.readString(Path.of("docs/cluster.md"));
        Matcher command =
                Pattern.compile("(?s)```sh\n\\./autophage (manifest .*?)\\|").matcher(page);
        assertThat(command.find()).isTrue();
        CommandRun run =
                CommandRun.of(command.group(1).replace("\\\n", " ").strip().split(" +"));
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        String job = run.out().split("(?m)^---\n")[1];
        assertThat(job).startsWith("apiVersion: batch/v1");
        assertThat(page).contains("```yaml\n" + job + "```");
    }

    @Test
    void overridesGoWithTheSweep() {
        CommandRun run = CommandRun.of(
                "manifest", SWEEP, "--image", "autophage", "--claim", "runs", "name=two", "sweep.sampling.bias=[0.7]");
        assertThat(run.out()).contains("name: two", "completions: 6\n", "parallelism: 6\n", "sampling.bias: [0.7]");
    }

    @ParameterizedTest
    @CsvSource({
        "--jobs, 0, --jobs is 0: must be from 1 to",
        "--cpus, -1, --cpus is -1: must be from 1 to",
        "--memory, 16GB, --memory is 16GB: must be a quantity",
        "--claim, Runs, --claim is Runs: must be the name"
    })
    void aWrongValueIsOneLine(String option, String value, String begin) {
        List<String> words = new ArrayList<>(Arrays.asList("manifest", SWEEP, "--image", "autophage", option, value));
        if (!option.equals("--claim")) {
            words.addAll(List.of("--claim", "runs"));
        }
        CommandRun run = CommandRun.of(words.toArray(String[]::new));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).singleElement().asString().startsWith("autophage: " + begin);
    }

    @Test
    void aSpecWithoutASweepIsRefused() {
        CommandRun run =
                CommandRun.of("manifest", "experiments/quickstart.yaml", "--image", "autophage", "--claim", "runs");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines()).singleElement().asString().contains("has no section sweep");
    }

    @Test
    void withoutAnImageNothingIsPrinted() {
        CommandRun run = CommandRun.of("manifest", SWEEP, "--claim", "runs");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("--image");
    }
}
