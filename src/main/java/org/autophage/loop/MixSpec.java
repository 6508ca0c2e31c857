package org.autophage.loop;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Objects;
import org.autophage.base.WrongValue;
import org.jspecify.annotations.Nullable;

/**
 * {@code loop.mix}: what the training sets of generations 2, 3, … are put together from.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MixSpec(
        @JsonPropertyDescription(
                        "Real samples of generation 1's that are in each training set, the same ones always: a number of at least 0 or a list")
                Counts fixedReal,
        @JsonPropertyDescription("Real samples that were never used before: a number of at least 0 or a list")
                Counts freshReal,
        @JsonPropertyDescription(
                        "Synthetic samples, drawn without replacement from the generations in memory: a number of at least 0, a list, or all of them")
                Counts synthetic,
        @JsonPropertyDescription(
                        "How many of the newest generations synthetic samples are drawn from, at least 1, or all")
                Memory memory,
        @JsonPropertyDescription(
                        "If given, a training set is so many samples, drawn without replacement from all of the above: a number of at least 0 or a list")
                @Nullable
                Counts subsample,
        @JsonPropertyDescription(
                        "The real samples' share of the total weight in training, in [0, 1]; or golden, which solves k w² + w = 1 for k synthetic samples a real one; left out, all samples weigh alike")
                @Nullable
                RealWeight weightReal,
        @JsonPropertyDescription(
                        "What the training of a generation starts from: scratch, also where it is left out, or fine-tune, the last generation's parameters")
                @Nullable
                Start train) {
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
            @JsonProperty("weightReal") @Nullable RealWeight weightReal,
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
        if (weightReal != null) {
            weightReal.check("loop.mix.weightReal");
        }
    }

    private static void finite(Counts counts, String key) {
        if (counts.isAll()) {
            throw WrongValue.of(
                    key, "all", "must be a whole number or a list of them; only loop.mix.synthetic can be all");
        }
    }
}
