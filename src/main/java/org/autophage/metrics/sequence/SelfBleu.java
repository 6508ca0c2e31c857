package org.autophage.metrics.sequence;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.autophage.data.Tokens;

/**
 * Self-BLEU (Zhu et al., Texygen, arXiv 1802.01886): the mean of every sequence's BLEU-4 with all others as its references; 1 where all are
 * alike. BLEU of one sequence is that of Papineni et al. (2002) with weights of a quarter. A length of runs of which none is shared counts as
 * a tenth of a run (the first smoothing of Chen and Cherry 2014, as Texygen has it); no token shared at all is 0.
 */
public final class SelfBleu {
    private static final int LONGEST = 4;
    private static final double SMOOTHING = 0.1;

    private SelfBleu() {}

    /** How often a run comes in the sequence that has it most often, in which one that is, and how often in the one after it. */
    private static final class Most {
        private int in = -1;
        private int count;
        private int next;

        void add(int sequence, int often) {
            if (often > count) {
                next = count;
                count = often;
                in = sequence;
            } else {
                next = Math.max(next, often);
            }
        }

        /** The most in any other sequence. */
        int without(int sequence) {
            return sequence == in ? next : count;
        }
    }

    /** Of at least two sequences of one replica. */
    public static double of(Tokens sequences) {
        int count = sequences.count();
        if (count < 2) {
            throw new IllegalArgumentException("a self-BLEU of " + sequences);
        }
        Grams grams = new Grams();
        Map<Integer, Most> most = new HashMap<>();
        // of every sequence how often it has each run, by the runs' lengths
        Map<Integer, Integer>[][] all = counts(count);
        int[] lengths = new int[count];
        for (int i = 0; i < count; i++) {
            int which = i;
            lengths[i] = sequences.length(0, i);
            int[] starts = sequences.starts();
            grams.meet(
                    sequences.values(),
                    starts[i],
                    starts[i + 1],
                    LONGEST,
                    (run, before, n) -> all[which][n].merge(run, 1, Integer::sum));
            for (Map<Integer, Integer> runs : all[i]) {
                runs.forEach((run, often) ->
                        most.computeIfAbsent(run, r -> new Most()).add(which, often));
            }
        }
        double sum = 0;
        int[] sorted = lengths.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < count; i++) {
            sum += bleu(i, all[i], lengths[i], closest(sorted, lengths[i]), most);
        }
        return sum / count;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of types with parameters
    private static Map<Integer, Integer>[][] counts(int sequences) {
        Map[][] counts = new Map[sequences][LONGEST];
        for (Map[] each : counts) {
            Arrays.setAll(each, n -> new HashMap<>());
        }
        return counts;
    }

    private static double bleu(
            int sequence, Map<Integer, Integer>[] runs, int length, int reference, Map<Integer, Most> most) {
        double logs = 0;
        for (int n = 0; n < LONGEST; n++) {
            double shared = 0;
            for (Map.Entry<Integer, Integer> run : runs[n].entrySet()) {
                Most of = most.get(run.getKey());
                shared += of == null ? 0 : Math.min(run.getValue(), of.without(sequence));
            }
            if (n == 0 && shared == 0) {
                return 0;
            }
            logs += Math.log((shared == 0 ? SMOOTHING : shared) / Math.max(1, length - n)) / LONGEST;
        }
        double brevity = length > reference ? 1 : Math.exp(1 - (double) reference / length);
        return brevity * Math.exp(logs);
    }

    /** The length of another sequence that is closest to a sequence's, of two the shorter one. */
    private static int closest(int[] sorted, int length) {
        int at = Arrays.binarySearch(sorted, length);
        int before = at - 1;
        int after = at + 1;
        int shorter = before < 0 ? Integer.MIN_VALUE : sorted[before];
        int longer = after == sorted.length ? Integer.MAX_VALUE : sorted[after];
        return (long) length - shorter <= (long) longer - length ? shorter : longer;
    }
}
