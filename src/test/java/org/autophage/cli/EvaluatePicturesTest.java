package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.autophage.data.FiniteDataset;
import org.autophage.experiment.ExperimentSpec;
import org.autophage.run.RunFolder;
import org.autophage.run.SeedFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pictures and stores beside a run, whose generation 1 consists of the very images that its dataset made of the pictures:
 * whoever makes the same of them finds copies.
 */
class EvaluatePicturesTest {
    private static final int PICTURES = 20;
    private static final int HOLDOUT = 6;

    @TempDir
    private Path folder;

    private Path photos = Path.of("");
    private Path runs = Path.of("");

    @BeforeEach
    void write() throws IOException {
        photos = folder.resolve("photos");
        for (int i = 0; i < PICTURES; i++) {
            picture(photos.resolve("%02d.png".formatted(i)), 24, 20 + i % 3, i);
        }
        runs = folder.resolve("runs");
        RunFolder run = new RunFolder(Files.createDirectories(runs.resolve("tiny")));
        Files.writeString(
                run.experiment(),
                "name: tiny\ndataset: {kind: images, path: %s, size: 8, resize: area, colour: grey, holdout: %d}\n"
                        .formatted(photos, HOLDOUT));
        SeedFolder seed = run.seed(0);
        Path generation = Files.createDirectories(seed.generation(1).path());
        dataset(run)
                .real(LongStream.range(0, PICTURES - HOLDOUT).toArray())
                .write(seed.generation(1).samples());
        picture(seed.generation(1).grid(), 24, 24, 99);
        Files.writeString(generation.resolve("training-set.json"), "{}");
        Files.writeString(
                seed.generations(),
                "{\"generation\":1,\"seed\":0,\"loop\":\"fully-synthetic\",\"bias\":1.0,\"trainingSet\":{\"fixedReal\":0,\"freshReal\":0,\"synthetic\":14},\"features\":\"pixels\",\"samples\":14,\"frechetDistance\":1.0,\"trainSeconds\":1.0,\"sampleSeconds\":1.0,\"metricSeconds\":1.0}\n");
    }

    private static FiniteDataset dataset(RunFolder run) {
        return (FiniteDataset)
                ExperimentSpec.read(run.experiment(), List.of()).dataset().open();
    }

    @Test
    void picturesBecomeWhatTheRunMadeOfThem() {
        JsonNode found = json(photos.toString(), "tiny");
        assertThat(found.path("real").path("width").asInt()).isEqualTo(64);
        assertThat(found.path("exactCopies").asInt()).isEqualTo(PICTURES - HOLDOUT);
        assertThat(found.path("notes").toString())
                .contains("the pictures of " + photos + " become images as those of " + runs.resolve("tiny")
                        + " do: crop centre, 8x8 by area, grey");
        assertThat(json("tiny", photos.toString()).path("exactCopies").asInt()).isEqualTo(PICTURES - HOLDOUT);
    }

    @Test
    void picturesThatAreTooSmallForTheRunAreRefused() throws IOException {
        Path small = folder.resolve("small");
        picture(small.resolve("a.png"), 7, 9, 1);
        refused(small.toString(), "tiny", "a.png has 7 rows and 9 columns");
    }

    @Test
    void aStoreIsASet() throws IOException {
        Path store;
        try (Stream<Path> files = Files.list(folder)) {
            store = files.filter(file -> file.toString().endsWith(".images"))
                    .findFirst()
                    .orElseThrow();
        }
        JsonNode found = json(store.toString(), "tiny");
        assertThat(found.path("exactCopies").asInt()).isEqualTo(PICTURES - HOLDOUT);
        assertThat(found.path("real").path("samples").asInt()).isEqualTo(PICTURES);
        byte[] bytes = Files.readAllBytes(store);
        bytes[bytes.length - Integer.BYTES * PICTURES - 1]++; // the last pixel, in front of the labels
        Path damaged = Files.write(folder.resolve("damaged.images"), bytes);
        refused(damaged.toString(), "tiny", "damaged.images is corrupt: SHA-256 of its images is ");
        Files.write(damaged, new byte[10]);
        refused(
                "tiny",
                damaged.toString(),
                "damaged.images is no whole store: it does not begin like a store of images");
    }

