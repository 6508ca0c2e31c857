package org.autophage.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.autophage.base.AutophageException;
import org.autophage.program.SafeTensors.FloatArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeTensorsTest {
    @TempDir
    Path folder;

    private static Map<String, FloatArray> arrays() {
        Map<String, FloatArray> arrays = new LinkedHashMap<>();
        arrays.put("weights", new FloatArray(new float[] {1, -2.5f, 3e-8f, 0, 5, 6}, new long[] {2, 3}));
        arrays.put("step", new FloatArray(new float[] {7}, new long[] {}));
        arrays.put("none", FloatArray.of(new float[0]));
        return arrays;
    }

    private static String describe(Map<String, FloatArray> arrays) {
        StringBuilder text = new StringBuilder();
        arrays.forEach((name, array) ->
                text.append(name).append(Arrays.toString(array.dims())).append(Arrays.toString(array.elements())));
        return text.toString();
    }

    @Test
    void whatWasWrittenIsRead() throws IOException {
        Path file = folder.resolve("a.safetensors");
        SafeTensors.write(file, arrays());
        assertThat(describe(SafeTensors.read(file))).isEqualTo(describe(arrays()));
    }

    /** A flipped bit is refused, or is where it changes nothing that is read: in the padding, or in the checksum's own name. */
    @Test
    void noFlippedBitGivesOtherFigures() throws IOException {
        Path file = folder.resolve("a.safetensors");
        SafeTensors.write(file, arrays());
        byte[] right = Files.readAllBytes(file);
        int refused = 0;
        for (int bit = 0; bit < 8 * right.length; bit++) {
            byte[] wrong = right.clone();
            wrong[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, wrong);
            try {
                assertThat(describe(SafeTensors.read(file))).as("bit %d", bit).isEqualTo(describe(arrays()));
            } catch (AutophageException e) {
                refused++;
                assertThat(e).hasMessageContaining("a.safetensors");
            }
        }
        assertThat(refused).isGreaterThan(8 * right.length * 3 / 4);
    }

    @Test
    void noShorterFileIsRead() throws IOException {
        Path file = folder.resolve("a.safetensors");
        SafeTensors.write(file, arrays());
        byte[] right = Files.readAllBytes(file);
        for (int length = 0; length < right.length; length++) {
            Files.write(file, Arrays.copyOf(right, length));
            int cut = length;
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> SafeTensors.read(file))
                    .as("cut to %d bytes", cut)
                    .isInstanceOf(AutophageException.class);
        }
    }

    /** Files of other programs, and of versions before 0.2. */
    @Test
    void aFileWithoutAChecksumIsRead() throws IOException {
        byte[] header =
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}".getBytes(StandardCharsets.UTF_8);
        byte[] content = new byte[8 + header.length + 4];
        content[0] = (byte) header.length;
        System.arraycopy(header, 0, content, 8, header.length);
        content[content.length - 1] = 0x40;
        Path file = Files.write(folder.resolve("b.safetensors"), content);
        assertThat(SafeTensors.read(file))
                .hasEntrySatisfying("a", array -> assertThat(array.elements()).containsExactly(2));
    }
}
