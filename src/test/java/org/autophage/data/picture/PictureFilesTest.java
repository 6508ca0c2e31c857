package org.autophage.data.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Progress;
import org.autophage.base.Telling;
import org.autophage.data.Images;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders and zips of pictures: every kind of PNG and JPEG is read to the value, or refused by name. */
class PictureFilesTest {
    @TempDir
    private Path folder;

    @Test
    void greyAndColourAreReadToTheValue() throws IOException {
        write("grey.png", grey(0, 1, 128, 255));
        assertThat(read(folder).pixels()).isEqualTo(bytes(0, 1, 128, 255));
        assertThat(read(folder).describeSize()).isEqualTo("2x2x1");
        write("rgb.png", colour(BufferedImage.TYPE_INT_RGB, 0x010203, 0xff0080, 0x000000, 0xffffff));
        assertThat(read(folder).pixels())
                .isEqualTo(bytes(
                        0, 0, 0, 1, 1, 1, 128, 128, 128, 255, 255, 255, 1, 2, 3, 255, 0, 128, 0, 0, 0, 255, 255, 255));
    }

    @Test
    void alphaIsDropped() throws IOException {
        write("rgba.png", colour(BufferedImage.TYPE_INT_ARGB, 0xff010203, 0x80ff0080, 0x01102030, 0xffffffff));
        assertThat(read(folder).pixels()).isEqualTo(bytes(1, 2, 3, 255, 0, 128, 16, 32, 48, 255, 255, 255));
    }

