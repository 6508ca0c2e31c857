package org.autophage.model.diffusion;

import org.autophage.model.Precision;

/** The networks of the benchmarks. */
final class Networks {
    private Networks() {}

    /** What a spec describes that says nothing but the precision. */
    static DiffusionSpec of(Precision precision) {
        DiffusionSpec usual = DiffusionSpec.DEFAULTS.complete();
        return new DiffusionSpec(
                usual.parameterization(),
                usual.timesteps(),
                usual.noiseMean(),
                usual.noiseDeviation(),
                usual.conditional(),
                usual.channels(),
                usual.multipliers(),
                usual.blocks(),
                usual.patch(),
                usual.steps(),
                usual.batch(),
                usual.learningRate(),
                usual.ema(),
                usual.labelDropout(),
                precision);
    }
}
