package org.autophage.data.sequence;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.autophage.data.ByteText;
import org.autophage.data.Vocabulary;

/**
 * Byte pairs as in GPT-2: a text is cut into words with the blank before them, numbers, marks and blanks, and within these bytes are
 * merged, the most frequent pairs first. The first 256 tokens are the bytes, in GPT-2's order, so that any text has tokens.
 */
final class BytePairTokens implements TextTokens {
    /** Tokens of single bytes. */
    static final int BYTES = 256;

    private static final Pattern PIECE = Pattern.compile(
            "'(?:s|t|re|ve|m|ll|d)| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
            Pattern.UNICODE_CHARACTER_CLASS);

    private final int[] tokenOfByte = new int[BYTES];
    private final Vocabulary vocabulary;

    /** Pairs with their rank, and what each becomes. */
    private final Map<BytePairMerges.Pair, Integer> ranks = new HashMap<>();

    private final List<Integer> results = new ArrayList<>();

    /**
     * Learns merges from a text.
     *
     * @param most tokens of the vocabulary, at least 256; it has fewer where no pair comes twice any more
     */
    BytePairTokens(String text, int most) {
        List<byte[]> tokens = new ArrayList<>();
        Map<String, Integer> numbers = new HashMap<>();
        IntPredicate printed = each -> each > ' ' && each <= '~' || each > 0xA0 && each != 0xAD;
        IntStream.concat(
                        IntStream.range(0, BYTES).filter(printed),
                        IntStream.range(0, BYTES).filter(printed.negate()))
                .forEach(each -> {
                    tokenOfByte[each] = tokens.size();
                    add(new byte[] {(byte) each}, tokens, numbers);
                });
        Map<String, Integer> counts = new LinkedHashMap<>();
        PIECE.matcher(text).results().forEach(piece -> counts.merge(piece.group(), 1, Integer::sum));
        List<int[]> pieces = new ArrayList<>();
        counts.keySet().forEach(piece -> pieces.add(bytes(piece)));
        BytePairMerges merges = new BytePairMerges(
                pieces, counts.values().stream().mapToLong(count -> count).toArray());
        for (BytePairMerges.Pair pair = merges.next(); pair != null && tokens.size() < most; pair = merges.next()) {
            byte[] left = tokens.get(pair.left());
            byte[] right = tokens.get(pair.right());
            byte[] both = new byte[left.length + right.length];
            System.arraycopy(left, 0, both, 0, left.length);
            System.arraycopy(right, 0, both, left.length, right.length);
            int token = add(both, tokens, numbers); // which other pairs may have given already
            ranks.put(pair, results.size());
            results.add(token);
            merges.merge(pair, token);
        }
        vocabulary = new Vocabulary(tokens.stream().map(ByteText::of).toList(), "");
    }

    private static int add(byte[] bytes, List<byte[]> tokens, Map<String, Integer> numbers) {
        int number = numbers.computeIfAbsent(new String(bytes, StandardCharsets.ISO_8859_1), each -> numbers.size());
        if (number == tokens.size()) {
            tokens.add(bytes);
        }
        return number;
    }

    private int[] bytes(String piece) {
        byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
        return IntStream.range(0, bytes.length)
                .map(i -> tokenOfByte[Byte.toUnsignedInt(bytes[i])])
                .toArray();
    }

    /** Where the last so many bytes of a text begin, at a whole character; 0 where it has fewer. */
    static int beforeLast(String text, int bytes) {
        int at = text.length();
        for (int left = bytes; left > 0 && at > 0; ) {
            int character = text.codePointBefore(at);
            at -= Character.charCount(character);
            left -= Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
        }
        return at;
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    @Override
    public int[] encode(String text, Lacking lacking) {
        Map<String, int[]> known = new HashMap<>();
        return PIECE.matcher(text)
                .results()
                .flatMapToInt(piece -> IntStream.of(known.computeIfAbsent(piece.group(), this::merged)))
                .toArray();
    }

    /** A piece after all merges that it takes, in the order in which they were learnt. */
    private int[] merged(String piece) {
        int[] tokens = bytes(piece);
        while (true) {
            int first = Integer.MAX_VALUE;
            BytePairMerges.Pair pair = null;
            for (int i = 1; i < tokens.length; i++) {
                BytePairMerges.Pair each = new BytePairMerges.Pair(tokens[i - 1], tokens[i]);
                int rank = ranks.getOrDefault(each, Integer.MAX_VALUE);
                if (rank < first) {
                    first = rank;
                    pair = each;
                }
            }
            if (pair == null) {
                return tokens;
            }
            tokens = BytePairMerges.merged(tokens, pair, results.get(first));
        }
    }
}
