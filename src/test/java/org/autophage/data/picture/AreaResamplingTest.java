package org.autophage.data.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.autophage.data.Images;
import org.junit.jupiter.api.Test;

class AreaResamplingTest {
    private static Images grey(int size, int... values) {
        byte[] pixels = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            pixels[i] = (byte) values[i];
        }
        return new Images(size, size, 1, 10, pixels, new int[values.length / (size * size)]);
    }

    @Test
    void halvingAveragesFourPixelsAndRoundsHalvesToEven() {
        Images images = grey(4, 0, 4, 255, 255, 8, 12, 255, 255, 10, 10, 0, 1, 10, 10, 0, 1);
        assertThat(AreaResampling.shrink(images, 2).pixels()).containsExactly(6, (byte) 255, 10, 0);
    }

    /** From 3 to 2 a new pixel covers one and a half old ones each way: weights 2/3 and 1/3. */
    @Test
    void fractionsAreWeightedByArea() {
        Images images = grey(3, 90, 0, 0, 0, 180, 0, 0, 0, 45);
        assertThat(AreaResampling.shrink(images, 2).pixels()).containsExactly(40 + 20, 180 / 9, 180 / 9, 20 + 20);
    }

    @Test
    void meanGreyIsKept() {
        Random random = new Random(5);
        byte[] pixels = new byte[20 * 28 * 28];
        random.nextBytes(pixels);
        Images images = new Images(28, 28, 1, 10, pixels, new int[20]);
        for (int size : new int[] {8, 14, 16, 20, 27, 28}) {
            assertThat(mean(AreaResampling.shrink(images, size))).isCloseTo(mean(images), within(0.1));
        }
    }

    private static double mean(Images images) {
        double sum = 0;
        for (byte pixel : images.pixels()) {
            sum += Byte.toUnsignedInt(pixel);
        }
        return sum / images.pixels().length;
    }
}
