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
import java.util.zip.GZIPOutputStream;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tars whose headers are the attack: names that no disk has, headers without end, and many that are packed into few bytes. */
class TarHeadersTest {
    @TempDir
    private Path folder;

    /** A header alone, of an entry that is said to have so many bytes. */
    private static byte[] header(String name, char type, int size) throws IOException {
        byte[] header = Arrays.copyOf(TarPicturesTest.tar(name, new byte[0]), 512);
        System.arraycopy("%011o\0".formatted(size).getBytes(StandardCharsets.US_ASCII), 0, header, 124, 12);
        header[156] = (byte) type;
        TarPicturesTest.seal(header);
        return header;
    }

    /** A name of so many letters for the next entry, in GNU's way or that of POSIX. */
    private static byte[] named(int letters, char type) throws IOException {
        String name = "n".repeat(letters - 4) + ".png";
        // of a line: a space, "path=", the name, the end of a line, and the length's own digits
        int rest = letters + 7;
        int length = rest + String.valueOf(rest + 3).length();
        String said = type == 'L' ? name + "\0" : "%d path=%s\n".formatted(length, name);
        byte[] content = said.getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(header("long", type, content.length));
        all.write(Arrays.copyOf(content, (content.length + 511) / 512 * 512));
        return all.toByteArray();
    }

    private List<String> names(Path file) throws IOException {
        List<String> names = new ArrayList<>();
        try (TarReader tar = new TarReader(file)) {
            while (tar.next()) {
                names.add(tar.name());
            }
        }
        return names;
    }

    /** A tar that has this in front of its one picture, a.png. */
    private Path before(byte[] headers) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(headers);
        all.write(TarPicturesTest.tar("a.png", GreyPng.of(7)));
        return Files.write(folder.resolve("x.tar"), all.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(chars = {'L', 'x'})
    void namesThatNoDiskHasAreRefused(char type) throws IOException {
        assertThat(names(before(named(4096, type)))).singleElement().asString().hasSize(4096);
        for (int letters : new int[] {4097, 1 << 19}) {
            refused(
                    before(named(letters, type)),
                    "x.tar is corrupt: a name has %d characters, at most 4096 are read".formatted(letters));
        }
    }

    @ParameterizedTest
    @ValueSource(chars = {'L', 'K', 'x', 'g'})
    void headersWithoutEndAreRefused(char type) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < 16; i++) {
            all.write(header("more", type, 0));
        }
        assertThat(names(before(all.toByteArray()))).containsExactly("a.png");
        all.write(header("more", type, 0));
        refused(before(all.toByteArray()), "x.tar is corrupt: more than 16 headers stand before one entry");
    }

    /** Headers of 64 MiB in some hundred KiB: of empty entries, without and with long names. */
    @ParameterizedTest
    @ValueSource(ints = {0, 100, 4000})
    void aBombOfHeadersIsNotReadOn(int letters) throws IOException {
        ByteArrayOutputStream one = new ByteArrayOutputStream();
        if (letters > 0) {
            one.write(named(letters, 'x'));
        }
        one.write(header("a.txt", '0', 0));
        byte[] many = one.toByteArray();
        Path file = folder.resolve("bomb.tar.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
            for (int i = 0; i <= (1 << 26) / many.length; i++) {
                out.write(many);
            }
        }
        assertThat(Files.size(file)).isLessThan(1 << 20);
        refused(file, "bomb.tar.gz has headers that unpack to more than 32 times its ");
    }

    private void refused(Path file, String message) {
        assertThatThrownBy(() -> names(file))
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining(message)
                .extracting(e -> ((AutophageException) e).exitCode())
                .isEqualTo(ExitCode.USAGE);
    }
}
