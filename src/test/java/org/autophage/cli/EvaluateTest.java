package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.autophage.data.npy.NpyArray;
import org.autophage.data.npy.Npz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command as a user meets it: every kind of input, and every kind of wrong input in one line with exit code 2. */
class EvaluateTest {
    @TempDir
    private Path folder;

    @Test
    void handComputedCounts() {
        Path sets = folder.resolve("sets.npz");
        Npz.write(
                sets,
                Map.of(
                        "real", NpyArray.ofDoubles(new double[] {0, 0, 1, 0, 0, 1, 1, 1, 5, 5}, 5, 2),
                        "fake", NpyArray.ofFloats(new float[] {.1f, .1f, .9f, .2f, 2, 2, 9, 9}, 4, 2)));
        JsonNode found = json(sets + ":real", sets + ":fake", "--neighbours", "1");
        assertThat(found.path("precision").asDouble()).isEqualTo(.75);
        assertThat(found.path("recall").asDouble()).isEqualTo(.8);
        assertThat(found.path("density").asDouble()).isEqualTo(1.75);
        assertThat(found.path("coverage").asDouble()).isEqualTo(1);
        assertThat(found.path("features").asString()).isEqualTo("given");
        assertThat(found.path("real").path("samples").asInt()).isEqualTo(5);
        assertThat(found.path("fake").path("samples").asInt()).isEqualTo(4);
    }

    @Test
    void theTableNamesFeaturesAndNumbersBesideEveryNumber() {
        Path real = features("real.npz", normal(40, 3, 1));
        Path fake = features("fake.npz", normal(30, 3, 2));
        CommandRun run = CommandRun.of("evaluate", "--real", real.toString(), "--fake", fake.toString());
        assertThat(run.exitCode()).isZero();
        List<String> lines = run.out().lines().toList();
        assertThat(lines.get(0)).startsWith("metric").contains("value", "of", "convention");
        assertThat(lines.subList(1, lines.size())).hasSizeGreaterThan(9).allSatisfy(line -> assertThat(line)
                .contains("3 given features, 40 real, 30 fake"));
    }

    @Test
    void statisticsCanBeSavedAndComparedWith() {
        Path real = features("real.npz", normal(40, 3, 1));
        Path fake = features("fake.npz", normal(30, 3, 2));
        Path statistics = folder.resolve("statistics.npz");
        JsonNode whole = json(real.toString(), fake.toString(), "--save-statistics", statistics.toString());
        assertThat(Npz.read(statistics).keySet()).contains("mu", "sigma");
        JsonNode found = json(statistics.toString(), fake.toString());
        assertThat(found.path("frechetDistance").asDouble())
                .isCloseTo(whole.path("frechetDistance").asDouble(), within(1e-12));
        assertThat(found.has("precision")).isFalse();
        assertThat(found.path("real").path("samples").asInt()).isEqualTo(40);
        // As edm writes them: nothing but the two arrays.
        Npz.write(
                statistics,
                Map.of("mu", NpyArray.ofDoubles(new double[3], 3), "sigma", NpyArray.ofDoubles(new double[9], 3, 3)));
        assertThat(json(statistics.toString(), fake.toString()).path("real").has("samples"))
                .isFalse();
    }

    @Test
    void picturesOfAFolderAndOfAnArrayAreTheSame() throws IOException {
        byte[] pixels = new byte[12 * 16];
        new SplittableRandom(5).nextBytes(pixels);
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        for (int i = 0; i < 12; i++) {
            BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
            image.getRaster().setDataElements(0, 0, 4, 4, Arrays.copyOfRange(pixels, i * 16, i * 16 + 16));
            ImageIO.write(
                    image, "png", pictures.resolve("%02d.png".formatted(i)).toFile());
        }
        Path array = folder.resolve("array.npz");
        Npz.write(array, Map.of("arr_0", NpyArray.ofBytes(pixels, 12, 4, 4, 1)));
        JsonNode found = json(pictures.toString(), array.toString(), "--features", "pixels");
        assertThat(found.path("frechetDistance").asDouble()).isCloseTo(0, within(1e-12));
        assertThat(found.path("exactCopies").asInt()).isEqualTo(12);
        assertThat(found.path("features").asString()).isEqualTo("pixels");
        Files.writeString(pictures.resolve("bad.png"), "no picture");
        refused(
                pictures
                        + "/bad.png: it is corrupt: it does not begin like a picture (PNG, JPEG, WebP, BMP, GIF or TIFF); --skip-bad",
                "--real",
                pictures.toString(),
                "--fake",
                array.toString(),
                "--features",
                "pixels");
        JsonNode skipped = json(pictures.toString(), array.toString(), "--features", "pixels", "--skip-bad");
        assertThat(skipped.path("real").path("skipped").asInt()).isEqualTo(1);
        assertThat(skipped.path("exactCopies").asInt()).isEqualTo(12);
    }

