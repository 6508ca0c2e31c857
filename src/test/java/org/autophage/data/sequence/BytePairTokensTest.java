package org.autophage.data.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.SplittableRandom;
import org.autophage.data.Vocabulary;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BytePairTokensTest {
    private static final String TEXT =
            """
            It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness,
            it was the epoch of belief, it was the epoch of incredulity, it was the season of Light, it was the season of Darkness,
            it was the spring of hope, it was the winter of despair.  We had everything before us; we'd 1775 things - naïve cafés “go” “go” aaaa aaaa aaa.
            """;

    private static int[] encode(BytePairTokens tokens, String text) {
        return tokens.encode(text, (piece, position) -> {
            throw new AssertionError(piece);
        });
    }

    /**
     * Reference: tokenizers 0.23.2 (Hugging Face), BpeTrainer(vocab_size=320, min_frequency=2,
     * initial_alphabet=ByteLevel.alphabet()) with ByteLevel(add_prefix_space=False). Of 2.8 MB of manuals, with 512 and with 3000
     * tokens, it gave the same 1,420,453 and 942,471 tokens.
     */
    @Test
    void mergesAndTokensAreThoseOfTheReference() {
        BytePairTokens tokens = new BytePairTokens(TEXT, 320);
        Vocabulary vocabulary = tokens.vocabulary();
        assertThat(vocabulary.words().subList(256, vocabulary.size()))
                .containsExactly(
                        " w",
                        " t",
                        "as",
                        " th",
                        "it",
                        "of",
                        " of",
                        " was",
                        " the",
                        "aa",
                        " it",
                        "es",
                        "in",
                        "<0xE2><0x80>",
                        " b",
                        " e",
                        " s",
                        " aa",
                        "ing",
                        "ag",
                        "ch",
                        "ef",
                        "er",
                        "eas",
                        "go",
                        "im",
                        "is",
                        "nes",
                        "on",
                        "or",
                        "och",
                        "poch",
                        " h",
                        " <0xE2><0x80>",
                        " ag",
                        " tim",
                        "”",
                        " epoch",
                        " seas",
                        " aaaa",
                        "ness",
                        " “",
                        " age",
                        " times",
                        " season");
        assertThat(encode(tokens, "the wisdom of naïve spring, it’s 1775!  \n😀 aaaaa"))
                .containsExactly(
                        83, 71, 68, 256, 282, 67, 78, 76, 262, 220, 77, 64, 127, 107, 85, 68, 272, 79, 81, 274, 11, 266,
                        269, 247, 82, 220, 16, 22, 22, 20, 0, 220, 220, 198, 172, 253, 246, 222, 295, 64);
    }

    @Test
    void anyTextHasTokensAndReadsAsItWas() {
        BytePairTokens tokens = new BytePairTokens(TEXT, 300);
        for (String text : new String[] {TEXT, "Ünïcödé 漢字 😀\t\u0000\n\n  <0x41> <0xE2", "", " ", "\uFFFF"}) {
            assertThat(tokens.vocabulary().text(encode(tokens, text))).isEqualTo(text);
        }
        // half a character stays as its bytes
        int[] cut = encode(tokens, "é");
        assertThat(cut).hasSize(2);
        assertThat(tokens.vocabulary().text(new int[] {cut[0]})).isEqualTo("<0xC3>");
        assertThat(tokens.vocabulary().text(new int[] {cut[1], cut[0], cut[1]})).isEqualTo("<0xA9>é");
    }

    @Test
    void vocabularyIsSmallerWhereNoPairComesTwice() {
        assertThat(new BytePairTokens("abc", 512).vocabulary().size()).isEqualTo(256);
        assertThat(new BytePairTokens("ab ab", 512).vocabulary().words())
                .endsWith("ab")
                .hasSize(257);
    }

    /** A million characters take a second; 20 are far from what counting anew at every merge takes, or one word of a million. */
    @Tag("slow")
    @Test
    void longTextsAreFast() {
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder words = new StringBuilder();
        while (words.length() < 1_000_000) {
            for (int letters = random.nextInt(1, 9); letters > 0; letters--) {
                words.append((char) ('a' + random.nextInt(26) * random.nextInt(26) / 26));
            }
            words.append(' ');
        }
        String one = words.toString().replace(" ", "");
        assertTimeout(Duration.ofSeconds(20), () -> {
            BytePairTokens tokens = new BytePairTokens(words.toString(), 512);
            assertThat(tokens.vocabulary().size()).isEqualTo(512);
            assertThat(tokens.vocabulary().text(encode(tokens, words.toString())))
                    .isEqualTo(words.toString());
        });
        assertTimeout(Duration.ofSeconds(20), () -> assertThat(
                        new BytePairTokens(one, 300).vocabulary().size())
                .isEqualTo(300));
    }
}
