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
 * @param samplings how often each model is sampled and measured, with other sampling seeds each, 1 or more; the first time is what
 *     the loop goes on with
 * @param labels which classes samples are asked to be of
 * @param kind of the samples
 */
public record LoopPlan(LoopSpec spec, double bias, int measured, int samplings, SampleLabels labels, SampleKind kind) {
    /** Samples of a picture with the same latents. */
    public static final int PICTURED = 100;

    /** Of images, of all classes alike, sampled once. */
    public LoopPlan(LoopSpec spec, double bias, int measured) {
        this(spec, bias, measured, 1, SampleLabels.BALANCED, SampleKind.IMAGES);
    }

    /** How many samples each model draws for the loop, which the first sampling seed gives. */
    public int samplesPerGeneration() {
        return Math.max(spec.synthetic(), measured);
    }

    /** How many samples each model draws with all sampling seeds. */
    public long drawsPerGeneration() {
        return samplesPerGeneration() + (samplings - 1L) * measured;
    }
}