    @Test
    void aPlantedCopierIsFlaggedAndAFreshSamplerIsNot() {
        // With 300 samples of each kind the statistic of a fresh sampler is standard normal: beyond 4 once in 30,000.
        double[] training = normal(300, 8, 1);
        Path real = features("training.npz", training);
        Path test = features("test.npz", normal(300, 8, 2));
        Path fresh = features("fresh.npz", normal(300, 8, 3));
        double[] copied = training.clone();
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < copied.length; i++) {
            copied[i] += .05 * random.nextDouble();
        }
        JsonNode ofFresh = json(real.toString(), fresh.toString(), "--test", test.toString());
        JsonNode ofCopier = json(real.toString(), features("copied.npz", copied).toString(), "--test", test.toString());
        assertThat(ofFresh.path("copyTest").asDouble()).isBetween(-4.0, 4.0);
        assertThat(ofCopier.path("copyTest").asDouble()).isLessThan(-15);
        assertThat(ofFresh.path("authenticPercent").asDouble()).isGreaterThan(50);
        assertThat(ofCopier.path("authenticPercent").asDouble()).isLessThan(1);
        assertThat(ofCopier.path("nearestRealDistance").asDouble())
                .isLessThan(.1 * ofFresh.path("nearestRealDistance").asDouble());
        assertThat(json(real.toString(), real.toString()).path("exactCopies").asInt())
                .isEqualTo(300);
    }

    @Test
    void aCollapsedSetGivesFiniteNumbers() {
        double[] collapsed = new double[40 * 3];
        collapsed[0] = 1; // all alike but one
        JsonNode found = json(
                features("real.npz", normal(40, 3, 1)).toString(),
                features("fake.npz", collapsed).toString());
        for (String name : List.of("frechetDistance", "kernelDistance", "precision", "recall", "density", "coverage")) {
            assertThat(found.path(name).isNumber()).as(name).isTrue();
        }
        assertThat(found.toString()).doesNotContain("NaN", "Infinity");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "few.npz      | --fake few.npz has 3 samples: must have at least 6 for --neighbours 5",
                "nan.npz      | nan.npz: feature 1 of row 7 is NaN: must be a finite number",
                "infinite.npz | infinite.npz: feature 0 of row 2 is Infinity: must be a finite number",
                "huge.npz     | --fake huge.npz: feature 2 of row 0 is 1.0E50: must be at most 1e+40",
                "wide.npz     | has features of 3 dimensions, --fake wide.npz of 4: must be the same",
                "labels.npz   | labels.npz is INT64 of shape [40]: must be features",
                "two.npz      | two.npz has the arrays a, b: name one, such as two.npz:a",
                "two.npz:c    | two.npz has no array 'c': it has a, b",
                "text.npz     | text.npz is truncated or no .npz file",
                "text.txt     | text.txt is neither pictures (a folder or a zip of pictures, a .tar or a .parquet file, or a folder or pattern of these), nor an .npz or .npy file",
                "nothing      | nothing is no file, no folder, no run in runs and no dataset (cifar10, fashion-mnist, mnist, strokes)",
                "skewed.npz   | skewed.npz:sigma is no covariance: entries (1, 0) and (0, 1) differ",
                "empty        | empty has no pictures: must hold PNG, JPEG, WebP, BMP, GIF or TIFF files",
            })
    void badInputIsOneLine(String fake, String message) throws IOException {
        Path real = features("real.npz", normal(40, 3, 1));
        features("few.npz", normal(3, 3, 2));
        features("nan.npz", with(normal(40, 3, 2), 7 * 3 + 1, Double.NaN));
        features("infinite.npz", with(normal(40, 3, 2), 2 * 3, Double.POSITIVE_INFINITY));
        features("huge.npz", with(normal(40, 3, 2), 2, 1e50));
        Npz.write(folder.resolve("wide.npz"), Map.of("x", NpyArray.ofDoubles(normal(40, 4, 2), 40, 4)));
        Npz.write(folder.resolve("labels.npz"), Map.of("x", NpyArray.ofLongs(new long[40], 40)));
        Npz.write(
                folder.resolve("two.npz"),
                new java.util.TreeMap<>(Map.of(
                        "a", NpyArray.ofDoubles(normal(40, 3, 2), 40, 3),
                        "b", NpyArray.ofDoubles(normal(40, 3, 2), 40, 3))));
        Files.writeString(folder.resolve("text.npz"), "text");
        Files.writeString(folder.resolve("text.txt"), "text");
        Npz.write(
                folder.resolve("skewed.npz"),
                Map.of(
                        "mu", NpyArray.ofDoubles(new double[2], 2),
                        "sigma", NpyArray.ofDoubles(new double[] {1, .5, 0, 1}, 2, 2)));
        Files.createDirectories(folder.resolve("empty"));
        String place = fake.equals("nothing") ? fake : folder.resolve(fake).toString();
        List<String> arguments = new ArrayList<>(List.of("--real", real.toString(), "--fake", place));
        if (fake.equals("empty")) {
            arguments.addAll(List.of("--features", "pixels"));
        }
        refused(message.replace(fake, place), arguments.toArray(String[]::new));
    }

    @Test
    void otherWrongArguments() {
        String real = features("real.npz", normal(40, 3, 1)).toString();
        refused("a name is empty", "--real", "", "--fake", real);
        refused("--neighbours is 0: must be at least 1", "--real", real, "--fake", real, "--neighbours", "0");
        refused("--also has 'entropi': must be some of", "--real", real, "--fake", real, "--also", "copying,entropi");
        refused("hold features already: leave it out", "--real", real, "--fake", real, "--features", "pixels");
        refused(
                "--features is 'alexnet': must be lenet, pixels, inception, the path of a TorchScript file, or command:",
                "--real",
                "strokes",
                "--fake",
                "strokes",
                "--features",
                "alexnet");
        refused(
                "option size of features is 'big': must be pixels from 1 to 4096",
                "--real",
                "strokes",
                "--fake",
                "strokes",
                "--features",
                "net.pt size=big");
        refused(
                "missing.pt is missing: must be a TorchScript file",
                "--real",
                "strokes",
                "--fake",
                "strokes",
                "--features",
                "missing.pt");
        refused(
                "only a TorchScript file has options",
                "--real",
                "strokes",
                "--fake",
                "strokes",
                "--features",
                "lenet size=3");
    }

    private static void refused(String message, String... arguments) {
        List<String> all = new ArrayList<>(List.of("evaluate"));
        all.addAll(List.of(arguments));
        CommandRun run = CommandRun.of(all.toArray(String[]::new));
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("autophage: ")
                .contains(message);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }

    private static JsonNode json(String real, String fake, String... more) {
        List<String> arguments = new ArrayList<>(List.of("evaluate", "--json", "--real", real, "--fake", fake));
        arguments.addAll(List.of(more));
        CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        return JsonMapper.shared().readTree(run.out());
    }

    private Path features(String name, double[] values) {
        Path file = folder.resolve(name);
        Npz.write(file, Map.of("x", NpyArray.ofDoubles(values, values.length / width(values), width(values))));
        return file;
    }

    /** All sets here have rows of 3, but for the 300 x 8 of the test of copying. */
    private static int width(double[] values) {
        return values.length == 2400 ? 8 : 3;
    }

    private static double[] normal(int count, int width, long seed) {
        java.util.Random random = new java.util.Random(seed);
        double[] values = new double[count * width];
        Arrays.setAll(values, i -> random.nextGaussian());
        return values;
    }

    private static double[] with(double[] values, int position, double value) {
        values[position] = value;
        return values;
    }
}
