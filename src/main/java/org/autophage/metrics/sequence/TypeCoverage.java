package org.autophage.metrics.sequence;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.autophage.data.Tokens;
import org.autophage.measure.TypeTenth;

/**
 * Which of the real law's different tokens (types) samples have, by how frequent these are: tenths of the types, the rarest first, each of
 * as many types as the others but for one.
 */
public final class TypeCoverage {
    /** Real types, the rarest first; of equally frequent ones the one with the lower number. */
    private final int[] types;

    /** @param frequencies of every token of the vocabulary among real ones; types are those above 0 */
    public TypeCoverage(double[] frequencies) {
        this.types = IntStream.range(0, frequencies.length)
                .filter(token -> frequencies[token] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(token -> frequencies[token]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Real types. */
    public int types() {
        return types.length;
    }

    /** Types of the tenth of a number, from 0. */
    private int[] part(int part) {
        return Arrays.copyOfRange(types, start(part), start(part + 1));
    }

    private int start(int part) {
        return (int) ((long) part * types.length / TypeTenth.TENTHS);
    }

    /** Whether every tenth has a type. */
    public boolean hasParts() {
        return types.length >= TypeTenth.TENTHS;
    }

    /** The rarest types: their first tenth, or the rarest one where there are fewer than ten. */
    public int[] tail() {
        return hasParts() ? part(0) : Arrays.copyOf(types, Math.min(1, types.length));
    }

    /** The share of all types that the sequences have. */
    public double of(Tokens sequences) {
        return share(types, sequences);
    }

    /** The share of the rarest types that the sequences have. */
    public double ofTail(Tokens sequences) {
        return share(tail(), sequences);
    }

    /** The share of each tenth, the rarest first; only where {@link #hasParts}. */
    public double[] ofParts(Tokens sequences) {
        boolean[] met = met(sequences);
        return IntStream.range(0, TypeTenth.TENTHS)
                .mapToDouble(part -> share(part(part), met))
                .toArray();
    }

    private static double share(int[] types, Tokens sequences) {
        return share(types, met(sequences));
    }

    private static double share(int[] types, boolean[] met) {
        return (double) Arrays.stream(types).filter(type -> met[type]).count() / types.length;
    }

    private static boolean[] met(Tokens sequences) {
        boolean[] met = new boolean[sequences.vocabulary().size()];
        for (int token : sequences.values()) {
            met[token] = true;
        }
        return met;
    }

    /**
     * How far the share of the rarest types varies when as many other sequences of the same law are drawn: the jackknife's, by which
     * types only one sequence has; one type's share at least.
     */
    public double tailError(Tokens sequences) {
        boolean[] ofTail = new boolean[sequences.vocabulary().size()];
        int[] tail = tail();
        Arrays.stream(tail).forEach(type -> ofTail[type] = true);
        int[] only = new int[ofTail.length]; // the one sequence that has a type; 0 for none, −1 for several
        for (int i = 0; i < sequences.count(); i++) {
            for (int at = sequences.starts()[i]; at < sequences.starts()[i + 1]; at++) {
                int token = sequences.values()[at];
                only[token] = only[token] == 0 || only[token] == i + 1 ? i + 1 : -1;
            }
        }
        int[] lost = new int[sequences.count()];
        for (int type : tail) {
            if (only[type] > 0) {
                lost[only[type] - 1]++;
            }
        }
        double n = sequences.count();
        double mean = Arrays.stream(lost).average().orElse(0);
        double squares = Arrays.stream(lost)
                .mapToDouble(each -> (each - mean) * (each - mean))
                .sum();
        return Math.max(1, Math.sqrt((n - 1) / n * squares)) / tail.length;
    }
}
