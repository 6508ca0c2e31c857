package org.autophage.data.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.data.FiniteDataset;
import org.autophage.data.Images;
import org.autophage.data.RealDatasets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistVariantTest {
    @TempDir
    Path folder;

    private final MnistFolder files = new MnistFolder();

    @BeforeEach
    void write() throws IOException {
        files.writeTo(folder);
    }

    private FiniteDataset open() {
        return files.variant().read(folder, 28, 3);
    }

    @Test
    void realSamplesAreTheTrainingImagesAndTheHoldoutTheFirstTestImages() {
        FiniteDataset mnist = open();
        assertThat(mnist.available()).isEqualTo(MnistFolder.TRAINING);
        Images real = mnist.real(new long[] {6, 2});
        assertThat(real.labels()).containsExactly(3, 7);
        assertThat(real.pixels()[0]).isEqualTo((byte) 6);
        assertThat(real.pixels()[784 + 5]).isEqualTo((byte) 7);
        assertThat(mnist.holdout().count()).isEqualTo(3);
        assertThat(mnist.holdout().pixels()[2 * 784]).isEqualTo((byte) 102);
    }

    @Test
    void filesMayLieUnpackedAndWithADot() throws IOException {
        Files.delete(folder.resolve("train-images-idx3-ubyte.gz"));
        Files.write(folder.resolve("train-images-idx3-ubyte"), files.unpacked(MnistFile.TRAIN_IMAGES));
        Files.move(folder.resolve("t10k-labels-idx1-ubyte.gz"), folder.resolve("t10k-labels.idx1-ubyte.gz"));
        assertThat(open().hash()).hasSize(64);
    }

    @Test
    void missingFileIsNamedWithItsFolderAndTheRemedy() throws IOException {
        Files.delete(folder.resolve("t10k-labels-idx1-ubyte.gz"));
        refused("t10k-labels-idx1-ubyte.gz is missing in folder " + folder
                + ": `./autophage data fetch mnist` gets it");
    }

    @Test
    void truncatedGzip() throws IOException {
        byte[] whole = files.gzipped(MnistFile.TRAIN_IMAGES);
        Files.write(folder.resolve("train-images-idx3-ubyte.gz"), Arrays.copyOf(whole, whole.length / 2));
        refused("train-images-idx3-ubyte.gz is truncated: its gzip stream ends after " + whole.length / 2 + " bytes");
    }

    @Test
    void corruptGzip() throws IOException {
        byte[] bytes = files.gzipped(MnistFile.TRAIN_IMAGES);
        bytes[bytes.length - 6] ^= 1;
        Files.write(folder.resolve("train-images-idx3-ubyte.gz"), bytes);
        refused("train-images-idx3-ubyte.gz is corrupt: gzip says Corrupt GZIP trailer");
    }

    @Test
    void truncatedIdx() throws IOException {
        Files.write(
                folder.resolve("t10k-images-idx3-ubyte.gz"),
                Arrays.copyOf(files.unpacked(MnistFile.TEST_IMAGES), 2_000));
        refused(
                "t10k-images-idx3-ubyte.gz is truncated: it announces [5, 28, 28], which takes 3936 bytes, and has 2000");
        Files.write(folder.resolve("t10k-images-idx3-ubyte.gz"), new byte[3]);
        refused("t10k-images-idx3-ubyte.gz is truncated: 3 bytes, its header alone has 16");
    }

    @Test
    void wrongMagic() throws IOException {
        Files.write(
                folder.resolve("train-images-idx3-ubyte.gz"),
                Arrays.copyOf(files.unpacked(MnistFile.TRAIN_LABELS), 64));
        refused(
                "train-images-idx3-ubyte.gz is no IDX file of 3 dimensions: it begins with 0x00000801, must be 0x00000803");
    }

    @Test
    void wrongChecksum() throws IOException {
        byte[] bytes = files.unpacked(MnistFile.TEST_LABELS).clone();
        bytes[8]--;
        Files.write(folder.resolve("t10k-labels-idx1-ubyte.gz"), bytes);
        refused("t10k-labels-idx1-ubyte.gz is not the real file: SHA-256 of its unpacked bytes is ");
    }

    private void refused(String message) {
        assertThatThrownBy(this::open)
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining(message)
                .satisfies(e -> {
                    assertThat(e.getMessage()).doesNotContain("\n");
                    assertThat(((AutophageException) e).exitCode()).isEqualTo(ExitCode.USAGE);
                });
    }

    /** Class counts as published with the data; mean .1307 and standard deviation .3081 as everybody normalises with. */
    @Test
    void realMnistIsWhatItShouldBe() {
        FiniteDataset mnist = new MnistSpec(RealDatasets.mnist().toString(), 28, 10_000).open();
        Images real = mnist.real(LongStream.range(0, mnist.available()).toArray());
        assertThat(counts(real)).containsExactly(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949);
        assertThat(counts(mnist.holdout())).containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
        double sum = 0;
        double squares = 0;
        for (byte pixel : real.pixels()) {
            double value = Byte.toUnsignedInt(pixel) / 255.0;
            sum += value;
            squares += value * value;
        }
        double mean = sum / real.pixels().length;
        assertThat(mean).isCloseTo(0.1307, within(5e-5));
        assertThat(Math.sqrt(squares / real.pixels().length - mean * mean)).isCloseTo(0.3081, within(5e-5));
    }

    @Test
    void realMnistShrinks() {
        String path = RealDatasets.mnist().toString();
        FiniteDataset whole = new MnistSpec(path, 28, 50).open();
        FiniteDataset half = new MnistSpec(path, 14, 50).open();
        assertThat(half.real(new long[] {0}).imageBytes()).isEqualTo(196);
        assertThat(half.hash()).isNotEqualTo(whole.hash());
        assertThat(half.holdout().labels()).isEqualTo(whole.holdout().labels());
    }

    private static int[] counts(Images images) {
        int[] counts = new int[images.classes()];
        for (int label : images.labels()) {
            counts[label]++;
        }
        return counts;
    }
}
