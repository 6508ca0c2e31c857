package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.autophage.base.ExitCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dataset of one's own pictures, from the command line: colour, and without classes. */
class PicturesTest {
    private static final int PICTURES = 60;

    @TempDir
    private Path folder;

    private Path spec;

    @BeforeEach
    void write() throws IOException {
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        for (int i = 0; i < PICTURES; i++) {
            BufferedImage image = new BufferedImage(12, 10, BufferedImage.TYPE_INT_RGB);
            for (int p = 0; p < 120; p++) {
                image.setRGB(p % 12, p / 12, 0x010203 * ((i * 31 + p * 7) % 80));
            }
            ImageIO.write(
                    image, "png", pictures.resolve("%05d.png".formatted(i)).toFile());
        }
        spec = Files.writeString(
                folder.resolve("pictures.yaml"),
                """
                seeds: [0]
                device: cpu
                dataset: {kind: images, path: %s, size: 8, holdout: 20}
                model: {kind: diffusion, channels: 8, steps: 3, batch: 8}
                sampling: {sampler: heun, steps: 2}
                loop: {kind: fully-synthetic, generations: 2, initial: 30, synthetic: 20}
                metrics: {features: pixels, samples: 20}
                """
                        .formatted(pictures));
    }

    @Test
    void aLoopOfColourPicturesWithoutClassesRuns() throws IOException {
        Path runs = folder.resolve("runs");
        CommandRun run = CommandRun.of("run", spec.toString(), "--runs", runs.toString(), "--json");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE.code());
        List<String> records = run.out().lines().toList();
        assertThat(records).hasSize(2).allSatisfy(record -> assertThat(record)
                .contains("frechetDistance")
                .doesNotContain("labelAccuracy")
                .doesNotContain("classifier"));
        assertThat(runs.resolve("pictures/report.html")).exists();
    }

    @Test
    void aClassifierNeedsClasses() {
        CommandRun run = CommandRun.of(
                "run", spec.toString(), "--runs", folder.resolve("runs").toString(), "metrics.features=lenet");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(run.err().lines())
                .containsExactly("autophage: metrics.features is lenet, a classifier of the dataset's classes, and"
                        + " dataset images has no classes: write pixels, inception or the path of a TorchScript file");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void openingSaysWhatIsThere() {
        CommandRun first = CommandRun.of("data", "open", spec.toString());
        assertThat(first.exitCode()).isEqualTo(ExitCode.DONE.code());
        assertThat(first.out())
                .contains("40 images of 8x8x3, 1 classes")
                .contains("opened in")
                .contains("heap ");
    }
}
