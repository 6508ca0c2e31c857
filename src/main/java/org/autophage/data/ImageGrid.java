package org.autophage.data;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.autophage.base.AtomicFiles;

/**
 * Images side by side in one PNG, row by row. Equal images give equal files.
 *
 * @param columns images in a row
 * @param gap pixels between neighbours, in a middle grey
 */
public record ImageGrid(int columns, int gap) {
    /** Ten columns: a class a column where there are ten classes and image i is of class i mod classes. */
    public static final ImageGrid OF_CLASSES = new ImageGrid(10, 2);

    private static final int GAP_GREY = 0x80;

    public ImageGrid {
        if (columns < 1 || gap < 0) {
            throw new IllegalArgumentException("a grid of %d columns with gaps of %d".formatted(columns, gap));
        }
    }

    /** The PNG of these images, of which there is at least one; grey for one channel, RGB for three. */
    public byte[] png(Images images) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(paint(images), "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    /** Writes {@link #png} to a file, replacing it whole or not at all. */
    public void write(Images images, Path file) {
        AtomicFiles.write(file, temporary -> Files.write(temporary, png(images)));
    }

    private BufferedImage paint(Images images) {
        if (images.count() == 0 || (images.channels() != 1 && images.channels() != 3)) {
            throw new IllegalArgumentException(
                    "no grid can be made of %d images of %s".formatted(images.count(), images.describeSize()));
        }
        int across = Math.min(columns, images.count());
        int down = (images.count() + columns - 1) / columns;
        BufferedImage grid = new BufferedImage(
                across * (images.width() + gap) - gap,
                down * (images.height() + gap) - gap,
                images.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        WritableRaster raster = grid.getRaster();
        int[] gaps = new int[grid.getWidth() * grid.getHeight() * images.channels()];
        Arrays.fill(gaps, GAP_GREY);
        raster.setPixels(0, 0, grid.getWidth(), grid.getHeight(), gaps);
        int[] values = new int[images.imageBytes()];
        for (int image = 0; image < images.count(); image++) {
            byte[] pixels = images.pixels(image);
            Arrays.setAll(values, i -> Byte.toUnsignedInt(pixels[i]));
            int x = image % columns * (images.width() + gap);
            int y = image / columns * (images.height() + gap);
            raster.setPixels(x, y, images.width(), images.height(), values);
        }
        return grid;
    }
}
