package org.autophage.loop;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.autophage.base.AutophageException;
import org.jspecify.annotations.Nullable;

/**
 * {@code loop.mix}: what the training sets of generations 2, 3, … are put together from.
 *
 * @param fixedReal how many of generation 1's real images; the same ones always, from the first
 * @param freshReal how many real images that were never used before
 * @param synthetic how many synthetic images, drawn uniformly without replacement from the generations in memory, or all
 *     of them
 * @param memory how many of the newest generations synthetic images are drawn from
 * @param subsample if given, a training set is this many images drawn uniformly without replacement from all of the above
 * @param weightReal not available: all images weigh the same
 * @param train only {@code scratch}: every model is trained from scratch
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MixSpec(
        Counts fixedReal,
        Counts freshReal,
        Counts synthetic,
        Memory memory,
        @Nullable Counts subsample,
        @Nullable Double weightReal,
        @Nullable String train) {
    /** Fully synthetic: everything from the last generation. */
    public static final MixSpec DEFAULTS =
            new MixSpec(Counts.NONE, Counts.NONE, Counts.ALL, new Memory(1), null, null, null);

    public MixSpec {
        finite(fixedReal.check("loop.mix.fixedReal"), "loop.mix.fixedReal");
        finite(freshReal.check("loop.mix.freshReal"), "loop.mix.freshReal");
        synthetic.check("loop.mix.synthetic");
        memory.check("loop.mix.memory");
        if (subsample != null) {
            finite(subsample.check("loop.mix.subsample"), "loop.mix.subsample");
        }
        if (weightReal != null) {
            throw AutophageException.usage(
                    "loop.mix.weightReal is %s: this version weighs all images alike; leave the key out"
                            .formatted(weightReal));
        }
        if (train != null && !train.equals("scratch")) {
            throw AutophageException.usage(
                    "loop.mix.train is %s: this version trains every generation from scratch; write scratch or leave the key out"
                            .formatted(train));
        }
    }

    private static void finite(Counts counts, String key) {
        if (counts.isAll()) {
            throw AutophageException.usage(
                    "%s is all: must be a whole number or a list of them; only loop.mix.synthetic can be all"
                            .formatted(key));
        }
    }
}
