package org.autophage.data.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.autophage.base.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against Pillow 12.3: the hashes are of what its {@code tobytes()} gave for the same noise. */
class ResizeTest {
    @ParameterizedTest
    @CsvSource({
        "31,  3, 12, 043a3770c4b97e5e58a35e48e942aefe677ea7773abe28b7f0b8fd87a3b6d3c6",
        "128, 3, 64, 817e68db13850f4ead4c72a0f0f2819c545c4b090cd566d55edcdbf4b1266c0f",
        "100, 1, 33, 1487a41ca662d880709fd9772bf7c0ada55559c69bfa7b5de1f3f4ab8f319aaf",
        "64,  3, 63, 3cda361cac03f3e658f95e0962183a79a8a58a7a66cc608ac092267f67dd61aa",
        "40,  1,  8, 26607e1a90b6a27f8c93cd8a85a2cad5020a0e6027d01763022ee6f77eb9b51f",
    })
    void lanczosIsPillowsToTheBit(int from, int channels, int to, String sha256) {
        Picture small = Resize.LANCZOS.shrink(noise(from, from, channels), to);
        assertThat(small.height()).isEqualTo(to);
        assertThat(Sha256.of(small.pixels())).isEqualTo(sha256);
    }

    /** {@code crop((6, 0, 43, 37)).resize((16, 16), LANCZOS)}, which is what edm's center-crop does to 50 columns. */
    @Test
    void theSquareInTheMiddleIsPillows() {
        Picture small = new PictureFit(16, Crop.CENTRE, Resize.LANCZOS).apply(noise(37, 50, 3));
        assertThat(Sha256.of(small.pixels()))
                .isEqualTo("6b0dcaf95c39b8a7ef8dd0031f4faec4f1a6b40a3e1b8750de3207a523cda582");
    }

    @Test
    void greyIsPillowsConvertL() {
        assertThat(Sha256.of(noise(64, 64, 3).inGrey().pixels()))
                .isEqualTo("0429f2bcf41aae54352def10803c99e7bb54c75e7937922db036c8faf965b3cc");
    }

    @Test
    void theSameSizeIsLeftAlone() {
        Picture picture = noise(9, 9, 3);
        for (Resize resize : Resize.values()) {
            assertThat(resize.shrink(picture, 9)).isSameAs(picture);
        }
    }

    /** Without antialiasing, stripes a pixel wide would stay black or white. */
    @Test
    void stripesBecomeGrey() {
        byte[] pixels = new byte[64 * 64];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i % 2 == 0 ? 0 : 200);
        }
        for (Resize resize : Resize.values()) {
            byte[] small = resize.shrink(new Picture(64, 64, 1, pixels), 8).pixels();
            for (int i = 0; i < small.length; i++) {
                assertThat(Byte.toUnsignedInt(small[i])).isBetween(90, 110);
            }
        }
    }

    private static Picture noise(int height, int width, int channels) {
        byte[] pixels = new byte[height * width * channels];
        long x = 1;
        for (int i = 0; i < pixels.length; i++) {
            x = (x * 1_103_515_245L + 12_345) & 0x7fff_ffff;
            pixels[i] = (byte) (x >> 16);
        }
        return new Picture(height, width, channels, pixels);
    }
}
