package org.autophage.model.gan;

import java.util.Arrays;
import org.autophage.data.Images;
import org.autophage.data.Origins;
import org.autophage.data.StrokesSpec;
import org.autophage.data.TrainingSet;
import org.autophage.model.ImageShape;
import org.autophage.model.SamplingSpec;
import org.autophage.model.gan.GanSpec.ArchitectureKind;
import org.jspecify.annotations.Nullable;

/** GANs small enough for tests, and glyphs to train them on. */
final class TinyGan {
    static final ImageShape SHAPE = new ImageShape(16, 1, 10);
    static final SamplingSpec SAMPLING = new SamplingSpec(1.0, null, null, 20);

    private TinyGan() {}

    static GanSpec spec(ArchitectureKind architecture, int steps) {
        return spec(architecture, steps, true, 2e-3, null, false, Augmentation.NONE);
    }

    static GanSpec spec(
            ArchitectureKind architecture,
            int steps,
            boolean conditional,
            double learningRate,
            @Nullable Double discriminatorLearningRate,
            boolean flips,
            Augmentation augmentation) {
        boolean style = architecture == ArchitectureKind.STYLEGAN2;
        return new GanSpec(
                architecture,
                conditional,
                4,
                8,
                8,
                style ? 2 : null,
                style ? 0.1 : null,
                steps,
                style ? 1 : 2,
                8,
                learningRate,
                discriminatorLearningRate,
                0.9,
                style ? 0.5 : null,
                style ? 4 : null,
                style ? null : 10.0,
                flips,
                augmentation);
    }

    static TrainingSet glyphs(int count) {
        long[] indices = new long[count];
        Arrays.setAll(indices, i -> i);
        Images images = new StrokesSpec(16, 10, 0).open().real(indices);
        return new TrainingSet(images, new Origins(new int[count], indices), new TrainingSet.Composition(count, 0, 0));
    }
}
