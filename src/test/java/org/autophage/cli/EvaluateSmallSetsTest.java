package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.autophage.data.npy.NpyArray;
import org.autophage.data.npy.Npz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sets that have collapsed to one sample, and sets of few samples. */
class EvaluateSmallSetsTest {
    private static final int WIDTH = 4;

    @TempDir
    private Path folder;

    /** The distance between Gaussians of which one is a point is ‖μ − p‖² and the other's variance. */
    @Test
    void aCollapsedSetHasItsDistanceAndRecall() {
        double[] values = normal(40, 1);
        String real = features("real.npz", values);
        double[] points = new double[30 * WIDTH];
        Arrays.fill(points, .25);
        String collapsed = features("collapsed.npz", points);
        JsonNode found = json(real, collapsed, "all 30 samples of " + collapsed + " have the same features");
        double expected = 0;
        for (int column = 0; column < WIDTH; column++) {
            int at = column;
            double[] ofColumn = new double[40];
            Arrays.setAll(ofColumn, row -> values[row * WIDTH + at]);
            double mean = Arrays.stream(ofColumn).average().orElseThrow();
            double squares =
                    Arrays.stream(ofColumn).map(x -> (x - mean) * (x - mean)).sum();
            expected += (mean - .25) * (mean - .25) + squares / 39;
        }
        assertThat(found.path("frechetDistance").asDouble()).isCloseTo(expected, within(1e-12));
        assertThat(found.path("precision").asDouble()).isEqualTo(1);
        assertThat(found.path("recall").asDouble()).isZero();
        assertThat(found.path("vendiScore").path("fake").asDouble()).isCloseTo(1, within(1e-9));
        assertThat(found.path("fake").path("collapsed").asBoolean()).isTrue();
        assertThat(found.path("real").has("collapsed")).isFalse();
        JsonNode reversed = json(collapsed, real, "all 30 samples of " + collapsed + " have the same features");
        assertThat(reversed.path("frechetDistance").asDouble()).isCloseTo(expected, within(1e-12));
        JsonNode same = json(collapsed, collapsed, "have the same features");
        assertThat(same.path("frechetDistance").asDouble()).isZero();
        assertThat(same.path("recall").asDouble()).isZero();
        assertThat(json(collapsed, collapsed, "have the same features", "--ball", "inclusive")
                        .path("recall")
                        .asDouble())
                .isEqualTo(1);
    }

    @Test
    void aSetOfZerosHasNoVendiScoreAndAllElse() {
        String zeros = features("zeros.npz", new double[30 * WIDTH]);
        JsonNode found =
                json(features("real.npz", normal(40, 1)), zeros, "no Vendi score: all features of " + zeros + " are 0");
        assertThat(found.has("vendiScore")).isFalse();
        assertThat(found.path("frechetDistance").asDouble()).isPositive();
        assertThat(found.path("coverage").isNumber()).isTrue();
    }

    @Test
    void whatOnlyTheDistanceNeedsIsNotAskedForNeighbours() {
        Path moments = folder.resolve("moments.npz");
        Npz.write(
                moments,
                Map.of(
                        "mu", NpyArray.ofDoubles(new double[WIDTH], WIDTH),
                        "sigma", NpyArray.ofDoubles(new double[WIDTH * WIDTH], WIDTH, WIDTH)));
        double[] values = normal(3, 2);
        JsonNode found = json(moments.toString(), features("three.npz", values), "statistics hold no features");
        double squares = Arrays.stream(values).map(x -> x * x).sum();
        double means = 0;
        for (int column = 0; column < WIDTH; column++) {
            means += Math.pow((values[column] + values[WIDTH + column] + values[2 * WIDTH + column]) / 3, 2);
        }
        assertThat(found.path("frechetDistance").asDouble()).isCloseTo(means + (squares - 3 * means) / 2, within(1e-9));
        refused("one.npz has 1 samples: must have at least 2", moments.toString(), features("one.npz", normal(1, 3)));
        refused(
                "three.npz has 3 samples: must have at least 6 for --neighbours 5",
                features("real.npz", normal(40, 1)),
                features("three.npz", values));
    }

    @Test
    void theCopyTestNeedsSamples() {
        String real = features("real.npz", normal(40, 1));
        String moments = folder.resolve("moments.npz").toString();
        Npz.write(
                Path.of(moments),
                Map.of(
                        "mu", NpyArray.ofDoubles(new double[WIDTH], WIDTH),
                        "sigma", NpyArray.ofDoubles(new double[WIDTH * WIDTH], WIDTH, WIDTH)));
        String message = moments + " holds mean and covariance only: the copy test of --test needs samples";
        refused("--test " + message, real, real, "--test", moments);
        refused("--real " + message, moments, real, "--test", real);
    }

    @Test
    void noMoreSamplesThanFeaturesAreSaidBesideTheNumber() {
        String real = features("real.npz", normal(40, 1));
        String few = features("few.npz", normal(WIDTH, 2));
        JsonNode found = json(real, few, "", "--neighbours", "1");
        assertThat(found.path("noMoreSamplesThanFeatures").toString()).isEqualTo("[\"fake\"]");
        assertThat(CommandRun.of("evaluate", "--real", few, "--fake", few, "--neighbours", "1")
                        .out()
                        .lines()
                        .filter(line -> line.startsWith("Fréchet")))
                .singleElement()
                .asString()
                .endsWith("too few real and fake samples for 4 features: too large");
        assertThat(json(real, features("more.npz", normal(WIDTH + 1, 2)), "", "--neighbours", "1")
                        .has("noMoreSamplesThanFeatures"))
                .isFalse();
    }

    private static JsonNode json(String real, String fake, String note, String... more) {
        CommandRun run = CommandRun.of(arguments(real, fake, more));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).doesNotContain("NaN", "Infinity");
        JsonNode found = JsonMapper.shared().readTree(run.out());
        assertThat(found.path("notes").toString()).contains(note);
        return found;
    }

    private static void refused(String message, String real, String fake, String... more) {
        CommandRun run = CommandRun.of(arguments(real, fake, more));
        assertThat(run.err().lines()).singleElement().asString().contains(message);
        assertThat(run.exitCode()).isEqualTo(2);
    }

    private static String[] arguments(String real, String fake, String... more) {
        List<String> all = new ArrayList<>(List.of("evaluate", "--json", "--real", real, "--fake", fake));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private String features(String name, double[] values) {
        Path file = folder.resolve(name);
        Npz.write(file, Map.of("x", NpyArray.ofDoubles(values, values.length / WIDTH, WIDTH)));
        return file.toString();
    }

    private static double[] normal(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[count * WIDTH];
        Arrays.setAll(values, i -> random.nextGaussian());
        return values;
    }
}
