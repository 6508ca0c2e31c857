package org.autophage.remedy;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.data.Dataset;
import org.autophage.data.Samples;
import org.autophage.loop.RandomSubset;
import org.autophage.loop.Turn;

/** Real samples that remedies know beside the loop's: side information. Never those of the holdout, which no index leads to. */
final class RealSamples {
    /** Of sources that never run out: none that a loop with a small seed uses. */
    private static final long FAR = 1L << 52;

    private static final long SEED = 20_240_714;

    private RealSamples() {}

    /** How many a remedy knows that asks for so many. */
    static long known(long asked, long available) {
        return available == Dataset.UNLIMITED ? asked : Math.min(asked, available);
    }

    /** So many, or all there are; the same ones for all generations and seeds. */
    static Samples of(Dataset dataset, int count) {
        if (dataset.available() == Dataset.UNLIMITED) {
            return dataset.real(LongStream.range(FAR, FAR + count).toArray());
        }
        int known = (int) known(count, dataset.available());
        SplittableRandom random = new Seeds(SEED).random(0, Phase.SELECT, 0);
        return dataset.real(RandomSubset.draw(known, dataset.available(), random));
    }

    /** So many independent draws from the dataset, others each generation. */
    static Samples fresh(Dataset dataset, int count, Turn turn, long stream) {
        if (dataset.available() == Dataset.UNLIMITED) {
            long first = FAR + (turn.stream(Phase.SELECT).of(stream) >>> 2);
            return dataset.real(LongStream.range(first, first + count).toArray());
        }
        SplittableRandom random = turn.stream(Phase.SELECT).random(stream);
        long[] indices = new long[count];
        Arrays.setAll(indices, i -> random.nextLong(dataset.available()));
        return dataset.real(indices);
    }
}
