package org.autophage.data.sequence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Learns byte-pair merges (Sennrich, Haddow and Birch, arXiv 1508.07909): again and again the two neighbouring tokens that are most
 * frequent become one. Of equally frequent pairs the one of the lower tokens is first. Keeps counts up to date instead of counting
 * anew, so that its time grows like what merges change.
 */
final class BytePairMerges {
    /** A pair that comes once is no regularity. */
    private static final long FEWEST = 2;

    private final List<int[]> pieces;
    private final long[] counts;
    private final Map<Pair, Places> pairs = new HashMap<>();
    private final PriorityQueue<Candidate> queue = new PriorityQueue<>(Comparator.comparingLong(Candidate::count)
            .reversed()
            .thenComparingInt(candidate -> candidate.pair.left)
            .thenComparingInt(candidate -> candidate.pair.right));

    /** Two neighbouring tokens. */
    record Pair(int left, int right) {}

    /** How often a pair came when it was last counted. */
    private record Candidate(long count, Pair pair) {}

    /** How often a pair comes, and the pieces that have, or had, it. */
    private static final class Places {
        private long count;
        private final List<Integer> pieces = new ArrayList<>();
    }

    /**
     * @param pieces that no pair reaches beyond, each a sequence of tokens; are changed
     * @param counts how often each comes
     */
    BytePairMerges(List<int[]> pieces, long[] counts) {
        this.pieces = pieces;
        this.counts = counts;
        for (int piece = 0; piece < counts.length; piece++) {
            count(piece, 1);
        }
        pairs.forEach((pair, places) -> queue.add(new Candidate(places.count, pair)));
    }

    /** The most frequent pair; null where none comes twice. */
    @Nullable
    Pair next() {
        for (Candidate first = queue.poll(); first != null; first = queue.poll()) {
            long count = pairs.getOrDefault(first.pair, new Places()).count;
            if (count == first.count && count >= FEWEST) {
                return first.pair;
            }
            if (count < first.count && count >= FEWEST) {
                queue.add(new Candidate(count, first.pair));
            }
        }
        return null;
    }

    /** Makes one token of a pair wherever it comes. */
    void merge(Pair pair, int token) {
        Set<Pair> grown = new HashSet<>();
        for (int piece : pairs.getOrDefault(pair, new Places()).pieces) {
            int[] merged = merged(pieces.get(piece), pair, token);
            if (merged.length < pieces.get(piece).length) {
                count(piece, -1);
                pieces.set(piece, merged);
                count(piece, 1);
                addPairsOf(token, merged, grown);
            }
        }
        pairs.remove(pair);
        grown.forEach(each -> queue.add(new Candidate(pairs.getOrDefault(each, new Places()).count, each)));
    }

    /** Only pairs of the new token can have become more frequent. */
    private static void addPairsOf(int token, int[] tokens, Set<Pair> pairs) {
        for (int i = 1; i < tokens.length; i++) {
            if (tokens[i - 1] == token || tokens[i] == token) {
                pairs.add(new Pair(tokens[i - 1], tokens[i]));
            }
        }
    }

    /** Adds a piece's pairs, or takes them away. */
    private void count(int piece, int sign) {
        int[] tokens = pieces.get(piece);
        for (int i = 1; i < tokens.length; i++) {
            Places places = pairs.computeIfAbsent(new Pair(tokens[i - 1], tokens[i]), each -> new Places());
            places.count += sign * counts[piece];
            if (sign > 0 && (places.pieces.isEmpty() || places.pieces.get(places.pieces.size() - 1) != piece)) {
                places.pieces.add(piece);
            }
        }
    }

    /** A sequence with every pair in it, from left to right, as one token. */
    static int[] merged(int[] tokens, Pair pair, int token) {
        int[] merged = new int[tokens.length];
        int length = 0;
        for (int i = 0; i < tokens.length; i++) {
            boolean both = i + 1 < tokens.length && tokens[i] == pair.left && tokens[i + 1] == pair.right;
            merged[length++] = both ? token : tokens[i];
            i += both ? 1 : 0;
        }
        return Arrays.copyOf(merged, length);
    }
}
