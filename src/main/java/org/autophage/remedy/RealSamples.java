package org.autophage.remedy;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.PrimitiveIterator;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.autophage.base.AutophageException;
import org.autophage.base.Interruptible;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.data.Dataset;
import org.autophage.data.Samples;
import org.autophage.loop.RandomSubset;
import org.autophage.loop.Turn;

/** Real samples that remedies know beside the loop's: side information. Never those of the holdout, which no index leads to. */
final class RealSamples {
    private static final long SEED = 20_240_714;

    /** Candidates whose classes are looked at in one go. */
    private static final int BLOCK = 256;

    private RealSamples() {}

    /** How many a remedy knows that asks for so many. */
    static long known(long asked, long available) {
        return available == Dataset.UNLIMITED ? asked : Math.min(asked, available);
    }

    /** So many, or all there are; the same ones for all generations and seeds. */
    static Samples of(Dataset dataset, int count) {
        if (dataset.available() == Dataset.UNLIMITED) {
            return dataset.real(
                    LongStream.range(Dataset.ASIDE, Dataset.ASIDE + count).toArray());
        }
        int known = (int) known(count, dataset.available());
        SplittableRandom random = new Seeds(SEED).random(0, Phase.SELECT, 0);
        return dataset.real(RandomSubset.draw(known, dataset.available(), random));
    }

    /** So many independent draws from the dataset, others each generation. */
    static Samples fresh(Dataset dataset, int count, Turn turn, long stream) {
        return dataset.real(indices(dataset, turn, stream).limit(count).toArray());
    }

    /** Independent draws from the dataset, others each generation; to each sample one of its class. */
    static Samples freshLike(Dataset dataset, Samples samples, Turn turn, long stream) {
        if (!samples.shape().hasClasses()) {
            return fresh(dataset, samples.count(), turn, stream).labelledAs(samples);
        }
        TreeMap<Integer, Deque<Integer>> missing = new TreeMap<>();
        for (int i = 0; i < samples.count(); i++) {
            missing.computeIfAbsent(samples.labels()[i], label -> new ArrayDeque<>())
                    .add(i);
        }
        dataset.classCounts().ifPresent(counts -> missing.keySet().forEach(label -> requireSome(counts, label)));
        long[] chosen = new long[samples.count()];
        PrimitiveIterator.OfLong candidates = indices(dataset, turn, stream).iterator();
        while (!missing.isEmpty()) {
            Interruptible.proceed();
            long[] some = new long[BLOCK];
            Arrays.setAll(some, i -> candidates.nextLong());
            int[] labels = dataset.labels(some);
            for (int i = 0; i < BLOCK; i++) {
                Deque<Integer> waiting = missing.get(labels[i]);
                if (waiting != null) {
                    chosen[waiting.remove()] = some[i];
                    missing.values().removeIf(Deque::isEmpty);
                }
            }
        }
        return dataset.real(chosen).labelledAs(samples);
    }

    private static void requireSome(int[] counts, int label) {
        if (counts[label] == 0) {
            throw AutophageException.usage(
                    "models are asked for samples of class %d, of which the dataset has no real one: sampling.labels as-data asks for none of it"
                            .formatted(label));
        }
    }

    private static LongStream indices(Dataset dataset, Turn turn, long stream) {
        if (dataset.available() == Dataset.UNLIMITED) {
            long first = Dataset.ASIDE + (turn.stream(Phase.SELECT).of(stream) >>> 2);
            return LongStream.iterate(first, index -> index + 1);
        }
        SplittableRandom random = turn.stream(Phase.SELECT).random(stream);
        return LongStream.generate(() -> random.nextLong(dataset.available()));
    }
}
