package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchmarkCommandTest {
    private static final String SPEC = "experiments/quickstart.yaml";
    private static final String[] TINY = {"model.channels=8", "model.batch=2", "sampling.chunk=3", "sampling.steps=2"};

    @Test
    void measuresTrainingAndSamplingOfRandomImages() {
        JsonNode measured = JsonMapper.shared()
                .readTree(benchmark("--random-images", "8x8x3", "--steps", "2", "--json")
                        .out());
        assertThat(measured.get("samples").stringValue()).isEqualTo("images of 8 x 8 x 3");
        assertThat(measured.get("batch").intValue()).isEqualTo(2);
        double step = measured.get("millisecondsPerStep").doubleValue();
        assertThat(measured.get("imagesPerSecond").doubleValue() * step / 1000).isBetween(1.999, 2.001);
        assertThat(measured.get("samplesPerSecond").doubleValue()).isPositive();
        assertThat(measured.has("generation")).isFalse();
    }

    @Test
    void measuresTrainingAndSamplingOfRandomTokens() {
        String[] words = {
            "benchmark",
            "experiments/sequences/grammar-transformer.yaml",
            "--random-tokens",
            "5x6",
            "--steps",
            "2",
            "--json",
            "model.width=8",
            "model.batch=2",
            "sampling.chunk=3",
            "device=cpu"
        };
        JsonNode measured = JsonMapper.shared().readTree(CommandRun.of(words).out());
        assertThat(measured.get("samples").stringValue()).isEqualTo("sequences of tokens, 5 different ones");
        assertThat(measured.get("millisecondsPerStep").doubleValue()).isPositive();
        assertThat(measured.get("samplesPerSecond").doubleValue()).isPositive();
        words[3] = "5x0";
        assertThat(CommandRun.of(words).err()).contains("--random-tokens is 5x0: must be vocabulary x length");
    }

    @Test
    void pacedMeasuresOncePerLine() {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("\n\n\n".getBytes(StandardCharsets.UTF_8)));
        try {
            CommandRun run =
                    benchmark("--random-images", "8x8x1", "--of", "sampling", "--samples", "4", "--paced", "--json");
            List<String> lines = run.out().lines().toList();
            assertThat(lines).hasSize(3).allMatch(line -> line.contains("samplesPerSecond"));
            assertThat(lines).noneMatch(line -> line.contains("millisecondsPerStep"));
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void whatCannotBeTimedIsRefused() {
        assertRefused("--random-images is 8x9x1: must be rows x columns x channels", "--random-images", "8x9x1");
        assertRefused("must be a multiple of 4, for model.patch 2 and 2 resolutions", "--random-images", "6x6x1");
        assertRefused(
                "--random-images is 8x8x1: --of generation measures samples against the spec's dataset",
                "--random-images",
                "8x8x1",
                "--of",
                "generation");
        assertRefused("--samples is 0: must be at least 1", "--samples", "0");
        assertRefused("--steps is -1: must be at least 1", "--steps", "-1");
        CommandRun points = CommandRun.of("benchmark", "experiments/gaussian-replace.yaml", "--of", "generation");
        assertThat(points.exitCode()).isEqualTo(2);
        assertThat(points.err()).contains("dataset.kind is points: a generation is timed of images only");
    }

    private static void assertRefused(String message, String... options) {
        CommandRun run = benchmark(options);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(message);
    }

    private static CommandRun benchmark(String... options) {
        List<String> all = new java.util.ArrayList<>(List.of("benchmark", SPEC));
        all.addAll(List.of(TINY));
        all.addAll(List.of(options));
        return CommandRun.of(all.toArray(String[]::new));
    }
}
