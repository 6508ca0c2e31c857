package org.autophage.metrics.suite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.autophage.data.Dataset;
import org.autophage.data.Samples;
import org.autophage.data.Shuffle;

/**
 * Real samples that generations may learn from, the same ones whenever they are asked for: the first of a source that never runs out;
 * drawn of others, which may be sorted.
 */
final class SourceSamples {
    /** Which are drawn. */
    private static final long SEED = 20_231_003;

    /** Behind whatever remedies know. */
    private static final long BESIDE = 3 * Dataset.ASIDE;

    private SourceSamples() {}

    /** So many of them, or all where there are fewer, in the source's order. */
    static Samples chosen(Dataset dataset, int count) {
        return dataset.real(
                dataset.available() == Dataset.UNLIMITED
                        ? LongStream.range(0, count).toArray()
                        : Arrays.stream(Shuffle.subset(
                                        count, Math.toIntExact(dataset.available()), new SplittableRandom(SEED)))
                                .asLongStream()
                                .toArray());
    }

    /**
     * Sets of which no sample is in two; of a source that never runs out none is among what loops with small seeds learn from, nor among
     * the {@link #chosen}.
     *
     * @param apart size of the first set
     * @param count size of each other one
     * @param most how many others at most; fewer, or none, where the source has not enough
     * @return the first set, then the others; empty where there is not enough for the first
     */
    static List<Samples> disjoint(Dataset dataset, int apart, int count, int most) {
        long available = dataset.available();
        int sets = available < apart ? -1 : (int) Math.min(most, (available - apart) / count);
        if (sets < 0) {
            return List.of();
        }
        int total = Math.toIntExact(apart + (long) sets * count);
        long[] order = available == Dataset.UNLIMITED
                ? LongStream.range(BESIDE, BESIDE + total).toArray()
                : Arrays.stream(Shuffle.permutation(Math.toIntExact(available), new SplittableRandom(SEED)))
                        .limit(total)
                        .asLongStream()
                        .toArray();
        List<Samples> disjoint = new ArrayList<>();
        for (int i = 0; i <= sets; i++) {
            int from = i == 0 ? 0 : apart + (i - 1) * count;
            disjoint.add(dataset.real(Arrays.copyOfRange(order, from, i == 0 ? apart : from + count)));
        }
        return disjoint;
    }
}
