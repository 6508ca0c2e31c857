package org.autophage.model.diffusion;

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
import org.autophage.program.TrainingState;
import org.jspecify.annotations.Nullable;

/** Trains diffusion models of one spec. */
final class DiffusionFamily implements ModelFamily {
    private final DiffusionSpec spec;
    private final DiffusionProgram program;
    private final NetworkTraining training;

    DiffusionFamily(Device device, DiffusionSpec spec, ImageShape shape, SamplingSpec sampling) {
        this.spec = spec;
        this.program = new DiffusionProgram(device, spec, spec.conditional() ? shape : shape.unlabelled(), sampling);
        this.training = new NetworkTraining(
                device,
                new Optimization(spec.steps(), spec.batch()),
                LearningRate.cosine(spec.learningRate(), spec.steps()),
                "images");
    }

    @Override
    public GenerativeModel train(
            TrainingSet trainingSet, @Nullable GenerativeModel previous, Seeds seeds, int generation, Work work) {
        if (!(trainingSet.samples() instanceof Images images)) {
            throw new IllegalArgumentException("diffusion models learn images");
        }
        Trained trained = training.run(
                seed -> previous instanceof DiffusionModel model
                        ? model.parameters()
                        : program.parameters().initialize(seed),
                images.count(),
                scope -> step(scope, images, trainingSet.weights()),
                seeds,
                generation,
                work);
        return new DiffusionModel(program, trained.weights(), trained.curve());
    }

    DiffusionProgram program() {
        return program;
    }

    /** Puts a training set on the device and takes steps on it. */
    NetworkTraining.Step step(Scope scope, Images images, Weights weights) {
        Tensor pixels = images.onDevice(scope);
        Tensor labels = scope.longs(program.shape().labelsOf(images), images.count());
        Tensor imageWeights = scope.floats(weights.floats(images.count()), images.count());
        Tensor table = scope.floats(program.trainingLevels(), program.trainingLevels().length);
        return (call, state, learningRate, number, indices) -> program.run(
                call,
                "step",
                state.arguments(
                        learningRate,
                        TrainingState.averageWeight(spec.ema(), number),
                        pixels,
                        labels,
                        imageWeights,
                        indices,
                        table));
    }

    @Override
    public GenerativeModel load(Path folder) throws IOException {
        return DiffusionModel.load(program, folder);
    }
}
