package org.autophage.loop;

import org.autophage.model.SampleLabels;

/**
 * What a run's loop is to do with every seed.
 *
 * @param spec which data each generation is trained on
 * @param bias the sampling bias λ in (0, 1]
 * @param measured how many samples the metrics look at, 0 where they need none; where that is more than
 *     {@code spec.synthetic()}, each model draws as many, and the later generations still get the first
 *     {@code spec.synthetic()} only
 * @param labels which classes samples are asked to be of
 * @param picture what a report shows of each generation
 */
public record LoopPlan(LoopSpec spec, double bias, int measured, SampleLabels labels, Picture picture) {
    /** Samples of a picture with the same latents. */
    public static final int PICTURED = 100;

    /** What a report shows of a generation. */
    public enum Picture {
        /** A hundred samples with the same latents and labels in every generation, so that what differs is the model. */
        SAME_LATENTS,
        /** The generation's own samples, for a cloud of points in which no point is worth comparing. */
        OWN_SAMPLES
    }

    /** Of images, of all classes alike. */
    public LoopPlan(LoopSpec spec, double bias, int measured) {
        this(spec, bias, measured, SampleLabels.BALANCED, Picture.SAME_LATENTS);
    }

    /** How many samples each model draws. */
    public int samplesPerGeneration() {
        return Math.max(spec.synthetic(), measured);
    }
}
