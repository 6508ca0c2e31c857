package org.autophage.report.records;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * Makes run folders in the shape of the contract, with numbers like those of a small fully synthetic loop on MNIST: the
 * distance grows, recall falls faster than precision. Seeds shift the numbers a little, always the same way.
 */
public final class RunFixture {
    private final Path folder;
    private String name = "mnist-fully-synthetic";
    private String features = "lenet@3fa91c20";
    private double pace = 1;

    public RunFixture(Path folder) {
        this.folder = folder;
    }

    public RunFixture name(String value) {
        name = value;
        return this;
    }

    public RunFixture features(String value) {
        features = value;
        return this;
    }

    /** How fast the loop goes wrong, 1 for the fully synthetic one. */
    public RunFixture pace(double value) {
        pace = value;
        return this;
    }

    /** Writes the spec, with seeds 0 to {@code seeds - 1}. */
    public RunFixture spec(int seeds, int generations) {
        return specOf(IntStream.range(0, seeds).boxed().toList(), generations);
    }

    /** Writes the spec. */
    public RunFixture specOf(List<Integer> seeds, int generations) {
        String list = seeds.stream().map(String::valueOf).collect(Collectors.joining(", "));
        write(
                folder.resolve("experiment.yaml"),
                """
                name: %s
                seeds: [%s]
                device: auto
                keep: all
                dataset: {kind: mnist, path: datasets/mnist, size: 28, holdout: 10000}
                model:
                  kind: diffusion
                  parameterization: edm
                  channels: 32
                  steps: 4000
                  batch: 128
                  learningRate: 0.002
                sampling: {bias: 1.0, sampler: heun, steps: 18}
                loop:
                  kind: fully-synthetic
                  generations: %d
                  initial: 10000
                  synthetic: %d
                  memory: 1
                metrics: {features: lenet, samples: 5000, neighbours: 5, ball: strict}
                """
                        .formatted(name, list, generations, Math.round(10_000 * pace)));
        return this;
    }

    public RunFixture provenance() {
        write(
                folder.resolve("provenance.json"),
                """
                {"sessions":[
                {"command":"autophage run experiments/%2$s.yaml","started":"2026-11-20T09:12:44Z",
                 "ended":"2026-11-20T10:03:10Z","outcome":"interrupted","device":"cpu",
                 "versions":{"autophage":"0.1.0","java":"17.0.17","pytorch":"2.7.1"},
                 "machine":{"os":"Linux 6.1","processors":"2"},"hashes":{"extractor":"%1$s"}},
                {"command":"autophage resume runs/%2$s","started":"2026-11-20T11:00:00Z","ended":null,"outcome":null,
                 "device":"cpu","versions":{"autophage":"0.1.0","java":"17.0.17","pytorch":"2.7.1"},
                 "machine":{"os":"Linux 6.1","processors":"2"},"hashes":{}}]}
                """
                        .formatted(features, name));
        return this;
    }

    /** Writes the records of one seed, and nothing else. */
    public RunFixture records(long seed, int generations) {
        StringBuilder lines = new StringBuilder();
        for (int generation = 1; generation <= generations; generation++) {
            lines.append(line(seed, generation)).append('\n');
        }
        write(folder.resolve("seed-" + seed).resolve("generations.jsonl"), lines.toString());
        return this;
    }

    /** Writes every generation's grid, loss and training set. */
    public RunFixture generationFiles(long seed, int generations) {
        for (int generation = 1; generation <= generations; generation++) {
            Path inside = folder.resolve("seed-" + seed).resolve(String.format("generation-%03d", generation));
            grid(inside.resolve("grid.png"), seed, generation);
            write(inside.resolve("training.csv"), losses(seed, generation, 4000));
            write(
                    inside.resolve("training-set.json"),
                    """
                    {"fixedReal":%d,"freshReal":0,"synthetic":%d,"images":[{"real":[[0,9999]]}]}"""
                            .formatted(generation == 1 ? 10_000 : 0, generation == 1 ? 0 : 10_000));
        }
        return this;
    }

    public Path folder() {
        return folder;
    }

    /** The Fréchet distance that a record has. */
    public double frechetDistance(long seed, int generation) {
        return 2.8 + pace * (1.9 + 0.25 * seed) * Math.pow(generation - 1.0, 1.25) + 0.2 * seed;
    }

    double recall(long seed, int generation) {
        return 0.78 * Math.exp(-0.16 * pace * (generation - 1)) + 0.012 * (seed - 1) * generation / 3.0;
    }

    private String line(long seed, int generation) {
        double age = pace * (generation - 1);
        return String.format(
                Locale.ROOT,
                "{\"generation\":%d,\"seed\":%d,\"loop\":\"fully-synthetic\",\"bias\":1.0,"
                        + "\"trainingSet\":{\"fixedReal\":%d,\"freshReal\":0,\"synthetic\":%d},"
                        + "\"features\":\"%s\",\"samples\":5000,\"frechetDistance\":%s,\"precision\":%s,\"recall\":%s,"
                        + "\"density\":%s,\"coverage\":%s,\"labelAccuracy\":%s,"
                        + "\"trainSeconds\":%s,\"sampleSeconds\":%s,\"metricSeconds\":%s}",
                generation,
                seed,
                generation == 1 ? 10_000 : 0,
                generation == 1 ? 0 : 10_000,
                features,
                frechetDistance(seed, generation),
                0.82 * Math.exp(-0.045 * age) - 0.009 * seed,
                recall(seed, generation),
                0.97 * Math.exp(-0.05 * age) + 0.01 * seed,
                0.9 * Math.exp(-0.12 * age) - 0.006 * seed,
                0.962 * Math.exp(-0.02 * age) - 0.004 * seed,
                301.5 + 3 * seed,
                212.25 + generation,
                9.5);
    }

    private static String losses(long seed, int generation, int steps) {
        Random random = new Random(31 * seed + generation);
        StringBuilder csv = new StringBuilder("step,loss,gradientNorm,learningRate\n");
        for (int step = 10; step <= steps; step += 10) {
            double loss = (0.16 + 0.9 * Math.exp(-step / 120.0))
                    * Math.pow(0.9, generation)
                    * Math.exp(0.08 * random.nextGaussian());
            csv.append(String.format(Locale.ROOT, "%d,%.6f,%.4f,%.6f%n", step, loss, 0.4 + loss, 0.002));
        }
        return csv.toString();
    }

    /** Ten rows of ten digits at 28 pixels, which lose their variety and blur with the generations. */
    private void grid(Path file, long seed, int generation) {
        BufferedImage image = new BufferedImage(280, 280, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        Random random = new Random(seed);
        double variety = Math.exp(-0.25 * pace * (generation - 1));
        for (int cell = 0; cell < 100; cell++) {
            AffineTransform place =
                    AffineTransform.getTranslateInstance(14 + 28.0 * (cell % 10), 14 + 28.0 * Math.floorDiv(cell, 10));
            place.rotate(0.28 * variety * random.nextGaussian());
            place.shear(0.3 * variety * random.nextGaussian(), 0);
            graphics.setTransform(place);
            graphics.setFont(
                    new Font(Font.SANS_SERIF, random.nextBoolean() ? Font.BOLD : Font.PLAIN, 20 + random.nextInt(4)));
            int grey = (int) (255 - 70 * (1 - variety));
            graphics.setColor(new Color(grey, grey, grey));
            graphics.drawString("" + cell % 10, -6, 8);
        }
        graphics.dispose();
        try {
            Files.createDirectories(file.getParent());
            ImageIO.write(image, "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