    @Test
    void aPaletteIsLookedUp() throws IOException {
        IndexColorModel palette = new IndexColorModel(2, 3, bytes(10, 20, 30), bytes(40, 50, 60), bytes(70, 80, 90));
        BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_BINARY, palette);
        image.getRaster().setPixels(0, 0, 2, 2, new int[] {2, 1, 0, 2});
        write("palette.png", image);
        assertThat(read(folder).pixels()).isEqualTo(bytes(30, 60, 90, 20, 50, 80, 10, 40, 70, 30, 60, 90));
    }

    @Test
    void blackAndWhiteIsGrey() throws IOException {
        BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_BINARY);
        image.getRaster().setPixels(0, 0, 2, 2, new int[] {1, 0, 0, 1});
        write("bits.png", image);
        assertThat(read(folder).describeSize()).isEqualTo("2x2x1");
        assertThat(read(folder).pixels()).isEqualTo(bytes(255, 0, 0, 255));
    }

    @Test
    void sixteenBitsBecomeTheirUpperEight() throws IOException {
        BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setPixels(0, 0, 2, 2, new int[] {0x0000, 0x01ff, 0x8000, 0xffff});
        write("deep.png", image);
        assertThat(read(folder).pixels()).isEqualTo(bytes(0, 1, 128, 255));
        BufferedImage colours = ImageTypeSpecifier.createInterleaved(
                        java.awt.color.ColorSpace.getInstance(java.awt.color.ColorSpace.CS_sRGB),
                        new int[] {0, 1, 2},
                        DataBuffer.TYPE_USHORT,
                        false,
                        false)
                .createBufferedImage(1, 1);
        colours.getRaster().setPixel(0, 0, new int[] {0x12ff, 0x8000, 0xffff});
        Path other = Files.createDirectory(folder.resolve("other"));
        ImageIO.write(colours, "png", other.resolve("deep.png").toFile());
        assertThat(read(other).pixels()).isEqualTo(bytes(0x12, 0x80, 0xff));
    }

    @Test
    void jpegsAreRead() throws IOException {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 256; i++) {
            image.setRGB(i % 16, i / 16, 0x804020);
        }
        ImageIO.write(image, "jpg", folder.resolve("plain.JPG").toFile());
        byte[] pixels = read(folder).pixels();
        for (int i = 0; i < pixels.length; i++) {
            assertThat(Byte.toUnsignedInt(pixels[i]))
                    .isBetween(new int[] {0x80, 0x40, 0x20}[i % 3] - 2, new int[] {0x80, 0x40, 0x20}[i % 3] + 2);
        }
    }

    @Test
    void corruptPicturesAreNamed() throws IOException {
        write("a.png", grey(1, 2, 3, 4));
        byte[] good = Files.readAllBytes(folder.resolve("a.png"));
        Map<String, byte[]> bad = Map.of(
                "b.png", Arrays.copyOf(good, good.length - 20),
                "c.png", flipped(good, good.length - 20),
                "d.png", new byte[0],
                "e.png", "not a picture".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "f.jpg", Arrays.copyOf(jpeg(), jpeg().length / 2),
                "g.jpg", Arrays.copyOf(jpeg(), 30));
        for (Map.Entry<String, byte[]> each : bad.entrySet()) {
            Path alone = Files.createDirectory(folder.resolve("only-" + each.getKey()));
            Path file = Files.write(alone.resolve(each.getKey()), each.getValue());
            assertThatThrownBy(() -> read(alone))
                    .isInstanceOf(AutophageException.class)
                    .hasMessageStartingWith(file + ": it is ")
                    .hasMessageEndingWith("--skip-bad leaves such files out")
                    .extracting(e -> ((AutophageException) e).exitCode())
                    .isEqualTo(ExitCode.USAGE);
        }
    }

    @Test
    void badPicturesCanBeSkippedAndAreCountedAndNamed() throws IOException {
        write("b.png", grey(1, 2, 3, 4));
        write("d.png", grey(5, 6, 7, 8));
        Files.writeString(folder.resolve("a.png"), "not a picture");
        Files.writeString(folder.resolve("c.avif"), "another format");
        List<String> told = new ArrayList<>();
        List<Images> chunks = new ArrayList<>();
        try (PictureFiles files = PictureFiles.open(folder)) {
            assertThat(files.read(true, Telling.to(told), chunks::add)).isEqualTo(2);
        }
        assertThat(chunks.get(0).pixels()).isEqualTo(bytes(1, 2, 3, 4, 5, 6, 7, 8));
        assertThat(told)
                .containsExactly(
                        "skipped: %s: it is corrupt: it does not begin like a picture (PNG, JPEG, WebP, BMP, GIF or TIFF)"
                                .formatted(folder.resolve("a.png")),
                        "skipped: %s: it is a .avif file: must be PNG, JPEG, WebP, BMP, GIF or TIFF"
                                .formatted(folder.resolve("c.avif")));
    }

    @Test
    void differentSizesAreRefusedByName() throws IOException {
        write("a.png", grey(1, 2, 3, 4));
        ImageIO.write(
                new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY),
                "png",
                folder.resolve("b.png").toFile());
        String message = folder.resolve("b.png") + " is 2 x 3 pixels where a.png is 2 x 2: all must be of one size";
        refused(folder, message);
        assertThatThrownBy(() -> readSkippingBad(folder)).hasMessage(message);
    }

    @Test
    void nothingToReadIsRefused() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "no picture");
        refused(
                folder,
                folder
                        + " has no pictures: must hold PNG, JPEG, WebP, BMP, GIF or TIFF files, alone or in one folder a class, or archives of them");
        Path missing = folder.resolve("missing");
        refused(
                missing,
                missing
                        + " is missing: must be a folder or a zip of pictures, a .tar or a .parquet file, or a folder or pattern of these");
        Path noZip = Files.writeString(folder.resolve("no.zip"), "no zip");
        assertThatThrownBy(() -> read(noZip)).hasMessageStartingWith(noZip + " is truncated or no zip: ");
        Files.writeString(folder.resolve("bad.png"), "x");
        assertThatThrownBy(() -> readSkippingBad(folder)).hasMessage(folder + " has no good picture: all 1 are bad");
    }

    @Test
    void hugeHeadersAreNotDecoded() throws IOException {
        write("a.png", grey(1, 2, 3, 4));
        byte[] png = Files.readAllBytes(folder.resolve("a.png"));
        java.nio.ByteBuffer.wrap(png).putInt(16, 100_000).putInt(20, 100_000);
        java.util.zip.CRC32 checksum = new java.util.zip.CRC32();
        checksum.update(png, 12, 17);
        java.nio.ByteBuffer.wrap(png).putInt(29, (int) checksum.getValue());
        Files.write(folder.resolve("a.png"), png);
        assertThatThrownBy(() -> read(folder)).hasMessageContaining("it says it has 100000 x 100000 pixels");
    }

    @Test
    void classesAreFolders() throws IOException {
        for (String name : List.of("all/cat", "all/ant", "all/bee")) {
            Files.createDirectories(folder.resolve(name));
        }
        write("all/cat/1.png", grey(1, 1, 1, 1));
        write("all/ant/2.png", grey(2, 2, 2, 2));
        write("all/bee/3.png", grey(3, 3, 3, 3));
        Images images = read(folder);
        assertThat(images.labels()).containsExactly(0, 1, 2);
        assertThat(images.classes()).isEqualTo(3);
        assertThat(images.pixels()).startsWith(bytes(2, 2, 2, 2, 3, 3, 3, 3, 1));
        write("all/4.png", grey(4, 4, 4, 4));
        assertThat(read(folder).classes()).isEqualTo(1);
    }

    @Test
    void aZipIsReadAsItsFolder() throws IOException {
        Files.createDirectories(folder.resolve("pictures/00000"));
        write("pictures/00000/img0.png", grey(1, 2, 3, 4));
        write("pictures/00000/img1.png", grey(5, 6, 7, 8));
        Path zip = folder.resolve("pictures.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String name : List.of("00000/img1.png", "00000/img0.png")) {
                out.putNextEntry(new ZipEntry(name));
                out.write(Files.readAllBytes(folder.resolve("pictures").resolve(name)));
            }
            out.putNextEntry(new ZipEntry("__MACOSX/00000/._img0.png"));
            out.putNextEntry(new ZipEntry("dataset.json"));
            out.write("{\"labels\": [[\"00000/img0.png\", 6], [\"00000/img1.png\", 2]]}"
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        assertThat(read(zip).pixels())
                .isEqualTo(read(folder.resolve("pictures")).pixels());
        assertThat(read(zip).labels()).containsExactly(6, 2);
    }

    @Test
    void theHashIsOfTheContent() throws IOException {
        write("a.png", grey(1, 2, 3, 4));
        String before = hash();
        assertThat(hash()).isEqualTo(before);
        write("a.png", grey(1, 2, 3, 5));
        assertThat(hash()).isNotEqualTo(before);
    }

    private String hash() {
        try (PictureFiles files = PictureFiles.open(folder)) {
            return files.hash();
        }
    }

    private static Images read(Path place) {
        try (PictureFiles files = PictureFiles.open(place)) {
            return files.readAll(false, Progress.SILENT);
        }
    }

    private static Images readSkippingBad(Path place) {
        try (PictureFiles files = PictureFiles.open(place)) {
            return files.readAll(true, Progress.SILENT);
        }
    }

    private static void refused(Path place, String message) {
        assertThatThrownBy(() -> read(place))
                .isInstanceOf(AutophageException.class)
                .hasMessage(message)
                .extracting(e -> ((AutophageException) e).exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    private void write(String name, BufferedImage image) throws IOException {
        assertThat(ImageIO.write(image, "png", folder.resolve(name).toFile())).isTrue();
    }

    private static BufferedImage grey(int... values) {
        BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setPixels(0, 0, 2, 2, values);
        return image;
    }

    private static BufferedImage colour(int type, int... values) {
        BufferedImage image = new BufferedImage(2, 2, type);
        image.setRGB(0, 0, 2, 2, values, 0, 2);
        return image;
    }

    private static byte[] jpeg() throws IOException {
        BufferedImage noise = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64 * 64; i++) {
            noise.setRGB(i % 64, i / 64, i * 0x9E3779B9);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(noise, "jpg", out);
        return out.toByteArray();
    }

    private static byte[] flipped(byte[] bytes, int position) {
        byte[] changed = bytes.clone();
        changed[position] ^= 0x10;
        return changed;
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
