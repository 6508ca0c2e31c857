package org.autophage.data.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.data.Images;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tars that Commons Compress wrote, read by what is written here. */
class TarPicturesTest {
    @TempDir
    private Path folder;

    private final List<String> told = new ArrayList<>();

    /** Entries one after the other, with their bytes. */
    static byte[] tar(Object... namesAndBytes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes, "UTF-8")) {
            out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            out.setAddPaxHeadersForNonAsciiNames(true);
            write(out, namesAndBytes);
        }
        return bytes.toByteArray();
    }

    private static void write(TarArchiveOutputStream out, Object... namesAndBytes) throws IOException {
        for (int i = 0; i < namesAndBytes.length; i += 2) {
            byte[] content = namesAndBytes[i + 1] instanceof String text
                    ? text.getBytes(StandardCharsets.UTF_8)
                    : (byte[]) namesAndBytes[i + 1];
            TarArchiveEntry entry = new TarArchiveEntry((String) namesAndBytes[i]);
            entry.setSize(content.length);
            out.putArchiveEntry(entry);
            out.write(content);
            out.closeArchiveEntry();
        }
    }

    private Images open(Path place, @Nullable String part, boolean skipBad) {
        return OpenedPictures.of(place, Colour.AUTO, null, null, part, skipBad, told);
    }

    private Images open(byte[] tar) throws IOException {
        return open(Files.write(folder.resolve("x.tar"), tar), null, false);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void samplesAreReadInTheirOrder(boolean packed) throws IOException {
        byte[] tar = tar(
                "b.png", GreyPng.of(7), "b.cls", "3", "b.txt", "a caption", "a.cls", "12\n", "a.PNG", GreyPng.of(9));
        Path file = folder.resolve(packed ? "x.tar.gz" : "x.tar");
        try (OutputStream out =
                packed ? new GZIPOutputStream(Files.newOutputStream(file)) : Files.newOutputStream(file)) {
            out.write(tar);
        }
        Images images = open(file, null, false);
        assertThat(OpenedPictures.greys(images)).containsExactly(7, 9);
        assertThat(images.labels()).containsExactly(0, 1);
        assertThat(images.classNames().all()).containsExactly("3", "12");
    }

    @Test
    void labelsAreInJsonToo() throws IOException {
        Images images = open(tar(
                "1.json",
                "{\"label\": \"dog\", \"w\": 3}",
                "1.png",
                GreyPng.of(1),
                "2.png",
                GreyPng.of(2),
                "2.json",
                "{\"label\": \"cat\"}"));
        assertThat(images.classNames().all()).containsExactly("cat", "dog");
        assertThat(images.labels()).containsExactly(1, 0);
        Images none = open(tar("1.json", "{\"text\": \"dog\"}", "1.png", GreyPng.of(1), "2.png", GreyPng.of(2)));
        assertThat(none.classes()).isEqualTo(1);
    }

    @Test
    void foldersAreClassesWithoutLabels() throws IOException {
        Images images = open(tar("./set/cat/a.png", GreyPng.of(1), "./set/dog/b.png", GreyPng.of(2)));
        assertThat(images.classNames().all()).containsExactly("cat", "dog");
    }

    @ParameterizedTest
    @ValueSource(ints = {TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX})
    void longAndForeignNamesAreRead(int mode) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String name = "größe/".repeat(40) + "画像.png";
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes, "UTF-8")) {
            out.setLongFileMode(mode);
            out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
            write(out, name, GreyPng.of(5), "a.png", GreyPng.of(6));
        }
        Path file = Files.write(folder.resolve("x.tar"), bytes.toByteArray());
        try (PictureSource source = PictureSources.open(file)) {
            assertThat(source.names()).containsExactly(name, "a.png");
        }
        assertThat(OpenedPictures.greys(open(file, null, false))).containsExactly(5, 6);
    }

    @Test
    void shardsAreReadTogether() throws IOException {
        for (int shard = 0; shard < 11; shard++) {
            byte[] tar =
                    tar("0.png", GreyPng.of(2 * shard), "0.cls", "0", "1.png", GreyPng.of(2 * shard + 1), "1.cls", "1");
            Files.write(folder.resolve("shard-%06d.tar".formatted(shard)), tar);
        }
        assertThat(OpenedPictures.greys(open(folder, null, false)))
                .hasSize(22)
                .startsWith(0, 1, 2)
                .endsWith(20, 21);
        assertThat(OpenedPictures.greys(open(folder.resolve("shard-{000002..000010}.tar"), null, false)))
                .hasSize(18)
                .startsWith(4, 5);
        assertThat(OpenedPictures.greys(open(folder.resolve("shard-00000[01].tar"), null, false)))
                .containsExactly(0, 1, 2, 3);
        refused(
                () -> open(folder.resolve("shard-{000002..000012}.tar"), null, false),
                folder.resolve("shard-000011.tar") + " is missing, one of");
        refused(() -> open(folder.resolve("other-*.tar"), null, false), "is missing: no file is called so");
    }

    @Test
    void aChangeOfOneShardIsNoticed() throws IOException {
        Files.write(folder.resolve("s-0.tar"), tar("0.png", GreyPng.of(1), "1.png", GreyPng.of(2)));
        Files.write(folder.resolve("s-1.tar"), tar("0.png", GreyPng.of(3)));
        Path pattern = folder.resolve("s-{0..1}.tar");
        assertThat(OpenedPictures.greys(open(pattern, null, false))).containsExactly(1, 2, 3);
        Files.write(folder.resolve("s-1.tar"), tar("0.png", GreyPng.of(4), "1.png", GreyPng.of(5)));
        told.clear();
        assertThat(OpenedPictures.greys(open(pattern, null, false))).containsExactly(1, 2, 4, 5);
        assertThat(told).anyMatch(line -> line.endsWith("is made again: " + pattern + " has changed since"));
        told.clear();
        open(pattern, null, false);
        assertThat(told).noneMatch(line -> line.contains("converting"));
    }

    @Test
    void aPersonChoosesAmongPicturesOfASample() throws IOException {
        byte[] tar = tar("1.png", GreyPng.of(1), "1.seg.png", GreyPng.of(2), "1.cls", "0");
        refused(() -> open(tar), "1.seg.png is the second picture of its sample: dataset.pictureColumn must say which");
        Path file = folder.resolve("x.tar");
        assertThat(OpenedPictures.greys(open(file, "seg.png", false))).containsExactly(2);
        refused(() -> open(file, "jpg", false), "has no pictures .jpg, which dataset.pictureColumn asks for");
    }

    @Test
    void whatIsPassedOverIsSaid() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes)) {
            out.putArchiveEntry(new TarArchiveEntry("folder.png/"));
            out.closeArchiveEntry();
            TarArchiveEntry link = new TarArchiveEntry("link.png", TarConstants.LF_SYMLINK);
            link.setLinkName("/etc/passwd");
            out.putArchiveEntry(link);
            out.closeArchiveEntry();
            write(
                    out,
                    "../../up.png",
                    GreyPng.of(3),
                    "/root.png",
                    GreyPng.of(4),
                    "b.png",
                    GreyPng.of(5),
                    "._a.png",
                    "x",
                    "__MACOSX/a.png",
                    "x",
                    "b.heic",
                    "x");
        }
        Path file = Files.write(folder.resolve("x.tar"), bytes.toByteArray());
        // as in zips, a name that leads out of the archive is hidden
        assertThat(OpenedPictures.greys(open(file, null, false))).containsExactly(4, 5);
        assertThat(told)
                .contains(
                        file + ": 1 links and sparse files, left out, such as link.png",
                        file + ": 1 picture of another format (1 .heic), such as b.heic, left out: must be "
                                + PictureNames.FORMATS);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(2); // and the store
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-1 | 1.png: it has the label -1 in",
                "cat | has labels that are numbers and labels that are words",
            })
    void labelsThatAreNoneAreRefused(String label, String message) throws IOException {
        byte[] tar = tar("0.png", GreyPng.of(0), "0.cls", "0", "1.png", GreyPng.of(1), "1.cls", label);
        refused(() -> open(tar), message);
    }

    @Test
    void picturesWithoutALabelAreBad() throws IOException {
        byte[] tar =
                tar("0.png", GreyPng.of(0), "0.cls", "0", "1.png", GreyPng.of(1), "2.png", new byte[0], "2.cls", "1");
        refused(() -> open(tar), "x.tar:1.png: it has no label in");
        assertThat(OpenedPictures.greys(open(folder.resolve("x.tar"), null, true)))
                .containsExactly(0);
        assertThat(told).contains("skipped: " + folder.resolve("x.tar") + ":2.png: it is empty");
    }

    @Test
    void truncationAnywhereIsOneLine() throws IOException {
        byte[] whole = tar("0.png", GreyPng.of(0), "1.png", GreyPng.of(1), "l".repeat(150) + ".png", GreyPng.of(2));
        for (int length = 1; length < whole.length - 9000; length += 97) {
            byte[] cut = Arrays.copyOf(whole, length);
            try {
                assertThat(open(cut).count()).isBetween(1, 2); // between two entries nothing is missing
                assertThat(length % 512).isZero();
            } catch (AutophageException e) {
                assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
                assertThat(e.getMessage()).doesNotContain("\n");
            }
        }
        Path gzip = folder.resolve("y.tar.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
            out.write(whole);
        }
        Files.write(gzip, Arrays.copyOf(Files.readAllBytes(gzip), 100));
        refused(() -> open(gzip, null, false), gzip + " is truncated: it ends within ");
    }

    @Test
    void hostileSizesAreRefusedAtOnce() throws IOException {
        byte[] tar = tar("0.png", GreyPng.of(0));
        byte[] huge = tar.clone();
        // 8 TB in binary, as GNU writes it, and the header's checksum
        Arrays.fill(huge, 124, 136, (byte) 0);
        huge[124] = (byte) 0x80;
        huge[130] = 8;
        seal(huge);
        refused(() -> open(huge), "x.tar is truncated: 0.png says it has 8796093022208 bytes, and ");
        byte[] negative = huge.clone();
        Arrays.fill(negative, 124, 136, (byte) 0xff);
        seal(negative);
        refused(() -> open(negative), "x.tar is corrupt: a header has a size that no file has");
        byte[] name = huge.clone();
        name[156] = 'L';
        seal(name);
        refused(() -> open(name), "x.tar is corrupt: a header has 8796093022208 bytes, at most 1048576 are read");
        byte[] odd = tar.clone();
        odd[0] ^= 1;
        refused(() -> open(odd), "x.tar is no tar: it does not begin like one");
        refused(
                () -> open("BZh91AY".getBytes(StandardCharsets.US_ASCII)),
                "x.tar is packed by bzip2: a .tar or .tar.gz");
    }

    /** Ten GB of zeros in ten MB: known after the first of them. */
    @Test
    @Tag("slow")
    void aBombIsNotReadOn() throws IOException {
        Path file = folder.resolve("bomb.tar.gz");
        byte[] head = Arrays.copyOf(tar("zeros.bin", new byte[0]), 512);
        Arrays.fill(head, 124, 136, (byte) 0);
        head[124] = (byte) 0x80;
        head[130 + 1] = 2; // 2 << 32 = 8.6 GB
        seal(head);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
            out.write(head);
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 1200; i++) {
                out.write(zeros);
            }
        }
        // what is said to be there would need 8 MB at least
        refused(() -> open(file, null, false), "zeros.bin says it has 8589934592 bytes, which ");
        byte[] smaller = head.clone();
        Arrays.fill(smaller, 124, 136, (byte) 0);
        smaller[124] = (byte) 0x80;
        smaller[132] = 0x48; // 1.2 GB
        seal(smaller);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
            out.write(smaller);
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 1200; i++) {
                out.write(zeros);
            }
        }
        refused(() -> open(file, null, false), "unpacks to more than 100 times its");
    }

    /** Puts the checksum of a header into it. */
    static void seal(byte[] header) {
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += header[i] & 0xff;
        }
        byte[] digits = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, header, 148, digits.length);
    }

    @Test
    void twoKindsInOneFolderAreRefused() throws IOException {
        Files.write(folder.resolve("a.tar"), tar("0.png", GreyPng.of(0)));
        Files.write(folder.resolve("b.parquet"), new byte[10]);
        refused(() -> open(folder, null, false), folder + " has tars and Parquet files: must have one kind");
        Files.write(folder.resolve("c.png"), GreyPng.of(3));
        Files.write(folder.resolve("d.png"), GreyPng.of(4));
        assertThat(OpenedPictures.greys(open(folder, null, false))).containsExactly(3, 4);
        assertThat(told).anyMatch(line -> line.contains("has pictures, and 1 tars besides, left out, such as a.tar"));
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining(message)
                .extracting(e -> ((AutophageException) e).exitCode())
                .isEqualTo(ExitCode.USAGE);
    }
}
