package org.autophage.data.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.data.picture.BadPictureException;
import org.autophage.data.picture.GreyPng;
import org.autophage.data.picture.PictureSource;
import org.autophage.data.picture.PictureSources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Zips as others write them: every name is read, and what cannot be unpacked is said. */
class ZipFilesTest {
    @TempDir
    private Path folder;

    private Path file = Path.of("not written yet");

    private Path write(byte[] zip) throws IOException {
        file = Files.write(folder.resolve("x.zip"), zip);
        return file;
    }

    private static ZipBytes pictures(String... names) throws IOException {
        ZipBytes zip = new ZipBytes();
        for (int i = 0; i < names.length; i++) {
            zip.with(names[i], GreyPng.of(i));
        }
        return zip;
    }

    @ParameterizedTest
    @CsvSource({
        "1, Shrink",
        "6, Implode",
        "9, Deflate64",
        "10, PKWARE Implode",
        "12, BZIP2",
        "14, LZMA",
        "20, Zstandard",
        "93, Zstandard",
        "95, XZ",
        "96, JPEG",
        "98, PPMd",
        "77, method 77"
    })
    void methodsThatAreNotReadAreNamed(int method, String name) throws IOException {
        write(pictures("a.png", "b.png").packedBy(method));
        String message = file + " is packed by " + name
                + ", such as its entry b.png: zips that are stored or deflated can be read";
        refused(() -> PictureSources.open(file), message);
        refused(() -> Npz.names(file), message);
    }

    @Test
    void encryptionIsNamed() throws IOException {
        String message =
                folder.resolve("x.zip") + " is encrypted, such as its entry b.png: zips without a password can be read";
        write(pictures("a.png", "b.png").encrypted());
        refused(() -> PictureSources.open(file), message);
        write(pictures("a.png", "b.png").packedBy(99));
        refused(() -> PictureSources.open(file), message);
    }

    @ParameterizedTest
    @CsvSource({
        "IBM437, bildé",
        "IBM437, straße 1 ñ",
        "ISO-8859-1, bildé",
        "ISO-8859-1, größe",
        "UTF-8, größe",
        "UTF-8, 画像"
    })
    void namesAreReadInWhateverTheyAreWritten(String charset, String name) throws IOException {
        write(pictures("a/" + name + ".png", "b/plain.png")
                .namedIn(Charset.forName(charset))
                .bytes());
        try (PictureSource source = PictureSources.open(file)) {
            assertThat(source.names()).containsExactly("a/" + name + ".png", "b/plain.png");
            assertThat(source.bytes(0)).isEqualTo(GreyPng.of(0));
        } catch (BadPictureException e) {
            throw new AssertionError(e);
        }
    }

    /** Bytes that are neither: read all the same, one name a file. */
    @Test
    void namesInNoKnownCharactersAreReadToo() throws IOException, BadPictureException {
        write(pictures("\u0080\u0095.png", "ÿþ.png")
                .namedIn(StandardCharsets.ISO_8859_1)
                .bytes());
        try (PictureSource source = PictureSources.open(file)) {
            assertThat(source.names()).hasSize(2);
            assertThat(source.bytes(1)).isNotEmpty();
        }
    }

    @Test
    void damageOfAnyKindIsOneLine() throws IOException {
        byte[] whole = pictures("a.png", "b.png").bytes();
        for (int length = 0; length < whole.length; length += 7) {
            write(Arrays.copyOf(whole, length));
            refused(() -> PictureSources.open(file), file + " is truncated or no zip: ");
        }
        for (int at = whole.length - 22; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x55;
            write(changed);
            try (PictureSource source = PictureSources.open(file)) {
                assertThat(source.names()).isNotEmpty();
            } catch (AutophageException e) {
                assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
            }
        }
    }

    /** A directory that promises more than there is: neither memory nor time is spent on it. */
    @ParameterizedTest
    @CsvSource({"0, 2000000000, 2000000000", "8, 100, 2147483647", "8, 2000000000, 2000000000", "0, 10, 2000000000"})
    void aDirectoryThatLiesIsFound(int method, int packed, int size) throws IOException {
        byte[] array = Npy.write(NpyArray.ofInts(new int[] {1, 2, 3}, 3));
        write(new ZipBytes().with("a.npy", array).claiming(method, packed, size));
        assertThatThrownBy(() -> Npz.read(file, "a"))
                .isInstanceOf(AutophageException.class)
                .hasMessageStartingWith(file.toString())
                .extracting(e -> ((AutophageException) e).exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOf(AutophageException.class)
                .hasMessageStartingWith(message)
                .extracting(e -> ((AutophageException) e).exitCode())
                .isEqualTo(ExitCode.USAGE);
    }
}
