package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.autophage.data.npy.NpyArray;
import org.autophage.data.npy.Npz;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code evaluate --bootstrap}, on sets whose shares are known. */
class EvaluateIntervalsTest {
    private static final int SAMPLES = 500;

    /** Of the generated samples 350 are far away; the others have 150 real ones near, half a step off. */
    private static final double SHARE = .3;

    @TempDir
    private Path folder;

    private String sets = "";

    @BeforeEach
    void write() {
        double[] real = new double[SAMPLES];
        double[] fake = new double[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            real[i] = i;
            fake[i] = i < SHARE * SAMPLES ? i + .5 : 1e4 + i;
        }
        sets = folder.resolve("sets.npz").toString();
        Npz.write(
                Path.of(sets),
                Map.of("real", NpyArray.ofDoubles(real, SAMPLES, 1), "fake", NpyArray.ofDoubles(fake, SAMPLES, 1)));
    }

    /** The ends are the binomial's, p ± 1.96 √(p (1 − p) / n); a tenth of the half-width is 2000 resamples' noise. */
    @Test
    void aSharesIntervalIsTheBinomials() {
        JsonNode found = JsonMapper.shared()
                .readTree(run("--json", "--bootstrap", "2000").out());
        JsonNode intervals = found.path("intervals");
        assertThat(intervals.propertyNames())
                .containsExactlyInAnyOrder(
                        "level", "resamples", "precision", "recall", "density", "coverage", "authenticPercent");
        assertThat(intervals.path("level").asDouble()).isEqualTo(.95);
        assertThat(intervals.path("resamples").asInt()).isEqualTo(2000);
        assertBinomial(found, "precision", 1);
        assertThat(found.path("precision").asDouble()).isEqualTo(SHARE);
        assertBinomial(found, "recall", 1);
        assertBinomial(found, "coverage", 1);
        assertBinomial(found, "authenticPercent", 100);
        assertThat(found.path("authenticPercent").asDouble()).isCloseTo(100 * (1 - SHARE), within(1e-9));
        // Two balls of k = 1 reach over each of the near ones, but for none at the end: as wide as twice the share.
        double density = found.path("density").asDouble();
        double half = 1.96 * density * Math.sqrt((1 - SHARE) / SHARE / SAMPLES);
        assertEnds(intervals.path("density"), density, half);
    }

    private static void assertBinomial(JsonNode found, String metric, double unit) {
        double share = found.path(metric).asDouble() / unit;
        double half = 1.96 * Math.sqrt(share * (1 - share) / SAMPLES);
        assertEnds(found.path("intervals").path(metric), unit * share, unit * half);
    }

    private static void assertEnds(JsonNode interval, double value, double half) {
        assertThat(interval.size()).isEqualTo(2);
        assertThat(interval.get(0).asDouble()).isCloseTo(value - half, within(half / 10));
        assertThat(interval.get(1).asDouble()).isCloseTo(value + half, within(half / 10));
    }

    @Test
    void theTableHasThemBehindTheNumber() {
        List<String> lines = run("--bootstrap", "100").out().lines().toList();
        for (String metric : List.of("precision", "recall", "density", "coverage", "authentic, %")) {
            assertThat(lines)
                    .filteredOn(line -> line.startsWith(metric))
                    .singleElement()
                    .asString()
                    .containsPattern("\\d \\[[\\d.]+, [\\d.]+\\] ")
                    .contains("[95% of 100 resamples]");
        }
        assertThat(lines).filteredOn(line -> line.startsWith("Fréchet")).noneMatch(line -> line.contains("["));
    }

    @Test
    void thereAreNoneUnasked() {
        assertThat(JsonMapper.shared().readTree(run("--json").out()).has("intervals"))
                .isFalse();
        assertThat(run().out()).doesNotContain("[", "resamples");
    }

    @Test
    void noResamplesAreRefused() {
        CommandRun refused = CommandRun.of(arguments("--bootstrap", "0"));
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("--bootstrap is 0: must be at least 1, 1000 is usual");
    }

    private CommandRun run(String... options) {
        CommandRun run = CommandRun.of(arguments(options));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    private String[] arguments(String... options) {
        String[] arguments = {"evaluate", "--real", sets + ":real", "--fake", sets + ":fake", "--neighbours", "1"};
        String[] all = Arrays.copyOf(arguments, arguments.length + options.length);
        System.arraycopy(options, 0, all, arguments.length, options.length);
        return all;
    }
}
