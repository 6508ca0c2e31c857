package org.autophage.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.data.npy.NpyArray;
import org.autophage.data.npy.Npz;
import org.autophage.data.npy.NpzMapping;
import org.autophage.data.strokes.StrokesSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageArchiveTest {
    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void name() {
        file = folder.resolve("samples-00000.npz");
    }

    @Test
    void imagesComeBackWhole() throws IOException {
        Images images =
                new StrokesSpec(16, 10, 3).open().real(LongStream.range(0, 25).toArray());
        ImageArchive.write(images, file);
        Images back = ImageArchive.read(file);
        assertThat(back.describeSize()).isEqualTo("16x16x1");
        assertThat(back.classes()).isEqualTo(10);
        assertThat(back.pixels()).isEqualTo(images.pixels());
        assertThat(back.labels()).isEqualTo(images.labels());
        assertThat(Npz.read(file, "images").shape()).containsExactly(25, 16, 16, 1);
        assertThat(Npz.read(file, "labels").type()).isEqualTo(NpyArray.Type.INT64);
    }

    @Test
    void manyImagesStayInTheFile() throws IOException {
        byte[] pixels = new byte[20 << 20];
        new Random(1).nextBytes(pixels);
        int[] labels = new int[20 << 10];
        Arrays.setAll(labels, i -> i % 3);
        ImageArchive.write(new Images(32, 32, 1, 3, pixels, labels), file);
        Images back = ImageArchive.read(file);
        assertThat(back.pixels()).isEqualTo(pixels).isNotSameAs(pixels);
        assertThat(back.labels()).isEqualTo(labels);
        assertThat(back.pixels(20479)).isEqualTo(Arrays.copyOfRange(pixels, pixels.length - 1024, pixels.length));
        assertThat(NpzMapping.of(file, "images"))
                .hasValueSatisfying(mapped -> assertThat(mapped.isDirect()).isTrue());
    }

    @Test
    void whatCannotBeMappedIsRead() throws IOException {
        byte[] pixels = new byte[17 << 20];
        new Random(2).nextBytes(pixels);
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put("labels", NpyArray.ofLongs(new long[17 << 10], 17 << 10));
        arrays.put("images", NpyArray.ofBytes(pixels, 17 << 10, 32, 32));
        Npz.write(file, arrays);
        assertThat(NpzMapping.of(file, "images")).isEmpty();
        assertThat(ImageArchive.read(file).pixels()).isEqualTo(pixels);
    }

    @Test
    void damageInManyImagesIsNoticed() throws IOException {
        ImageArchive.write(new Images(32, 32, 1, 1, new byte[17 << 20], new int[17 << 10]), file);
        try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
            damaged.seek(5 << 20);
            damaged.write(1);
        }
        assertThatThrownBy(() -> ImageArchive.read(file)).hasMessageContaining("is corrupt: CRC-32 of images.npy is");
    }

    @Test
    void colourImagesKeepTheirChannels() throws IOException {
        Images images = new Images(1, 2, 3, 2, new byte[] {1, 2, 3, 4, 5, 6}, new int[] {1});
        ImageArchive.write(images, file);
        assertThat(ImageArchive.read(file).describeSize()).isEqualTo("1x2x3");
    }

    @Test
    void imagesOfOthersMayLackChannelsAndLabels() throws IOException {
        Npz.write(file, Map.of("images", NpyArray.ofBytes(new byte[8], 2, 2, 2)));
        Images images = ImageArchive.read(file);
        assertThat(images.describeSize()).isEqualTo("2x2x1");
        assertThat(images.classes()).isEqualTo(1);
        assertThat(images.labels()).containsExactly(0, 0);
    }

    @Test
    void wrongArraysAreNamed() throws IOException {
        NpyArray images = NpyArray.ofBytes(new byte[8], 2, 2, 2);
        refused(Map.of("x", images), "samples-00000.npz has no array 'images', nor 'arr_0': it has x");
        refused(Map.of("images", NpyArray.ofFloats(new float[8], 2, 2, 2)), "images is FLOAT32 of shape [2, 2, 2]");
        refused(
                Map.of("images", images, "labels", NpyArray.ofLongs(new long[3], 3)),
                "labels is INT64 of shape [3]: must be int64 of shape (2)");
        refused(
                Map.of("images", images, "labels", NpyArray.ofLongs(new long[] {0, -4}, 2)),
                "labels has -4: must be 0 or more");
        refused(
                Map.of(
                        "images",
                        images,
                        "labels",
                        NpyArray.ofLongs(new long[] {0, 4}, 2),
                        "classes",
                        NpyArray.ofLongs(new long[] {4})),
                "classes must be one whole number above the largest label, 4");
        Files.delete(file);
        assertThatThrownBy(() -> ImageArchive.read(file)).hasMessageContaining("samples-00000.npz is missing");
    }

    /** guided-diffusion's samples: {@code numpy.savez(file, images, labels)}. */
    @Test
    void arraysWithoutNamesAreImagesAndLabels() throws IOException {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put("arr_0", NpyArray.ofBytes(new byte[24], 2, 2, 2, 3));
        Npz.write(file, arrays);
        assertThat(ImageArchive.read(file).labels()).containsExactly(0, 0);
        arrays.put("arr_1", NpyArray.ofLongs(new long[] {4, 2}, 2));
        Npz.write(file, arrays);
        Images images = ImageArchive.read(file);
        assertThat(images.describeSize()).isEqualTo("2x2x3");
        assertThat(images.labels()).containsExactly(4, 2);
        refused(Map.of("arr_0", NpyArray.ofFloats(new float[8], 2, 2, 2)), "arr_0 is FLOAT32 of shape [2, 2, 2]");
        refused(Map.of("arr_0", NpyArray.ofBytes(new byte[16], 2, 2, 2, 2)), "arr_0 has 2 channels: must have 1 or 3");
        refused(
                Map.of("arr_0", NpyArray.ofBytes(new byte[8], 2, 2, 2), "arr_1", NpyArray.ofLongs(new long[3], 3)),
                "arr_1 is INT64 of shape [3]: must be int64 of shape (2)");
    }

    private void refused(Map<String, NpyArray> arrays, String message) throws IOException {
        Npz.write(file, arrays);
        assertThatThrownBy(() -> ImageArchive.read(file))
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(((AutophageException) e).exitCode()).isEqualTo(ExitCode.USAGE));
    }

    /** No table of two thousand million classes is made for them. */
    @Test
    void labelsThatAreIdsAreTheClassesThatThereAre() {
        Path file = folder.resolve("ids.npz");
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put("images", NpyArray.ofBytes(new byte[3], 3, 1, 1));
        arrays.put("labels", NpyArray.ofLongs(new long[] {2_000_000, 5, 2_000_000}, 3));
        Npz.write(file, arrays);
        Images images = ImageArchive.read(file);
        assertThat(images.labels()).containsExactly(1, 0, 1);
        assertThat(images.classNames().all()).containsExactly("5", "2000000");
    }
}
