package org.autophage.loop;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.data.Dataset;

/**
 * The order in which a run uses up the real images of its dataset: generation 1 takes the first ones, fresh data the
 * next. It depends on the dataset's size and the seed of the run only, so arms that share a seed share their images, and
 * seeds differ in theirs.
 *
 * <ul>
 *   <li>A finite dataset, which may be sorted by class, is shuffled.
 *   <li>A dataset without end is used from an index of the seed's own on: seed s has the indices from (s mod 2²¹)·2³² to
 *       the next multiple of 2³², so that seeds never share an image, and every index is exact in a JSON number.
 * </ul>
 *
 * @param available real images of the dataset, or {@link Dataset#UNLIMITED}
 * @param seeds the seeds of the run; the order uses phase MIX of generation 0
 */
record RealOrder(long available, Seeds seeds) {
    private static final int RANGE_BITS = 32;
    private static final int SEED_BITS = 21;

    /** The dataset's indices of the images that are used first. */
    long[] first(long count) {
        long[] indices = new long[Math.toIntExact(count)];
        if (available == Dataset.UNLIMITED) {
            long start = (seeds.run() & ((1L << SEED_BITS) - 1)) << RANGE_BITS;
            for (int i = 0; i < indices.length; i++) {
                indices[i] = start + i;
            }
        } else {
            shuffleInto(indices);
        }
        return indices;
    }

    /** Fisher-Yates from the front, on a map of the places that were swapped: the order does not depend on the count. */
    private void shuffleInto(long[] indices) {
        SplittableRandom random = seeds.random(0, Phase.MIX, 0);
        Map<Long, Long> swapped = new HashMap<>();
        for (int i = 0; i < indices.length; i++) {
            long other = i + random.nextLong(available - i);
            long here = swapped.getOrDefault((long) i, (long) i);
            indices[i] = swapped.getOrDefault(other, other);
            swapped.put(other, here);
        }
    }
}
