package org.autophage.base;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** The known key that somebody most likely meant. */
public final class NearestKey {
    private NearestKey() {}

    /** The candidate with the smallest edit distance to what was written, whatever the case of its letters. */
    public static String to(String written, Collection<String> candidates) {
        return candidates.stream()
                .min(Comparator.<String>comparingInt(candidate -> editDistance(written, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .orElse("");
    }

    /** Levenshtein's distance: the fewest insertions, deletions and substitutions of letters. */
    static int editDistance(String written, String candidate) {
        String from = written.toLowerCase(Locale.ROOT);
        String to = candidate.toLowerCase(Locale.ROOT);
        int[] above = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int substitution = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(substitution, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[to.length()];
    }
}
