package org.autophage.model.diffusion;

import java.util.Arrays;
import java.util.List;
import org.autophage.data.Images;
import org.autophage.data.Origins;
import org.autophage.data.StrokesSpec;
import org.autophage.data.TrainingSet;
import org.autophage.model.ImageShape;
import org.autophage.model.Precision;
import org.autophage.model.SamplingSpec;
import org.autophage.model.SamplingSpec.Sampler;
import org.autophage.model.diffusion.DiffusionSpec.ParameterizationKind;

/** A diffusion model small enough for tests, and glyphs to train it on. */
final class TinyDiffusion {
    static final ImageShape SHAPE = new ImageShape(16, 1, 10);

    private TinyDiffusion() {}

    static DiffusionSpec spec(ParameterizationKind parameterization, int steps) {
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
                        Precision.FLOAT32)
                .complete();
    }

    static SamplingSpec sampling(Sampler sampler, int steps, int chunk) {
        return new SamplingSpec(1.0, sampler, steps, chunk);
    }

    static TrainingSet glyphs(int count) {
        long[] indices = new long[count];
        Arrays.setAll(indices, i -> i);
        Images images = new StrokesSpec(16, 10, 0).open().real(indices);
        return new TrainingSet(images, new Origins(new int[count], indices), new TrainingSet.Composition(count, 0, 0));
    }
}
