package org.autophage.data.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.data.SampleLabels;
import org.autophage.data.TokenShape;
import org.autophage.data.Tokens;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextDatasetTest {
    private static final String RHYME = "one two buckle my shoe, three four knock at the door.\n";

    @TempDir
    private Path folder;

    private Path file(String name, String text) throws IOException {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private Path file(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    private static TextDataset open(Path place, TextUnit unit, int length, @Nullable Integer vocabulary, int holdout) {
        return new TextSpec(place.toString(), unit, length, vocabulary, holdout).open();
    }

    private static AbstractThrowableAssert<?, ?> refused(
            Path place, TextUnit unit, int length, @Nullable Integer vocabulary, int holdout) {
        return assertThatThrownBy(() -> open(place, unit, length, vocabulary, holdout))
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    private static Tokens all(TextDataset dataset) {
        return dataset.real(LongStream.range(0, dataset.available()).toArray());
    }

    private static String text(Tokens tokens) {
        return tokens.sequences(0).map(tokens.vocabulary()::text).collect(Collectors.joining());
    }

    @Test
    void charactersAreCutIntoBlocksAndTheLastOnesHeldOut() throws IOException {
        TextDataset dataset =
                open(file("a.txt", "abc\uD83D\uDE00bcabcab\uD83D\uDE00ab"), TextUnit.CHARACTERS, 3, null, 1);
        assertThat(dataset.available()).isEqualTo(3); // 14 characters: three blocks, a rest of 2, the holdout
        assertThat(dataset.shape(SampleLabels.BALANCED).vocabulary().words())
                .containsExactly("a", "b", "c", "\uD83D\uDE00");
        assertThat(text(dataset.holdout())).isEqualTo("\uD83D\uDE00ab");
    }

    @Test
    void blocksLieSideBySide() throws IOException {
        String text = RHYME.repeat(20);
        TextDataset dataset = open(file("a.txt", text), TextUnit.CHARACTERS, 16, null, 5);
        int blocks = text.length() / 16;
        assertThat(dataset.available()).isEqualTo(blocks - 5);
        assertThat(text(all(dataset))).isEqualTo(text.substring(0, (blocks - 5) * 16));
        assertThat(text(dataset.holdout())).isEqualTo(text.substring(text.length() - 5 * 16));
        TokenShape shape = dataset.shape(SampleLabels.BALANCED);
        assertThat(shape.ends()).isFalse();
        assertThat(shape.length()).isEqualTo(16);
        assertThat(dataset.real(new long[] {7, 7, 2}).sequence(0, 0))
                .isEqualTo(all(dataset).sequence(0, 7));
        assertThat(dataset.knownTokenLaw()).isEmpty();
    }

    /** Every text is what its tokens say, real ones first; the vocabulary has nothing that is in the holdout alone. */
    @ParameterizedTest
    @EnumSource(TextUnit.class)
    void holdoutIsTheEndAndTeachesNothing(TextUnit unit) throws IOException {
        String text = RHYME.repeat(60) + "zebra zebra zebra zebra zebra zebra zebra zebra zebra zebra";
        @Nullable
        Integer vocabulary =
                switch (unit) {
                    case CHARACTERS -> null;
                    case WORDS -> 6;
                    case BYTE_PAIRS -> 290;
                };
        String learnable = unit == TextUnit.CHARACTERS ? text.replace("z", "b") : text;
        TextDataset dataset = open(file("a.txt", learnable), unit, 4, vocabulary, 20);
        assertThat(dataset.shape(SampleLabels.BALANCED).vocabulary().words())
                .noneMatch(word -> word.contains("zeb") || word.contains("ebr"));
        assertThat(dataset.holdout().count()).isEqualTo(20);
        if (unit != TextUnit.WORDS) {
            assertThat(learnable).startsWith(text(all(dataset))).endsWith(text(dataset.holdout()));
            int left = learnable.length()
                    - text(all(dataset)).length()
                    - text(dataset.holdout()).length();
            assertThat(left).isBetween(0, unit == TextUnit.CHARACTERS ? 3 : 40);
        }
    }

    @Test
    void wordsAreTheMostFrequentOnesAndTheRestIsUnknown() throws IOException {
        // one's apostrophe, the mark and the end of the line are tokens; equally frequent words are in the order of
        // their letters
        Path file = file("a.txt", "b b b, a a c c\tone's 12\n d\n b a");
        TextDataset dataset = open(file, TextUnit.WORDS, 2, 6, 1);
        assertThat(dataset.shape(SampleLabels.BALANCED).vocabulary().words())
                .containsExactly("b", "\n", "a", "c", "'", "<unknown>");
        assertThat(all(dataset).sequences(0).map(dataset.holdout().vocabulary()::text))
                .containsExactly(
                        "b b", "b <unknown>", "a a", "c c", "<unknown> '", "<unknown> <unknown>", "\n <unknown>");
        assertThat(dataset.holdout().vocabulary().text(dataset.holdout().sequence(0, 0)))
                .isEqualTo("b a");
        // without a limit in the way there is no such token
        assertThat(open(file, TextUnit.WORDS, 2, null, 1)
                        .shape(SampleLabels.BALANCED)
                        .vocabulary()
                        .words())
                .doesNotContain("<unknown>");
    }

    @Test
    void whatOnlyTheHoldoutHasIsRefusedWithItsPlace() throws IOException {
        file("t/a.txt", RHYME.repeat(10));
        file("t/b.txt", RHYME + RHYME + "the zoo\n");
        refused(folder.resolve("t"), TextUnit.CHARACTERS, 8, null, 5)
                .hasMessage(
                        "%s, line 3: 'z' is in the holdout, but nowhere in the text before it, so that no model can learn it: "
                                        .formatted(folder.resolve("t/b.txt"))
                                + "take it out, make dataset.holdout smaller, or write dataset.tokens: byte-pairs");
        refused(folder.resolve("t"), TextUnit.WORDS, 8, null, 2)
                .hasMessageContaining("t/b.txt, line 3: 'zoo' is in the holdout")
                .hasMessageEndingWith(
                        "make dataset.vocabulary smaller than the number of different words, so that rare ones are <unknown>");
        assertThat(open(folder.resolve("t"), TextUnit.WORDS, 8, 10, 2).holdout().count())
                .isEqualTo(2);
        assertThat(open(folder.resolve("t"), TextUnit.BYTE_PAIRS, 8, null, 2)
                        .holdout()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void foldersAreReadInOrderOfTheirPaths() throws IOException {
        file("t/b/1.txt", "second\r\n");
        file("t/a.TXT", "\uFEFFfirst");
        file("t/c.txt", "third\n");
        file("t/notes.md", "none");
        file("t/d.txt", "");
        assertThat(TextFiles.read(folder.resolve("t")).text()).isEqualTo("first\nsecond\nthird\n");
        Path alone = file("alone.csv", "first\nsecond\nthird\n");
        assertThat(open(folder.resolve("t"), TextUnit.CHARACTERS, 4, null, 1).hash())
                .isEqualTo(open(alone, TextUnit.CHARACTERS, 4, null, 1).hash());
    }

    /** What stands twice would show in front what is held out at the end. */
    @Test
    void aFileThatALinkLeadsToIsReadOnce() throws IOException {
        Path book = file("t/book.txt", RHYME.repeat(40));
        Files.createSymbolicLink(folder.resolve("t/latest.txt"), book);
        assertThat(TextFiles.read(folder.resolve("t")).text()).isEqualTo(RHYME.repeat(40));
    }

    @Test
    void hashTellsSettingsAndContentApart() throws IOException {
        Path a = file("a.txt", RHYME.repeat(40));
        Path b = file("b.txt", RHYME.repeat(40).replace("four", "fore"));
        List<String> hashes = List.of(
                open(a, TextUnit.CHARACTERS, 8, null, 5).hash(),
                open(b, TextUnit.CHARACTERS, 8, null, 5).hash(),
                open(a, TextUnit.CHARACTERS, 9, null, 5).hash(),
                open(a, TextUnit.CHARACTERS, 8, null, 6).hash(),
                open(a, TextUnit.WORDS, 8, null, 5).hash(),
                open(a, TextUnit.WORDS, 8, 6, 5).hash(),
                open(a, TextUnit.BYTE_PAIRS, 8, 280, 5).hash(),
                open(a, TextUnit.BYTE_PAIRS, 8, 281, 5).hash());
        assertThat(hashes).doesNotHaveDuplicates();
        assertThat(open(a, TextUnit.CHARACTERS, 8, null, 5).hash()).isEqualTo(hashes.get(0));
    }

    @Test
    void badFilesAreNamed() throws IOException {
        refused(folder.resolve("no.txt"), TextUnit.CHARACTERS, 8, null, 1)
                .hasMessage("%s is missing: must be a file of text in UTF-8, or a folder with files *.txt"
                        .formatted(folder.resolve("no.txt")));
        refused(file("empty.txt", ""), TextUnit.CHARACTERS, 8, null, 1)
                .hasMessage("%s is empty: must have text in UTF-8".formatted(folder.resolve("empty.txt")));
        Files.createDirectories(folder.resolve("none"));
        refused(folder.resolve("none"), TextUnit.CHARACTERS, 8, null, 1)
                .hasMessage("%s has no file *.txt: must be a file of text, or a folder with some"
                        .formatted(folder.resolve("none")));
        Path latin = file("latin.txt", "caf\u00e9 au lait".getBytes(StandardCharsets.ISO_8859_1));
        refused(latin, TextUnit.BYTE_PAIRS, 8, null, 1)
                .hasMessage(
                        "%s is not UTF-8: byte 3 of it is 0xE9, which no character has there; convert it, such as by `iconv -f latin1 -t utf-8`"
                                .formatted(latin));
        Path cut = file("cut.txt", Arrays.copyOf("ab€".getBytes(StandardCharsets.UTF_8), 4));
        refused(cut, TextUnit.WORDS, 8, null, 1).hasMessageContaining("byte 2 of it is 0xE2");
    }

    @ParameterizedTest
    @EnumSource(TextUnit.class)
    void oneCharacterIsNothingToLearn(TextUnit unit) throws IOException {
        refused(file("a.txt", unit == TextUnit.WORDS ? "a ".repeat(4000) : "a".repeat(4000)), unit, 2, null, 2)
                .hasMessageContaining("a.txt has one ")
                .hasMessageContaining(" only before the holdout, 'a")
                .hasMessageEndingWith("must have at least two different ones, or there is nothing to learn");
    }

    @ParameterizedTest
    @EnumSource(TextUnit.class)
    void tooFewBlocksAreRefused(TextUnit unit) throws IOException {
        Path file = file("a.txt", RHYME.repeat(3));
        refused(file, unit, 4, null, 500)
                .hasMessageMatching("dataset.holdout is 500: must be below (\\d+): .*a.txt has \\d+ %s, \\1 blocks of 4"
                        .formatted(unit));
        refused(file, unit, 4, null, Integer.MAX_VALUE)
                .hasMessageStartingWith("dataset.holdout is 2147483647: must be");
        refused(file, unit, 1000, null, 1)
                .hasMessageMatching(
                        ".*a.txt has \\d+ %s, 0 blocks of 1000: must be at least 2 blocks, one to learn from and one to hold out; make dataset.length smaller or take more text"
                                .formatted(unit));
        refused(file("blank.txt", "  "), unit, 2, null, 1).hasMessageContaining("must be at least 2 blocks");
    }

    @Test
    void asManyBlocksAsThereAreAreEnough() throws IOException {
        Path file = file("a.txt", "abcabc");
        assertThat(open(file, TextUnit.CHARACTERS, 3, null, 1).available()).isEqualTo(1);
        Path words = file("b.txt", "a b c a b c");
        assertThat(open(words, TextUnit.WORDS, 3, null, 1).available()).isEqualTo(1);
    }

    @Test
    void pipesAreNotOpened() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe.txt");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        for (Path place : List.of(pipe, folder)) {
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> refused(place, TextUnit.CHARACTERS, 8, null, 1)
                    .hasMessage("cannot read %s: it is a pipe, a socket or a device, not a file".formatted(pipe)));
        }
    }

    @Test
    void hugeFilesAreRefusedBeforeTheyAreRead() throws IOException {
        Path huge = folder.resolve("huge.txt");
        try (RandomAccessFile sparse = new RandomAccessFile(huge.toFile(), "rw")) {
            sparse.setLength((1L << 27) + 1);
        }
        refused(huge, TextUnit.CHARACTERS, 8, null, 1)
                .hasMessage("%s has 129 MiB of text: must be 128 MiB at most, such as a part of it".formatted(huge));
    }

    @Test
    void impossibleKeysAreNamed() {
        assertThatThrownBy(() -> new TextSpec(" ", TextUnit.WORDS, 8, null, 1))
                .hasMessage("dataset.path is empty: must be a file of text or a folder of .txt files");
        assertThatThrownBy(() -> new TextSpec("t", TextUnit.WORDS, 1, null, 1))
                .hasMessage("dataset.length is 1: must be from 2 to 65536, tokens of a block");
        assertThatThrownBy(() -> new TextSpec("t", TextUnit.WORDS, 8, 1, 1))
                .hasMessage("dataset.vocabulary is 1: must be from 2 to 100000, for words");
        assertThatThrownBy(() -> new TextSpec("t", TextUnit.BYTE_PAIRS, 8, 255, 1))
                .hasMessage(
                        "dataset.vocabulary is 255: must be from 256 to 100000, for byte-pairs, of which all bytes are the first");
        assertThatThrownBy(() -> new TextSpec("t", TextUnit.CHARACTERS, 8, 64, 1))
                .hasMessage("dataset.vocabulary is 64: all characters of the text are tokens; leave the key out");
        assertThatThrownBy(() -> new TextSpec("t", TextUnit.WORDS, 8, null, 0))
                .hasMessage("dataset.holdout is 0: must be at least 1");
    }
}
