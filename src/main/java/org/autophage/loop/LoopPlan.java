package org.autophage.loop;

import org.autophage.data.SampleKind;
import org.autophage.data.SampleLabels;

/**
 * What a run's loop is to do with every seed.
 *
 * @param spec which data each generation is trained on
 * @param bias the sampling bias λ in (0, 1]
 * @param measured how many samples the metrics look at, 0 where they need none; where that is more than
 *     {@code spec.synthetic()}, each model draws as many, and the later generations still get the first
 *     {@code spec.synthetic()} only
 * @param labels which classes samples are asked to be of
 * @param kind of the samples
 */
public record LoopPlan(LoopSpec spec, double bias, int measured, SampleLabels labels, SampleKind kind) {
    /** Samples of a picture with the same latents. */
    public static final int PICTURED = 100;

    /** Of images, of all classes alike. */
    public LoopPlan(LoopSpec spec, double bias, int measured) {
        this(spec, bias, measured, SampleLabels.BALANCED, SampleKind.IMAGES);
    }

    /** How many samples each model draws. */
    public int samplesPerGeneration() {
        return Math.max(spec.synthetic(), measured);
    }
}
