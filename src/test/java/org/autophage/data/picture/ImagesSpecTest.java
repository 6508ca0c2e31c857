package org.autophage.data.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.autophage.base.AutophageException;
import org.autophage.base.CheckpointStore;
import org.autophage.base.ExitCode;
import org.autophage.base.Progress;
import org.autophage.base.Telling;
import org.autophage.base.Work;
import org.autophage.data.FiniteDataset;
import org.autophage.data.Images;
import org.autophage.data.catalog.DatasetCatalog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders and zips of pictures as datasets. Every picture has one grey value, which tells the images apart. */
class ImagesSpecTest {
    @TempDir
    private Path folder;

    private Path pictures;

    @BeforeEach
    void makeFolder() throws IOException {
        pictures = Files.createDirectories(folder.resolve("pictures"));
    }

    private ImagesSpec spec(int holdout) {
        return new ImagesSpec(
                pictures.toString(), 8, Crop.CENTRE, Resize.LANCZOS, Colour.AUTO, LabelSource.AUTO, holdout, false);
    }

    private FiniteDataset open(LabelSource labels) {
        return new ImagesSpec(pictures.toString(), 8, Crop.CENTRE, Resize.AREA, Colour.AUTO, labels, 1, false).open();
    }

    private void write(String name, int height, int width, int value) throws IOException {
        Path file = pictures.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, png(height, width, value));
    }

    private static byte[] png(int height, int width, int value) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        int[] values = new int[height * width];
        Arrays.fill(values, value);
        image.getRaster().setPixels(0, 0, width, height, values);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    /** FFHQ's own layout: folders of a thousand pictures are no classes. */
    @Test
    void ffhqHasOneClass() throws IOException {
        for (String name : List.of("00000/00000.png", "00000/00001.png", "01000/01000.png", "69000/69999.png")) {
            write("thumbnails128x128/" + name, 16, 16, name.charAt(1) + name.charAt(10));
        }
        FiniteDataset ffhq = open(LabelSource.AUTO);
        assertThat(ffhq.training().classes()).isEqualTo(1);
        assertThat(ffhq.available()).isEqualTo(3);
        assertThat(open(LabelSource.FOLDERS).training().classes()).isEqualTo(3);
        assertThat(open(LabelSource.NONE).training().classes()).isEqualTo(1);
    }

    @Test
    void aFlatFolderHasOneClass() throws IOException {
        write("00000.png", 8, 8, 1);
        write("00001.png", 8, 8, 2);
        assertThat(open(LabelSource.AUTO).training().classes()).isEqualTo(1);
        refused(
                () -> open(LabelSource.FOLDERS),
                pictures + " has pictures outside of folders, such as 00000.png: dataset.labels folders needs");
    }

    @Test
    void foldersAreClassesAlsoBelowTrainAndTest() throws IOException {
        for (String part : List.of("train", "test")) {
            write(part + "/cat/1.png", 8, 8, 1);
            write(part + "/ant/1.png", 8, 8, 2);
        }
        FiniteDataset dataset = open(LabelSource.AUTO);
        assertThat(dataset.training().classes()).isEqualTo(2);
        assertThat(dataset.available()).isEqualTo(3);
    }

    @Test
    void theHoldoutIsSpreadAndNeverReal() throws IOException {
        for (int i = 0; i < 40; i++) {
            write("%05d.png".formatted(i), 8, 8, i);
        }
        FiniteDataset dataset = spec(10).open();
        Set<Integer> held = values(dataset.holdout());
        Set<Integer> real = values(dataset.training());
        assertThat(held).hasSize(10).doesNotContainAnyElementsOf(real);
        assertThat(real).hasSize(30);
        assertThat(held.stream().mapToInt(i -> i).max().orElse(0)).isGreaterThan(20);
        assertThat(values(spec(10).open().holdout())).isEqualTo(held);
        assertThat(spec(10).open().hash()).isEqualTo(dataset.hash());
        assertThat(spec(11).open().hash()).isNotEqualTo(dataset.hash());
        refused(() -> spec(40).open(), "dataset.holdout is 40: must be below 40, the number of images in " + pictures);
    }

    private static Set<Integer> values(Images images) {
        Set<Integer> values = new TreeSet<>();
        for (int i = 0; i < images.count(); i++) {
            values.add(Byte.toUnsignedInt(images.pixels(i)[0]));
        }
        return values;
    }

    @Test
    void sizesAreBroughtToOne() throws IOException {
        write("a.png", 8, 8, 1);
        write("b.png", 30, 17, 2);
        write("c.png", 9, 40, 3);
        FiniteDataset dataset = spec(1).open();
        assertThat(dataset.training().describeSize()).isEqualTo("8x8x1");
        write("d.png", 20, 7, 4);
        refused(
                () -> spec(1).open(),
                pictures.resolve("d.png")
                        + " has 20 rows and 7 columns: dataset.size must be at most the smaller of them, not 8");
        Files.delete(pictures.resolve("d.png"));
        refused(
                () -> new ImagesSpec(
                                pictures.toString(), 8, Crop.NONE, Resize.AREA, Colour.AUTO, LabelSource.AUTO, 1, false)
                        .open(),
                pictures.resolve("b.png") + " has 30 rows and 17 columns, and dataset.crop is none: must be square");
    }

    @Test
    void coloursAreWhatWasAskedFor() throws IOException {
        write("a.png", 8, 8, 50);
        write("b.png", 8, 8, 50);
        assertThat(sizeIn(Colour.AUTO)).isEqualTo("8x8x1");
        assertThat(sizeIn(Colour.RGB)).isEqualTo("8x8x3");
        BufferedImage red = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        red.setRGB(3, 3, 0xff0000);
        ImageIO.write(red, "png", pictures.resolve("c.png").toFile());
        assertThat(sizeIn(Colour.AUTO)).isEqualTo("8x8x3");
        assertThat(sizeIn(Colour.GREY)).isEqualTo("8x8x1");
    }

    private String sizeIn(Colour colour) {
        return new ImagesSpec(pictures.toString(), 8, Crop.CENTRE, Resize.AREA, colour, LabelSource.AUTO, 1, false)
                .open()
                .training()
                .describeSize();
    }

    @Test
    void badPicturesAreRefusedOrLeftOut() throws IOException {
        write("a.png", 8, 8, 1);
        write("c.png", 8, 8, 3);
        write("d.png", 8, 8, 4);
        byte[] good = png(8, 8, 2);
        Path bad = Files.write(pictures.resolve("b.png"), Arrays.copyOf(good, good.length - 20));
        refused(() -> spec(1).open(), bad + ": it is truncated; dataset.skipBad: true leaves such files out");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(pictures);
        }
        List<String> told = new ArrayList<>();
        Work work = new Work(Telling.to(told), CheckpointStore.NONE, () -> false);
        ImagesSpec skipping = new ImagesSpec(
                pictures.toString(), 8, Crop.CENTRE, Resize.AREA, Colour.AUTO, LabelSource.AUTO, 1, true);
        assertThat(skipping.open(work).available()).isEqualTo(2);
        assertThat(told).contains("skipped: " + bad + ": it is truncated", pictures + ": 1 bad pictures were left out");
        told.clear();
        skipping.open(work);
        assertThat(told).containsExactly(pictures + ": 1 bad pictures were left out");
    }

    /** Nothing is unpacked: a name that leaves the folder is hidden or a name like any other. */
    @Test
    void namesInZipsReachNoFiles() throws IOException {
        pictures = folder.resolve("slip.zip");
        zip(pictures, out -> {
            add(out, "../../escaped.png", 1);
            add(out, "/tmp/absolute.png", 2);
            add(out, "a/../b.png", 3);
            add(out, "c.png", 4);
        });
        FiniteDataset dataset = spec(1).open();
        assertThat(values((Images) dataset.training().joined(List.of(dataset.training(), dataset.holdout()))))
                .containsExactly(2, 4);
        try (Stream<Path> left = Files.walk(folder)) {
            assertThat(left.filter(Files::isRegularFile))
                    .allSatisfy(
                            file -> assertThat(file.getFileName().toString()).startsWith("slip.zip"));
        }
        assertThat(folder.resolve("../../escaped.png")).doesNotExist();
    }

    /** A quarter of a gigabyte of zeros in a small zip: refused after 64 MiB at most. */
    @Test
    void aBombInAZipIsRefused() throws IOException {
        pictures = folder.resolve("bomb.zip");
        zip(pictures, out -> {
            try {
                out.putNextEntry(new ZipEntry("bomb.png"));
                byte[] zeros = new byte[1 << 20];
                for (int i = 0; i < 256; i++) {
                    out.write(zeros);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        refused(() -> spec(1).open(), pictures + ":bomb.png: it has more than 67108864 bytes");
    }

    @Test
    void impossibleValuesAreNamed() {
        refused(
                () -> new ImagesSpec("x", 7, Crop.CENTRE, Resize.AREA, Colour.AUTO, LabelSource.AUTO, 1, false),
                "dataset.size is 7: must be from 8 to 1024, for images");
        refused(
                () -> new ImagesSpec("x", 8, Crop.CENTRE, Resize.AREA, Colour.AUTO, LabelSource.AUTO, 0, false),
                "dataset.holdout is 0: must be at least 1");
        refused(
                () -> new ImagesSpec(" ", 8, Crop.CENTRE, Resize.AREA, Colour.AUTO, LabelSource.AUTO, 1, false),
                "dataset.path is empty: must be a folder or a zip");
        Path missing = folder.resolve("missing");
        pictures = missing;
        refused(() -> spec(1).open(), missing + " is missing: must be a folder or a zip");
    }

    @Test
    void checkingReadsEveryPicture() throws IOException {
        write("a.png", 8, 8, 1);
        write("b.png", 9, 12, 1);
        DatasetCatalog catalog = new DatasetCatalog(folder);
        assertThat(catalog.check(pictures, Progress.SILENT).images()).isEqualTo(2);
        Files.write(pictures.resolve("c.png"), new byte[5]);
        refused(() -> catalog.check(pictures, Progress.SILENT), pictures + " has 1 bad pictures among 3");
    }

    private static void zip(Path file, Consumer<ZipOutputStream> content) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            content.accept(out);
        }
    }

    private static void add(ZipOutputStream out, String name, int value) {
        try {
            out.putNextEntry(new ZipEntry(name));
            out.write(png(8, 8, value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOf(AutophageException.class)
                .hasMessageStartingWith(message)
                .extracting(e -> ((AutophageException) e).exitCode())
                .isEqualTo(ExitCode.USAGE);
    }
}
