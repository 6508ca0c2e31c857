package org.autophage.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;

/** Draws images from a saved model with PyTorch alone, as docs/sample_model.py shows users. */
public final class SampledInPython {
    private SampledInPython() {}

    /**
     * Draws twenty images, two rows of a grid; skips the test where python3 has no torch.
     *
     * @param width that the grid should have, pixels
     * @param more options, such as --bias 0.7
     */
    public static void grid(Path model, int width, String... more) throws Exception {
        PythonModule.assume("torch");
        Path grid = model.resolveSibling("drawn.png");
        List<String> command = new ArrayList<>(List.of(
                "python3", "docs/sample_model.py", model.toString(), "--images", "20", "--out", grid.toString()));
        command.addAll(List.of(more));
        Process python = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(python.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(python.exitValue()).describedAs(output).isZero();
        assertThat(ImageIO.read(grid.toFile()).getWidth()).isEqualTo(width);
    }
}
