package org.autophage.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.autophage.base.AutophageException;
import org.autophage.base.Trust;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignProgramTest {
    @TempDir
    private Path folder;

    @Test
    void wordsAreThoseOfAShellWithoutItsTricks() {
        assertThat(ForeignProgram.parse("features", " python3  'my features.py' --size=\"3 2\" $HOME *")
                        .words())
                .containsExactly("python3", "my features.py", "--size=", "3 2", "$HOME", "*");
        assertThat(ForeignProgram.parse("features", "a 'b c'")).hasToString("a 'b c'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ``        | must be a command
                    ` `       | must be a command
                    'a b      | whose quotes come in pairs
                    `a "b`    | whose quotes come in pairs
                    """)
    void textThatIsNoCommand(String text, String reason) {
        assertThatThrownBy(() -> ForeignProgram.parse("features", text))
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining("features")
                .hasMessageContaining(reason);
    }

    @Test
    void aProgramThatCannotBeRunIsRefusedWithTheReason() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain.sh"), "echo hello\n");
        refused(List.of("no-such-program-anywhere"), "there is none of this name in any folder of PATH");
        refused(List.of(folder.resolve("nothing.sh").toString()), "there is no such file");
        refused(List.of(folder.toString()), "it is a folder");
        refused(List.of(plain.toString()), "not executable, which chmod +x makes it");
    }

    private static void refused(List<String> words, String reason) {
        assertThatThrownBy(() -> new ForeignProgram(words).check("model.program", Trust.ALL))
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining("model.program: '" + words.get(0) + "' is no program that can be run here")
                .hasMessageContaining(reason);
    }

    @Test
    void theHashChangesWithWordsAndWithFilesAmongThem() throws IOException {
        Path script = Scripts.of(folder, "a.sh", "echo 1");
        String before = new ForeignProgram(List.of("sh", script.toString())).hash();
        assertThat(new ForeignProgram(List.of("sh", script.toString())).hash()).isEqualTo(before);
        assertThat(new ForeignProgram(List.of("sh", script.toString(), "x")).hash())
                .isNotEqualTo(before);
        assertThat(new ForeignProgram(List.of("sh", "x", "y")).hash())
                .isNotEqualTo(new ForeignProgram(List.of("sh", "xy")).hash());
        Scripts.of(folder, "a.sh", "echo 2");
        assertThat(new ForeignProgram(List.of("sh", script.toString())).hash()).isNotEqualTo(before);
    }

    @Test
    void itRunsOnlyIfItIsTrustedAsItIs() throws IOException {
        Path script = Scripts.of(folder, "a.sh", "echo 1");
        ForeignProgram program = new ForeignProgram(List.of(script.toString()));
        Path list = folder.resolve("trusted");
        assertThatThrownBy(() -> program.check("model.program", Trust.in(list)))
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining("can do whatever you can")
                .hasMessageContaining("--trust")
                .hasMessageContaining(program.hash());
        Files.writeString(list, "# mine\n" + program.hash() + "  a.sh\n");
        assertThatCode(() -> program.check("model.program", Trust.in(list))).doesNotThrowAnyException();
        Scripts.of(folder, "a.sh", "echo 2");
        assertThatThrownBy(() -> program.check("model.program", Trust.in(list)))
                .hasMessageContaining("can do whatever you can");
        Files.writeString(list, script + "\n"); // of a path nobody knows what it will be told to do
        assertThatThrownBy(() -> program.check("model.program", Trust.in(list)))
                .hasMessageContaining("can do whatever you can");
    }
}
