package org.autophage.base;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of programs that a person trusts. */
class TrustTest {
    /** sha256sum of the bytes 1, 2, 3. */
    private static final String HASH = "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81";

    @TempDir
    private Path folder;

    private Path list = Path.of("");
    private Path program = Path.of("");

    @BeforeEach
    void write() throws IOException {
        list = folder.resolve("trusted");
        program = Files.write(folder.resolve("net.pt"), new byte[] {1, 2, 3});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                HASH,
                "# mine\n\n  " + HASH + "  dinov2.pt  \n",
                "039058C6F2C0CB492C533B0A4D14EF77CC0F78ABCCCED5287D84A1A2011CFB81",
                "FOLDER/net.pt",
                "/nowhere/else.pt\nFOLDER/./net.pt",
            })
    void whatIsListedIsTrusted(String lines) throws IOException {
        Files.writeString(list, lines.replace("FOLDER", folder.toString()));
        assertThatCode(() -> Trust.in(list).require(program)).doesNotThrowAnyException();
        Path link = Files.createSymbolicLink(folder.resolve("link.pt"), program);
        assertThatCode(() -> Trust.in(list).require(link)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# FOLDER/net.pt", "FOLDER", "FOLDER/other.pt", "000" + HASH, "#" + HASH})
    void whatIsNotListedIsRefused(String lines) throws IOException {
        Files.writeString(list, lines.replace("FOLDER", folder.toString()).replaceFirst("^0{3}(\\w{61}).*", "000$1"));
        assertRefused();
    }

    @Test
    void withoutAListNothingIsTrusted() {
        assertRefused();
        assertThatCode(() -> Trust.ALL.require(program)).doesNotThrowAnyException();
    }

    /** A path means that file as it is now, a hash this content wherever it is. */
    @Test
    void anotherContentIsNotTheHashsProgram() throws IOException {
        Files.writeString(list, HASH);
        Files.write(program, new byte[] {1, 2, 4});
        assertThatThrownBy(() -> Trust.in(list).require(program)).hasMessageContaining("is a program");
        Files.writeString(list, program.toString());
        assertThatCode(() -> Trust.in(list).require(program)).doesNotThrowAnyException();
    }

    @Test
    void aLineThatIsNeitherIsNamed() throws IOException {
        Files.writeString(list, "net.pt\n");
        assertThatThrownBy(() -> Trust.in(list).require(program))
                .isInstanceOf(AutophageException.class)
                .hasMessage(list + " has the line 'net.pt': must be a SHA-256 in 64 hexadecimal digits,"
                        + " or an absolute path");
    }

    private void assertRefused() {
        assertThatThrownBy(() -> Trust.in(list).require(program))
                .isInstanceOf(AutophageException.class)
                .hasMessage(
                        "%s is a program, which can do whatever you can: if you know whose it is, allow it with --trust, or for good with its SHA-256, %s, on a line of %s",
                        program, HASH, list);
    }
}
