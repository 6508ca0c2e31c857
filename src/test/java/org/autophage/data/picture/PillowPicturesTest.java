package org.autophage.data.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.autophage.base.Sha256;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Pictures that Pillow 9.4 wrote, read to the same values as Pillow reads them: the hash is of what its {@code tobytes()}
 * gave after {@code convert("L")} or {@code convert("RGB")}, of the upper bytes for 16 bits.
 */
class PillowPicturesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pillow-420.jpg  | 3 | 085eaf9d66cbea76e5f650a0b4dbc4f08e2d2167784a7c268f501b439ae75538",
                "pillow-422.jpg  | 3 | c3a4282277aa5574397b9de77b8f43860bd00640fd3b78a8c663d5a26c80097f",
                "pillow-prog.jpg | 3 | 085eaf9d66cbea76e5f650a0b4dbc4f08e2d2167784a7c268f501b439ae75538",
                "pillow-icc.jpg  | 3 | 085eaf9d66cbea76e5f650a0b4dbc4f08e2d2167784a7c268f501b439ae75538",
                "pillow-L.jpg    | 1 | 3225df2bd0f10637e5e93ef3f09f8b8c3dce38a8ac9a8fc6f4d1b50b1d7209dd",
                "pillow-LA.png   | 1 | 328b57cb0d3343ff257e8ebb6992d177394b116942d2ed9fad3a1b173105e727",
                "pillow-P4.png   | 3 | 3d6cdf96200c4695994026d7ff13c8583face8bb430cb8e69fe03aeeebdd9184",
                "pillow-I16.png  | 1 | de5774da21133b2fa3b259d75b8b2b8c63a8211283a109ca8ddff12b8c8e4e01",
            })
    void areReadAsPillowReadsThem(String name, int channels, String sha256) throws Exception {
        Picture picture = Picture.decode(bytes(name));
        assertThat(picture.width()).isEqualTo(37);
        assertThat(picture.height()).isEqualTo(29);
        assertThat(picture.channels()).isEqualTo(channels);
        assertThat(Sha256.of(picture.pixels())).isEqualTo(sha256);
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(PillowPicturesTest.class.getResourceAsStream(name))) {
            return in.readAllBytes();
        }
    }
}
