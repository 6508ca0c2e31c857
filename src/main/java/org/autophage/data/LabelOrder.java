package org.autophage.data;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Which class sample i is asked to be of. It depends on i and on the classes' shares only, not on how many samples are
 * drawn, and the first samples, however many, have the classes in their shares as nearly as whole numbers can.
 *
 * @param classes number of classes
 * @param period the classes of samples 0, 1, … until they begin again; null where all classes take turns
 */
@SuppressWarnings("ArrayRecordComponent") // orders of unequal shares are compared nowhere
public record LabelOrder(int classes, int @Nullable [] period) {
    /** One class after the other: sample i is of class i mod classes. */
    public static LabelOrder inTurn(int classes) {
        return new LabelOrder(classes, null);
    }

    /**
     * Classes by shares: the method of Webster and Sainte-Laguë, by which sample k of a class with share s (k from 0) is due
     * at (k + ½) / s. Where samples of several classes are due at once the lower class comes first, so that equal shares
     * take turns.
     *
     * @param counts of each class, by which their shares are told; at least one is above 0
     */
    public static LabelOrder byShares(int[] counts) {
        int divisor = Arrays.stream(counts)
                .mapToObj(BigInteger::valueOf)
                .reduce(BigInteger.ZERO, BigInteger::gcd)
                .intValueExact();
        if (divisor == 0) {
            throw new IllegalArgumentException("classes without a single image have no shares");
        }
        int[] least = Arrays.stream(counts).map(count -> count / divisor).toArray();
        if (Arrays.stream(least).allMatch(count -> count == 1)) {
            return inTurn(counts.length);
        }
        int[] period =
                new int[Math.toIntExact(Arrays.stream(least).asLongStream().sum())];
        PriorityQueue<Due> queue = new PriorityQueue<>();
        for (int label = 0; label < least.length; label++) {
            if (least[label] > 0) {
                queue.add(new Due(label, 0, least[label]));
            }
        }
        for (int i = 0; i < period.length; i++) {
            Due next = queue.remove();
            period[i] = next.label;
            if (next.number + 1 < next.count) {
                queue.add(new Due(next.label, next.number + 1, next.count));
            }
        }
        return new LabelOrder(counts.length, period);
    }

    /** Sample number (from 0) of a class that has count of a whole period. */
    private record Due(int label, long number, long count) implements Comparable<Due> {
        /** Of whole numbers, so that no rounding decides: (number + ½) / count. */
        @Override
        public int compareTo(Due other) {
            int earlier = Long.compare((2 * number + 1) * other.count, (2 * other.number + 1) * count);
            return earlier != 0 ? earlier : Integer.compare(label, other.label);
        }
    }

    /** The class of a sample counted from 0. */
    public int at(long sample) {
        return period == null ? (int) (sample % classes) : period[(int) (sample % period.length)];
    }

    /** The classes of the samples from first on. */
    public int[] labels(long first, int count) {
        int[] labels = new int[count];
        Arrays.setAll(labels, i -> at(first + i));
        return labels;
    }
}
