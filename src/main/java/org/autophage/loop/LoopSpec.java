package org.autophage.loop;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Objects;
import org.autophage.base.AutophageException;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.base.WrongValue;
import org.autophage.data.Dataset;
import org.jspecify.annotations.Nullable;

/**
 * The {@code loop} of a spec: which data each generation is trained on.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LoopSpec(
        @JsonPropertyDescription(
                        "fully-synthetic (samples alone), synthetic-augmentation (and the same real ones), fresh-data (and new real ones), accumulate (all so far), accumulate-subsample (a part of all so far) or mix (any counts)")
                LoopKind kind,
        @JsonPropertyDescription("How many generations there are in all, 1 to 1000000") int generations,
        @JsonPropertyDescription("n_ini: real samples that generation 1 is trained on, at least 1, whatever the kind")
                int initial,
        @JsonPropertyDescription("n_s: samples that each model gives to later generations, at least 0") int synthetic,
        @JsonPropertyDescription(
                        "n_r: real samples in the training set of each later generation, at least 0; of synthetic-augmentation the first of generation 1's, so at most loop.initial")
                @Nullable
                Integer real,
        @JsonPropertyDescription(
                        "K: how many of the newest generations synthetic samples are drawn from, at least 1, or all")
                @Nullable
                Memory memory,
        @JsonPropertyDescription("What training sets are put together from; of kind mix only") @Nullable MixSpec mix) {
    /** All of them are looked at before a run. */
    private static final int MOST_GENERATIONS = 1_000_000;

    /** What holds where a spec says nothing. */
    public static final LoopSpec DEFAULTS = defaults(LoopKind.FULLY_SYNTHETIC);

    /** What holds for a kind where a spec says nothing. */
    public static LoopSpec defaults(LoopKind kind) {
        return switch (kind) {
            case FULLY_SYNTHETIC -> fullySynthetic(5, 10_000, 10_000);
            case SYNTHETIC_AUGMENTATION -> syntheticAugmentation(5, 10_000, 10_000, 10_000);
            case FRESH_DATA -> freshData(5, 2_000, 2_000, 2_000);
            case ACCUMULATE -> accumulate(5, 10_000, 10_000);
            case ACCUMULATE_SUBSAMPLE -> accumulateSubsample(5, 10_000, 10_000);
            case MIX -> mixed(5, 10_000, 10_000, MixSpec.DEFAULTS);
        };
    }

    /** Every generation is trained on samples of the last one alone. */
    public static LoopSpec fullySynthetic(int generations, int initial, int synthetic) {
        return new LoopSpec(LoopKind.FULLY_SYNTHETIC, generations, initial, synthetic, null, new Memory(1), null);
    }

    /** Every generation is trained on samples of the last one and on the first {@code real} images of generation 1. */
    public static LoopSpec syntheticAugmentation(int generations, int initial, int synthetic, int real) {
        return new LoopSpec(
                LoopKind.SYNTHETIC_AUGMENTATION, generations, initial, synthetic, real, new Memory(1), null);
    }

    /** Every generation is trained on samples of the last one and on {@code real} real images never used before. */
    public static LoopSpec freshData(int generations, int initial, int synthetic, int real) {
        return new LoopSpec(LoopKind.FRESH_DATA, generations, initial, synthetic, real, new Memory(1), null);
    }

    /** Every generation is trained on generation 1's images and on the samples of all generations. */
    public static LoopSpec accumulate(int generations, int initial, int synthetic) {
        return new LoopSpec(LoopKind.ACCUMULATE, generations, initial, synthetic, null, null, null);
    }

    /** The same, of which each generation sees a random part, as large as generation 1's set. */
    public static LoopSpec accumulateSubsample(int generations, int initial, int synthetic) {
        return new LoopSpec(LoopKind.ACCUMULATE_SUBSAMPLE, generations, initial, synthetic, null, null, null);
    }

    /** Training sets as {@code mix} puts them together. */
    public static LoopSpec mixed(int generations, int initial, int synthetic, MixSpec mix) {
        return new LoopSpec(LoopKind.MIX, generations, initial, synthetic, null, null, mix);
    }

    /** The same loop, whose synthetic images come from more of the newest generations. */
    public LoopSpec within(Memory newest) {
        return new LoopSpec(kind, generations, initial, synthetic, real, newest, mix);
    }

    public LoopSpec {
        Checks.within("loop.generations", generations, Range.wholeFrom(1, MOST_GENERATIONS));
        Checks.within("loop.initial", initial, Range.atLeast(1));
        Checks.within("loop.synthetic", synthetic, Range.atLeast(0));
        boolean takesReal = kind == LoopKind.SYNTHETIC_AUGMENTATION || kind == LoopKind.FRESH_DATA;
        boolean takesMemory = takesReal || kind == LoopKind.FULLY_SYNTHETIC;
        belongs(takesReal, kind, "loop.real", real, "of synthetic-augmentation and fresh-data");
        belongs(
                takesMemory,
                kind,
                "loop.memory",
                memory == null ? null : memory.specValue(),
                "of fully-synthetic, synthetic-augmentation and fresh-data (of mix it is loop.mix.memory)");
        belongs(kind == LoopKind.MIX, kind, "loop.mix", mix == null ? null : "given", "of mix");
        Checks.within("loop.real", real, Range.atLeast(0));
        if (memory != null) {
            memory.check("loop.memory");
        }
        if (kind == LoopKind.SYNTHETIC_AUGMENTATION && real != null && real > initial) {
            throw WrongValue.of(
                    "loop.real",
                    real,
                    "synthetic augmentation repeats images of generation 1, so at most loop.initial = %d"
                            .formatted(initial));
        }
    }

    /** Refuses a key that is missing though the kind has it, or there though the kind has not. */
    private static void belongs(boolean taken, LoopKind kind, String key, @Nullable Object value, String owners) {
        if (!taken) {
            Checks.leftOut(key, value, "loop.kind is %s, and the key is only %s".formatted(kind.specName(), owners));
        } else if (value == null) {
            throw new WrongValue(key, "is missing: a loop of kind %s needs it".formatted(kind.specName()));
        }
    }

    /** The loop as a point of the algebra: the table of named loops. */
    public DataMix dataMix() {
        Counts none = Counts.NONE;
        Counts first = Counts.of(initial);
        Counts kept = Counts.of(real == null ? 0 : real);
        Counts made = Counts.of(synthetic);
        Memory last = memory == null ? Memory.ALL : memory;
        return switch (kind) {
            // columns: fixed real, fresh real, synthetic, memory, subsample, weight of real images
            case FULLY_SYNTHETIC -> point(none, none, made, last, null, null);
            case SYNTHETIC_AUGMENTATION -> point(kept, none, made, last, null, null);
            case FRESH_DATA -> point(none, kept, made, last, null, null);
            case ACCUMULATE -> point(first, none, Counts.ALL, Memory.ALL, null, null);
            case ACCUMULATE_SUBSAMPLE -> point(first, none, Counts.ALL, Memory.ALL, made, null);
            case MIX -> point(Objects.requireNonNull(mix));
        };
    }

    private DataMix point(MixSpec given) {
        return point(
                given.fixedReal(),
                given.freshReal(),
                given.synthetic(),
                given.memory(),
                given.subsample(),
                given.weightReal());
    }

    private DataMix point(
            Counts fixedReal,
            Counts freshReal,
            Counts drawn,
            Memory from,
            @Nullable Counts subsample,
            @Nullable RealWeight weightReal) {
        return new DataMix(initial, synthetic, fixedReal, freshReal, drawn, from, subsample, weightReal);
    }

    /** What the training of generations t ≥ 2 starts from: scratch, unless a mix says otherwise. */
    public Start start() {
        return mix == null || mix.train() == null ? Start.SCRATCH : mix.train();
    }

    /**
     * Looks before any work starts whether every generation has images to train on, and the dataset has them.
     *
     * @throws AutophageException with USAGE, naming the key, the numbers and what would be right
     */
    public void check(Dataset dataset) {
        new LoopCheck(this, dataMix()).check(dataset);
    }
}