    @Test
    void aRunWithoutItsSpecIsNotMeasuredByItsGrids() throws IOException {
        Path run = runs.resolve("tiny");
        Files.delete(new RunFolder(run).experiment());
        String message = run + " has seeds of a run and no experiment.yaml, which says what its samples are";
        for (String name : List.of(
                "tiny",
                "tiny:1",
                run.toString(),
                run.resolve("seed-0").toString(),
                run.resolve("seed-0/generation-001").toString())) {
            refused(photos.toString(), name, message);
        }
        refused(
                photos.toString(),
                runs.toString(),
                runs + " holds what a run leaves (tiny/seed-0/generation-001/samples-");
        Path copied = folder.resolve("copied");
        Files.createDirectories(copied.resolve("x"));
        Files.move(run.resolve("seed-0/generation-001"), copied.resolve("x/first"));
        refused(photos.toString(), copied.toString(), copied + " holds what a run leaves (x/first/samples-00000.npz)");
        String samples = copied.resolve("x/first/samples-00000.npz").toString();
        assertThat(json(samples, samples).path("real").path("samples").asInt()).isEqualTo(PICTURES - HOLDOUT);
    }

    @Test
    void aZipOfARunIsNoSetOfPictures() throws IOException {
        Path zip = folder.resolve("run.zip");
        Path run = runs.resolve("tiny");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip));
                Stream<Path> files = Files.walk(run)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                out.putNextEntry(new ZipEntry("tiny/" + run.relativize(file)));
                out.write(Files.readAllBytes(file));
            }
        }
        refused(photos.toString(), zip.toString(), zip + " holds what a run leaves (tiny/seed-0/generation-001/");
    }

    @Test
    void classesAreComparedByName() throws IOException {
        Path one = classes("one", "cat", 6, "dog", 2);
        // Without a cat, dog would be class 0 of these, and cow one of nobody's.
        Path two = classes("two", "dog", 4, "elk", 4);
        JsonNode found = json(one.toString(), two.toString());
        assertThat(found.path("classesLost").asInt()).isEqualTo(1);
        assertThat(found.has("classDivergence")).isFalse();
        assertThat(found.path("fake").path("classNames").toString()).isEqualTo("[\"dog\",\"elk\"]");
        Path three = classes("three", "dog", 4, "cat", 4);
        assertThat(json(one.toString(), three.toString())
                        .path("classDivergence")
                        .asDouble())
                .isCloseTo(.5 * Math.log(.5 / .75) + .5 * Math.log(.5 / .25), within(1e-12));
        JsonNode none = json(one.toString(), classes("four", "ape", 4, "bee", 4).toString());
        assertThat(none.has("classesLost")).isFalse();
        assertThat(none.path("notes").toString())
                .contains("classes are not compared: those of ", "(cat, dog)", "(ape, bee)");
        JsonNode numbers = json(one.toString(), classes("five", "0", 6, "1", 2).toString());
        assertThat(numbers.path("classDivergence").asDouble()).isZero();
        assertThat(numbers.path("notes").toString()).contains("classes are compared in their order");
    }

    private Path classes(String name, String first, int firsts, String second, int seconds) throws IOException {
        for (int i = 0; i < firsts + seconds; i++) {
            picture(folder.resolve(name).resolve(i < firsts ? first : second).resolve(i + ".png"), 8, 8, i);
        }
        return folder.resolve(name);
    }

    private static void picture(Path file, int height, int width, long seed) throws IOException {
        Files.createDirectories(file.getParent());
        SplittableRandom random = new SplittableRandom(seed);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, random.nextInt(1 << 24));
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            ImageIO.write(image, "png", out);
        }
    }

    private JsonNode json(String real, String fake) {
        CommandRun run = CommandRun.of(arguments(real, fake));
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        return JsonMapper.shared().readTree(run.out());
    }

    private void refused(String real, String fake, String message) {
        CommandRun run = CommandRun.of(arguments(real, fake));
        assertThat(run.err().lines()).singleElement().asString().contains(message);
        assertThat(run.exitCode()).isEqualTo(2);
    }

    private String[] arguments(String real, String fake) {
        List<String> all = new ArrayList<>(List.of("evaluate", "--json", "--features", "pixels"));
        all.addAll(List.of("--real", real, "--fake", fake, "--runs", runs.toString()));
        return all.toArray(String[]::new);
    }
}
