package org.autophage.loop;

/**
 * What a run's loop is to do with every seed.
 *
 * @param spec which data each generation is trained on
 * @param bias the sampling bias λ in (0, 1]
 * @param measured how many samples the metrics look at, 0 where they need none; where that is more than {@code spec.synthetic()}, each model
 *     draws as many, and the later generations still get the first {@code spec.synthetic()} only
 */
public record LoopPlan(LoopSpec spec, double bias, int measured) {
    private static final int GRID_SAMPLES = 100;

    /** How many samples a report shows of each model. */
    int gridSamples() {
        return GRID_SAMPLES;
    }

    /** How many samples each model draws. */
    public int samplesPerGeneration() {
        return Math.max(spec.synthetic(), measured);
    }
}
