package org.autophage.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.autophage.data.strokes.StrokesSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageGridTest {
    @TempDir
    Path folder;

    private static int value(BufferedImage image, int x, int y, int channel) {
        return image.getRaster().getSample(x, y, channel);
    }

    @Test
    void imagesLieRowByRowWithGaps() throws IOException {
        byte[] pixels = new byte[3 * 4];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (20 * i);
        }
        Path file = folder.resolve("grid.png");
        new ImageGrid(2, 1).write(new Images(2, 2, 1, 1, pixels, new int[3]), file);
        BufferedImage grid = ImageIO.read(file.toFile());
        assertThat(grid.getWidth()).isEqualTo(5);
        assertThat(grid.getHeight()).isEqualTo(5);
        assertThat(value(grid, 1, 0, 0)).isEqualTo(20);
        assertThat(value(grid, 3, 1, 0)).isEqualTo(120);
        assertThat(value(grid, 1, 4, 0)).isEqualTo(220);
        assertThat(value(grid, 2, 0, 0)).isEqualTo(0x80);
        assertThat(value(grid, 4, 4, 0)).as("a place without an image").isEqualTo(0x80);
    }

    @Test
    void coloursStayInOrder() throws IOException {
        Path file = folder.resolve("grid.png");
        new ImageGrid(10, 0).write(new Images(1, 1, 3, 1, new byte[] {10, 20, 30, 40, 50, 60}, new int[2]), file);
        BufferedImage grid = ImageIO.read(file.toFile());
        assertThat(grid.getWidth()).isEqualTo(2);
        assertThat(new int[] {value(grid, 1, 0, 0), value(grid, 1, 0, 1), value(grid, 1, 0, 2)})
                .containsExactly(40, 50, 60);
    }

    @Test
    void equalImagesGiveEqualBytes() {
        Images images = new StrokesSpec(16, 30, 0).open().holdout();
        assertThat(new ImageGrid(10, 1).png(images)).isEqualTo(new ImageGrid(10, 1).png(images));
    }

    @Test
    void nothingMakesNoGrid() {
        assertThatThrownBy(() -> new ImageGrid(10, 1).png(new Images(2, 2, 1, 1, new byte[0], new int[0])))
                .hasMessageContaining("0 images");
        assertThatThrownBy(() -> new ImageGrid(0, 1)).hasMessageContaining("0 columns");
    }

    /** Classes in turn: how many columns there are, so that each is of one class where that can be. */
    @ParameterizedTest
    @CsvSource({
        "1, 10",
        "2, 10",
        "3, 9",
        "4, 12",
        "5, 10",
        "6, 12",
        "7, 7",
        "9, 9",
        "10, 10",
        "11, 11",
        "17, 17",
        "20, 20",
        "21, 10",
        "100, 10",
        "1000, 10"
    })
    void aColumnIsOfOneClass(int classes, int columns) {
        int[] labels = IntStream.range(0, 100).map(i -> i % classes).toArray();
        assertThat(ImageGrid.Layout.of(classes, labels)).isEqualTo(new ImageGrid.Layout(columns, false));
    }

    @Test
    void classesThatDoNotTakeTurnsFollowEachOther() throws IOException {
        Path file = folder.resolve("grid.png");
        new Images(1, 1, 1, 2, new byte[] {10, 20, 30, 40}, new int[] {1, 0, 1, 0}).draw(file);
        BufferedImage grid = ImageIO.read(file.toFile());
        assertThat(new int[] {value(grid, 0, 0, 0), value(grid, 3, 0, 0), value(grid, 6, 0, 0), value(grid, 9, 0, 0)})
                .containsExactly(20, 40, 10, 30);
    }
}
