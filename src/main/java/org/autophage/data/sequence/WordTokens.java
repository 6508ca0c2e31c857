package org.autophage.data.sequence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.autophage.data.Vocabulary;

/**
 * Words: runs of letters and digits; every other mark, and every end of a line, is a token of its own; blanks are dropped. The most
 * frequent ones are the vocabulary, the first first and equally frequent ones by their letters. If there are more, its last token
 * stands for all of them.
 */
final class WordTokens implements TextTokens {
    /** Stands for all words that are too rare. */
    static final String UNKNOWN = "<unknown>";

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+|\\n|[^\\s\\p{L}\\p{M}\\p{N}]");

    private final Vocabulary vocabulary;
    private final Map<String, Integer> tokens = new HashMap<>();

    /**
     * The words of a text.
     *
     * @param most tokens of the vocabulary
     */
    WordTokens(String text, int most) {
        Map<String, Integer> counts = new HashMap<>();
        WORD.matcher(text).results().forEach(word -> counts.merge(word.group(), 1, Integer::sum));
        List<String> words = new ArrayList<>(counts.keySet());
        words.sort(Comparator.<String, Integer>comparing(counts::get).reversed().thenComparing(word -> word));
        if (words.size() > most) {
            words.subList(most - 1, words.size()).clear();
            words.add(UNKNOWN);
        }
        words.forEach(word -> tokens.put(word, tokens.size()));
        vocabulary = new Vocabulary(words.isEmpty() ? List.of(UNKNOWN) : words, " ");
    }

    /** Where the last so many words of a text begin; 0 where it has fewer. */
    static int beforeLast(String text, int words) {
        int[] starts =
                WORD.matcher(text).results().mapToInt(word -> word.start()).toArray();
        return starts.length < words ? 0 : starts[starts.length - words];
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    @Override
    public int[] encode(String text, Lacking lacking) {
        IntStream.Builder encoded = IntStream.builder();
        Integer unknown = tokens.get(UNKNOWN);
        Matcher words = WORD.matcher(text);
        while (words.find()) {
            Integer token = tokens.getOrDefault(words.group(), unknown);
            if (token == null) {
                throw lacking.of(words.group(), words.start());
            }
            encoded.add(token);
        }
        return encoded.build().toArray();
    }
}
