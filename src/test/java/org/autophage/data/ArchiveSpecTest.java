package org.autophage.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.autophage.base.AutophageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveSpecTest {
    @TempDir
    private Path folder;

    private Path write(int height, int width, int count, int... labels) {
        byte[] pixels = new byte[count * height * width];
        for (int i = 0; i < count; i++) {
            pixels[i * height * width] = (byte) i; // image i begins with i
        }
        Path file = folder.resolve("images.npz");
        ImageArchive.write(new Images(height, width, 1, 10, pixels, labels), file);
        return file;
    }

    private static int[] labels(int count) {
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % 3;
        }
        return labels;
    }

    @Test
    void everyImageIsRealOrHeldOut() {
        Path file = write(8, 8, 100, labels(100));
        FiniteDataset dataset = new ArchiveSpec(file.toString(), 30).open();
        assertThat(dataset.available()).isEqualTo(70);
        Images real = dataset.real(LongStream.range(0, 70).toArray());
        Set<Byte> seen = new HashSet<>();
        for (Images images : new Images[] {real, dataset.holdout()}) {
            byte[] pixels = images.pixels();
            for (int i = 0; i < images.count(); i++) {
                assertThat(seen.add(pixels[i * 64])).isTrue();
                assertThat(images.labels()[i]).isEqualTo(pixels[i * 64] % 3);
            }
        }
        assertThat(seen).hasSize(100);
        assertThat(real.classes()).as("those that occur").isEqualTo(3);
    }

    @Test
    void theHashTellsPixelsLabelsAndHoldoutApart() {
        Path file = write(8, 8, 100, labels(100));
        String hash = new ArchiveSpec(file.toString(), 30).open().hash();
        assertThat(new ArchiveSpec(file.toString(), 30).open().hash()).isEqualTo(hash);
        assertThat(new ArchiveSpec(file.toString(), 31).open().hash()).isNotEqualTo(hash);
        write(8, 8, 100, new int[100]);
        assertThat(new ArchiveSpec(file.toString(), 30).open().hash()).isNotEqualTo(hash);
    }

    @Test
    void whatCannotBeIsRefused() {
        refused(() -> new ArchiveSpec(" ", 1), "dataset.path is empty: must be an .npz file");
        refused(() -> new ArchiveSpec("a.npz", 0), "dataset.holdout is 0: must be at least 1");
        String file = write(8, 8, 10, labels(10)).toString();
        refused(
                () -> new ArchiveSpec(file, 10).open(),
                "dataset.holdout is 10: must be below 10, the number of images in " + file);
        write(8, 9, 10, labels(10));
        assertThatThrownBy(() -> new ArchiveSpec(file, 5).open())
                .isInstanceOf(AutophageException.class)
                .hasMessageEndingWith("must be square");
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(AutophageException.class).hasMessage(message);
    }
}
