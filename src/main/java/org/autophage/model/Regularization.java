package org.autophage.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.program.Functional;
import org.autophage.program.TrainingStep;
import org.autophage.program.Value;
import org.jspecify.annotations.Nullable;

/** What is done against learning the training set by heart. A key that is left out costs nothing. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Regularization(
        @JsonPropertyDescription(
                        "Decoupled weight decay (AdamW, arXiv 1711.05101), in (0, 1000]: before each step all parameters are multiplied by 1 - learning rate times this")
                @Nullable
                Double weightDecay,
        @JsonPropertyDescription(
                        "Weight of the sum of the parameters' absolute values beside the loss, in (0, 1000]; the training curve shows the loss without it")
                @Nullable
                Double l1,
        @JsonPropertyDescription("Whether half of the training images are mirrored, left to right") @Nullable
                Boolean flips,
        @JsonPropertyDescription(
                        "Deviation of noise that is added to training images, which reach from -1 to 1, in (0, 10]; new in every step")
                @Nullable
                Double jitter,
        @JsonPropertyDescription(
                        "Share of hidden units that each training step zeroes at random, the others scaled by 1/(1 - share), in [0, 1); before the second convolution of the U-Net's residual blocks, and never when one samples. Only diffusion models have it")
                @Nullable
                Double dropout) {
    /** Nothing of it. */
    public static final Regularization DEFAULTS = new Regularization(null, null, null, null, null);

    private static final double HEAVIEST = 1000;
    private static final double WIDEST = 10;

    /** Without dropout. */
    public Regularization(
            @Nullable Double weightDecay, @Nullable Double l1, @Nullable Boolean flips, @Nullable Double jitter) {
        this(weightDecay, l1, flips, jitter, null);
    }

    public Regularization {
        Range weight = Range.openClosed(0, HEAVIEST).orNone();
        Checks.within("model.regularization.weightDecay", weightDecay, weight);
        Checks.within("model.regularization.l1", l1, weight);
        Checks.within(
                "model.regularization.jitter",
                jitter,
                Range.openClosed(0, WIDEST).orNone());
        Checks.within("model.regularization.dropout", dropout, Range.closedOpen(0, 1));
    }

    /** A section that was left out. */
    public static Regularization orNone(@Nullable Regularization given) {
        return given == null ? DEFAULTS : given;
    }

    /** Share of hidden units that training zeroes; 0 for none. */
    public double dropped() {
        return dropout == null ? 0 : dropout;
    }

    /** Tells a step, before it minimizes, what is done to parameters. */
    public void tell(TrainingStep step) {
        step.regularize(weightDecay == null ? 0 : weightDecay, l1 == null ? 0 : l1);
    }

    /** Training images as a step sees them; planes (N, C, H, W) in [−1, 1], beyond which jitter may lead. */
    public Value augmented(Value planes) {
        Value seen = flips != null && flips ? halfMirrored(planes) : planes;
        return jitter == null ? seen : seen.plus(seen.noise().times(jitter));
    }

    /** Planes (N, C, H, W), of which half, at random, are mirrored. */
    public static Value halfMirrored(Value planes) {
        Value coin = planes.slice(1, 0, 1).slice(2, 0, 1).slice(3, 0, 1).uniformNoise();
        return Functional.where(Functional.lessThan(coin, 0.5), planes.flip(3), planes);
    }
}
