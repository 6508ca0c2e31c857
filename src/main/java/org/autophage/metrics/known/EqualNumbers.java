package org.autophage.metrics.known;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.autophage.data.Shuffle;
import org.autophage.metrics.features.Features;

/** Sets of which as many are looked at as another one has: of the larger one always the same ones, chosen at random. */
final class EqualNumbers {
    /** Which are left out. */
    private static final long SEED = 20_261;

    private EqualNumbers() {}

    /** So many rows of a set, in their order. */
    static Features of(Features set, int count) {
        if (set.count() == count) {
            return set;
        }
        int[] chosen = Arrays.copyOf(Shuffle.permutation(set.count(), new SplittableRandom(SEED)), count);
        Arrays.sort(chosen);
        return set.select(chosen);
    }
}
