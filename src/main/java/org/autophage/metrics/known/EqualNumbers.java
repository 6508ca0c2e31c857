package org.autophage.metrics.known;

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
        return set.count() == count ? set : set.select(Shuffle.subset(count, set.count(), new SplittableRandom(SEED)));
    }
}
