package org.autophage.data;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
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
    /** Images in a row, about. */
    private static final int USUAL_COLUMNS = 10;

    /** A row with one image of each class has no more. */
    private static final int MOST_COLUMNS = 20;

    private static final int GAP = 2;
    private static final int GAP_GREY = 0x80;

    public ImageGrid {
        if (columns < 1 || gap < 0) {
            throw new IllegalArgumentException("a grid of %d columns with gaps of %d".formatted(columns, gap));
        }
    }

    /**
     * How images of classes lie in a grid.
     *
     * @param columns images in a row
     * @param grouped whether all images of a class are together; otherwise they are in their own order
     */
    public record Layout(int columns, boolean grouped) {
        /**
         * The layout of images with these labels. Where classes take turns each column is of one class, if there are not
         * too many of them; where they do not, each class follows the one before.
         */
        public static Layout of(int classes, int[] labels) {
            boolean inTurn = IntStream.range(0, labels.length).allMatch(i -> labels[i] == i % classes);
            if (!inTurn) {
                return new Layout(USUAL_COLUMNS, true);
            }
            boolean many = classes > MOST_COLUMNS;
            int turns = many ? 1 : Math.max(1, Math.round((float) USUAL_COLUMNS / classes));
            return new Layout(many ? USUAL_COLUMNS : turns * classes, false);
        }

        /** Writes the grid of these images. */
        void write(Images images, Path file) {
            int[] order = IntStream.range(0, images.count()).toArray();
            if (grouped) {
                order = IntStream.of(order)
                        .boxed()
                        .sorted(Comparator.comparingInt(i -> images.labels()[i]))
                        .mapToInt(i -> i)
                        .toArray();
            }
            new ImageGrid(columns, GAP).write(images.select(order), file);
        }
    }

    /** The PNG of these images, of which there is at least one; grey for one channel, RGB for three. */
    public byte[] png(Images images) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.setUseCache(false); // in memory: the temporary folder may be full
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
