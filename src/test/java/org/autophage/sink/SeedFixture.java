package org.autophage.sink;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.autophage.measure.Basis;
import org.autophage.measure.Composition;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.autophage.run.GenerationFolder;
import org.autophage.run.GenerationRecord;
import org.autophage.run.RunFolder;
import org.autophage.run.SeedFolder;

/** A run folder that grows by a generation at a time, with numbers that say where they stand. */
final class SeedFixture {
    /** Training steps a generation, every tenth of them in training.csv. */
    static final int STEPS = 40;

    final RunFolder run;
    final SeedFolder seed;

    SeedFixture(Path root) {
        this.run = new RunFolder(root);
        this.seed = run.seed(7);
        write(
                run.experiment(),
                """
                name: tiny,sampling.bias=0.5
                seeds: [7]
                loop: {kind: fully-synthetic, generations: 5}
                """);
    }

    /** One more generation. */
    SeedFixture grow() {
        int t = seed.nextGeneration();
        GenerationFolder files = seed.generation(t);
        StringBuilder csv = new StringBuilder("step,loss,gradientNorm,learningRate\n");
        for (int step = 10; step <= STEPS; step += 10) {
            csv.append(step).append(',').append(t + step / 1000.0).append(",0.5,0.001\n");
        }
        write(files.training(), csv.toString());
        write(files.trainingSet(), "{}");
        png(files.grid(), 30, 20);
        seed.append(record(t));
        return this;
    }

    static double recall(int generation) {
        return 1.0 / generation;
    }

    private static GenerationRecord record(int t) {
        Measures metrics = Measures.builder()
                .add(Basis.FEATURES, "lenet@12345678")
                .add(Basis.SAMPLES, 100)
                .add(Metrics.RECALL, recall(t), 0.01)
                .add(Metrics.VENDI_SCORE, 3.5)
                .add(Metrics.FEATURES_ACCURACY, 0.9)
                .expect(Metrics.RECALL, 0.5)
                .build();
        return new GenerationRecord(t, 7, "fully-synthetic", 0.5, new Composition(0, 0, 100), metrics, 2, 1, 0.5);
    }

    private static void png(Path file, int width, int height) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", bytes);
            Files.write(file, bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
