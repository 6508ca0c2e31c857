package org.autophage.data.sequence;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.autophage.data.Vocabulary;

/** Characters, as Unicode counts them, in its order. */
final class CharacterTokens implements TextTokens {
    private final int[] characters;
    private final Vocabulary vocabulary;

    /** All characters of a text. */
    CharacterTokens(String text) {
        characters = text.codePoints().distinct().sorted().toArray();
        vocabulary = new Vocabulary(
                IntStream.of(characters).mapToObj(Character::toString).toList(), "");
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    @Override
    public int[] encode(String text, Lacking lacking) {
        int[] tokens = text.codePoints().toArray();
        for (int i = 0; i < tokens.length; i++) {
            int token = Arrays.binarySearch(characters, tokens[i]);
            if (token < 0) {
                throw lacking.of(Character.toString(tokens[i]), text.offsetByCodePoints(0, i));
            }
            tokens[i] = token;
        }
        return tokens;
    }
}
