package org.autophage.model.diffusion;

import java.util.List;
import org.autophage.data.ImageShape;
import org.autophage.model.Precision;
import org.autophage.model.SamplingSpec;
import org.autophage.model.diffusion.DiffusionSpec.ParameterizationKind;

/** A diffusion model small enough for tests. */
final class TinyDiffusion {
    static final ImageShape SHAPE = new ImageShape(16, 1, 10);

    private TinyDiffusion() {}

    static DiffusionSpec spec(ParameterizationKind parameterization, int steps) {
        return spec(parameterization, steps, Precision.FLOAT32);
    }

    static DiffusionSpec spec(ParameterizationKind parameterization, int steps, Precision precision) {
        return new DiffusionSpec(
                        parameterization,
                        null,
                        null,
                        null,
                        true,
                        8,
                        List.of(1, 2),
                        1,
                        2,
                        steps,
                        8,
                        2e-3,
                        0.99,
                        0.1,
                        precision)
                .complete();
    }

    static SamplingSpec sampling(SamplerKind sampler, int steps, int chunk) {
        return new SamplingSpec(1.0, sampler, steps, chunk);
    }
}
