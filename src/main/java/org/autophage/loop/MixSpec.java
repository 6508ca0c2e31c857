package org.autophage.loop;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
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
 * @param weightReal share of the total weight that the real images have, in [0, 1]; without it all images weigh alike
 * @param train what the training of a generation starts from; without it, scratch
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MixSpec(
        Counts fixedReal,
        Counts freshReal,
        Counts synthetic,
        Memory memory,
        @Nullable Counts subsample,
        @Nullable Double weightReal,
        @Nullable Start train) {
    /** Fully synthetic: everything from the last generation. */
    public static final MixSpec DEFAULTS =
            new MixSpec(Counts.NONE, Counts.NONE, Counts.ALL, new Memory(1), null, null, null);

    /** Reads what a spec says, which may leave keys out where {@code loop.kind} is another one: that is said later. */
    @JsonCreator
    static MixSpec read(
            @JsonProperty("fixedReal") @Nullable Counts fixedReal,
            @JsonProperty("freshReal") @Nullable Counts freshReal,
            @JsonProperty("synthetic") @Nullable Counts synthetic,
            @JsonProperty("memory") @Nullable Memory memory,
            @JsonProperty("subsample") @Nullable Counts subsample,
            @JsonProperty("weightReal") @Nullable Double weightReal,
            @JsonProperty("train") @Nullable Start train) {
        return new MixSpec(
                Objects.requireNonNullElse(fixedReal, DEFAULTS.fixedReal),
                Objects.requireNonNullElse(freshReal, DEFAULTS.freshReal),
                Objects.requireNonNullElse(synthetic, DEFAULTS.synthetic),
                Objects.requireNonNullElse(memory, DEFAULTS.memory),
                subsample,
                weightReal,
                train);
    }

    public MixSpec {
        finite(fixedReal.check("loop.mix.fixedReal"), "loop.mix.fixedReal");
        finite(freshReal.check("loop.mix.freshReal"), "loop.mix.freshReal");
        synthetic.check("loop.mix.synthetic");
        memory.check("loop.mix.memory");
        if (subsample != null) {
            finite(subsample.check("loop.mix.subsample"), "loop.mix.subsample");
        }
        if (weightReal != null && !(weightReal >= 0 && weightReal <= 1)) {
            throw AutophageException.usage(
                    "loop.mix.weightReal is %s: must be in [0, 1], the real images' share of the total weight"
                            .formatted(weightReal));
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
