package org.autophage.model.vae;

import java.io.IOException;
import java.nio.file.Path;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Images;
import org.autophage.data.TrainingSet;
import org.autophage.data.Weights;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ImageShape;
import org.autophage.model.ModelFamily;
import org.autophage.model.ModelSpec.Optimization;
import org.autophage.model.NetworkTraining;
import org.autophage.model.NetworkTraining.Trained;
import org.autophage.model.SamplingSpec;
import org.autophage.program.Device;
import org.autophage.program.LearningRate;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.jspecify.annotations.Nullable;

/** Trains variational autoencoders of one spec. */
final class VaeFamily implements ModelFamily {
    private final VaeSpec spec;
    private final VaeProgram program;
    private final NetworkTraining training;

    VaeFamily(Device device, VaeSpec spec, ImageShape shape, SamplingSpec sampling) {
        this.spec = spec;
        this.program = new VaeProgram(device, spec, spec.conditional() ? shape : shape.unlabelled(), sampling);
        this.training = new NetworkTraining(
                device,
                new Optimization(spec.steps(), spec.batch()),
                LearningRate.constant(spec.learningRate()),
                "images");
    }

    @Override
    public GenerativeModel train(
            TrainingSet trainingSet, @Nullable GenerativeModel previous, Seeds seeds, int generation, Work work) {
        if (!(trainingSet.samples() instanceof Images images)) {
            throw new IllegalArgumentException("variational autoencoders learn images");
        }
        Trained trained = training.run(
                seed -> previous instanceof VaeModel model
                        ? model.parameters()
                        : program.parameters().initialize(seed),
                images.count(),
                scope -> step(scope, images, trainingSet.weights()),
                seeds,
                generation,
                work);
        return new VaeModel(program, trained.weights(), trained.curve());
    }

    private NetworkTraining.Step step(Scope scope, Images images, Weights weights) {
        Tensor pixels = images.onDevice(scope);
        Tensor labels = scope.longs(program.shape().labelsOf(images), images.count());
        Tensor imageWeights = scope.floats(weights.floats(images.count()), images.count());
        return (call, state, learningRate, number, indices) -> program.run(
                call, "step", state.arguments(learningRate, 1 - spec.ema(), pixels, labels, imageWeights, indices));
    }

    @Override
    public GenerativeModel load(Path folder) throws IOException {
        return VaeModel.load(program, folder);
    }
}
