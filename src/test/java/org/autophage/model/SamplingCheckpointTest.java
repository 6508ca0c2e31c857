package org.autophage.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.autophage.base.AutophageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplingCheckpointTest {
    @TempDir
    Path folder;

    @Test
    void whatWasWrittenIsRead() throws IOException {
        byte[] pixels = new byte[100];
        new SplittableRandom(1).nextBytes(pixels);
        Path file = folder.resolve("sample");
        SamplingCheckpoint.write(pixels, 60, file);
        byte[] read = new byte[100];
        assertThat(SamplingCheckpoint.read(read, file)).isEqualTo(60);
        assertThat(Arrays.copyOf(read, 60)).isEqualTo(Arrays.copyOf(pixels, 60));
        assertThat(SamplingCheckpoint.read(new byte[20], file)).isEqualTo(20);
    }

    /** Every bit of the file, and every length below its own. */
    @Test
    void nothingElseIsRead() throws IOException {
        Path file = folder.resolve("sample");
        SamplingCheckpoint.write(new byte[] {1, 2, 3, 4}, 4, file);
        byte[] right = Files.readAllBytes(file);
        for (int bit = 0; bit < 8 * right.length; bit++) {
            byte[] wrong = right.clone();
            wrong[bit / 8] ^= (byte) (1 << bit % 8);
            isRefused(file, wrong);
        }
        for (int length = 0; length < right.length; length++) {
            isRefused(file, Arrays.copyOf(right, length));
        }
    }

    private static void isRefused(Path file, byte[] content) throws IOException {
        Files.write(file, content);
        assertThatThrownBy(() -> SamplingCheckpoint.read(new byte[4], file))
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining("sample is corrupt");
    }
}
