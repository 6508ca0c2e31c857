package org.autophage.model;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.data.Shuffle;
import org.autophage.data.TrainingSet;
import org.autophage.model.ModelSpec.Optimization;

/**
 * Training that ends when a part of the training set, which no step sees, is learnt no better (Prechelt 1998, "Early stopping – but
 * when?"). The part is another one in every generation; the metrics' holdout takes no part in it.
 */
public record EarlyStopping(
        @JsonPropertyDescription(
                        "Share of each training set that is held out from it, in (0, 0.5]: the model learns from so many samples fewer")
                double share,
        @JsonPropertyDescription(
                        "Steps from one check to the next, at least 1: the loss of the moving average on what is held out, with the same noise every time; the last step is a check too")
                int every,
        @JsonPropertyDescription(
                        "Checks in a row without a new lowest loss after which training ends, at least 1; the model is that of the lowest loss in any case")
                int patience) {
    /** A tenth, looked at every 100 steps. */
    public static final EarlyStopping DEFAULTS = new EarlyStopping(0.1, 100, 3);

    public EarlyStopping {
        Checks.within("model.earlyStopping.share", share, Range.openClosed(0, 0.5));
        Checks.within("model.earlyStopping.every", every, Range.atLeast(1));
        Checks.within("model.earlyStopping.patience", patience, Range.atLeast(1));
    }

    /** The fewest samples of which some can be held out and some be learnt. */
    public static int fewestSamples() {
        return 2;
    }

    /**
     * What all checks of a training cost, in steps: of the three passes of a step (forward, and backward twice) a look at a batch takes
     * the first.
     *
     * @param samples of the training set
     */
    public double inSteps(Optimization optimization, long samples) {
        double checks = Math.ceil((double) optimization.steps() / every);
        return checks * Math.ceil(share * samples / optimization.batch()) / 3;
    }

    /**
     * A training set in two parts.
     *
     * @param learnt what is trained on
     * @param heldOut what the loss is looked at on
     */
    record Split(TrainingSet learnt, TrainingSet heldOut) {}

    /** How many of so many samples, at least 2, are held out: the share of them, but at least one. */
    int heldOutOf(int count) {
        return (int) Math.max(1, Math.round(share * count));
    }

    /**
     * Holds out samples at random; real and synthetic ones in the shares that there are of them, as far as whole numbers can.
     *
     * @param set of at least 2 samples
     */
    Split split(TrainingSet set, SplittableRandom random) {
        int count = set.samples().count();
        int heldOut = heldOutOf(count);
        int real = set.composition().fixedReal() + set.composition().freshReal();
        int[] order = IntStream.concat(
                        Arrays.stream(Shuffle.permutation(real, random)),
                        Arrays.stream(Shuffle.permutation(count - real, random)).map(i -> real + i))
                .toArray();
        boolean[] out = new boolean[count];
        for (int i = 0; i < heldOut; i++) {
            out[order[(int) ((2L * i + 1) * count / (2L * heldOut))]] = true;
        }
        return new Split(select(set, out, false), select(set, out, true));
    }

    private static TrainingSet select(TrainingSet set, boolean[] out, boolean which) {
        return set.select(
                IntStream.range(0, out.length).filter(i -> out[i] == which).toArray());
    }
}
