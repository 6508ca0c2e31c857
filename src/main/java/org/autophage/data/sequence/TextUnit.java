package org.autophage.data.sequence;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.jspecify.annotations.Nullable;

/** What the tokens of a text are. */
public enum TextUnit {
    /** Characters, all that the text has. */
    @JsonProperty("characters")
    CHARACTERS {
        @Override
        void check(@Nullable Integer vocabulary) {
            Checks.leftOut(VOCABULARY, vocabulary, "all characters of the text are tokens");
        }

        @Override
        TextTokens learn(String text, @Nullable Integer vocabulary) {
            return new CharacterTokens(text);
        }

        @Override
        int beforeLast(String text, int tokens) {
            int characters = text.codePointCount(0, text.length());
            return text.offsetByCodePoints(0, Math.max(0, characters - tokens));
        }
    },
    /** Words, marks and ends of lines, the most frequent ones. */
    @JsonProperty("words")
    WORDS {
        private static final int USUAL = 2000;

        @Override
        void check(@Nullable Integer vocabulary) {
            Checks.within(VOCABULARY, vocabulary, Range.wholeFrom(2, MOST), "for words");
        }

        @Override
        TextTokens learn(String text, @Nullable Integer vocabulary) {
            return new WordTokens(text, vocabulary == null ? USUAL : vocabulary);
        }

        @Override
        int beforeLast(String text, int tokens) {
            return WordTokens.beforeLast(text, tokens);
        }
    },
    /** Byte pairs, the most frequent ones, and all bytes. */
    @JsonProperty("byte-pairs")
    BYTE_PAIRS {
        private static final int USUAL = 512;

        @Override
        void check(@Nullable Integer vocabulary) {
            Checks.within(
                    VOCABULARY,
                    vocabulary,
                    Range.wholeFrom(BytePairTokens.BYTES, MOST),
                    "for byte-pairs, of which all bytes are the first");
        }

        @Override
        TextTokens learn(String text, @Nullable Integer vocabulary) {
            return new BytePairTokens(text, vocabulary == null ? USUAL : vocabulary);
        }

        @Override
        int beforeLast(String text, int tokens) {
            return BytePairTokens.beforeLast(text, tokens);
        }
    };

    private static final String VOCABULARY = "dataset.vocabulary";
    private static final int MOST = 100_000;

    /** Refuses sizes of a vocabulary that there cannot be. */
    abstract void check(@Nullable Integer vocabulary);

    /**
     * Makes a vocabulary.
     *
     * @param vocabulary tokens of it; null for the usual number
     */
    abstract TextTokens learn(String text, @Nullable Integer vocabulary);

    /** Where the last so many tokens of a text begin, or, where only a vocabulary tells, a place behind which there are no more. */
    abstract int beforeLast(String text, int tokens);

    /** As written in a spec. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
