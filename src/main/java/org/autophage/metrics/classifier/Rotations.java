package org.autophage.metrics.classifier;

import java.util.Arrays;
import org.autophage.data.Images;

/** Images turned by quarters, of which a network is to say how far each was turned (Gidaris et al., arXiv 1803.07728). */
final class Rotations {
    static final int QUARTERS = 4;

    private Rotations() {}

    /**
     * Every image in all four positions, one position after the other.
     *
     * @param images as high as wide
     * @return labelled by quarters, anticlockwise
     */
    static Images of(Images images) {
        int count = images.count();
        int size = images.height();
        int channels = images.channels();
        int bytes = images.imageBytes();
        byte[] turned = new byte[Math.multiplyExact(QUARTERS * count, bytes)];
        int[] labels = new int[QUARTERS * count];
        for (int image = 0; image < count; image++) {
            byte[] pixels = images.pixels(image);
            for (int quarters = 0; quarters < QUARTERS; quarters++) {
                System.arraycopy(pixels, 0, turned, (quarters * count + image) * bytes, bytes);
                pixels = turnedOnce(pixels, size, channels);
            }
        }
        for (int quarters = 0; quarters < QUARTERS; quarters++) {
            Arrays.fill(labels, quarters * count, (quarters + 1) * count, quarters);
        }
        return new Images(size, size, channels, QUARTERS, turned, labels);
    }

    private static byte[] turnedOnce(byte[] pixels, int size, int channels) {
        byte[] turned = new byte[pixels.length];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                int from = (column * size + size - 1 - row) * channels;
                System.arraycopy(pixels, from, turned, (row * size + column) * channels, channels);
            }
        }
        return turned;
    }
}
