package org.autophage.data;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What tokens stand for: token i is word i.
 *
 * @param words without doubles, at least one
 * @param between what is written between two of them: a space between words, nothing between characters
 */
public record Vocabulary(List<String> words, String between) {
    public Vocabulary {
        words = List.copyOf(words);
        if (words.isEmpty() || words.stream().distinct().count() < words.size()) {
            throw new IllegalArgumentException("a vocabulary of %d words, %d of them different"
                    .formatted(words.size(), words.stream().distinct().count()));
        }
    }

    /** Words 0, 1, … of a law that has no others. */
    public static Vocabulary numbered(int size) {
        return new Vocabulary(IntStream.range(0, size).mapToObj(String::valueOf).toList(), " ");
    }

    /** Number of words, V. */
    public int size() {
        return words.size();
    }

    /** The word of a token in [0, V). */
    public String word(int token) {
        return words.get(token);
    }

    /** A sequence as people read it; where tokens are bytes, with the characters that they are together. */
    public String text(int[] sequence) {
        if (words.contains(ByteText.NEVER_TEXT)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            IntStream.of(sequence).mapToObj(words::get).map(ByteText::bytes).forEach(bytes::writeBytes);
            return ByteText.of(bytes.toByteArray());
        }
        return IntStream.of(sequence).mapToObj(words::get).collect(Collectors.joining(between));
    }
}
