package org.autophage.model.gan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Images;
import org.autophage.data.TrainingSet;
import org.autophage.data.Weights;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ImageShape;
import org.autophage.model.JointTraining;
import org.autophage.model.JointTraining.Network;
import org.autophage.model.JointTraining.Trained;
import org.autophage.model.ModelFamily;
import org.autophage.model.ModelSpec.Optimization;
import org.autophage.model.SamplingSpec;
import org.autophage.program.Device;
import org.autophage.program.LearningRate;
import org.autophage.program.Parameters;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.TrainingState;
import org.jspecify.annotations.Nullable;

/** Trains generators and discriminators of one spec against each other. */
final class GanFamily implements ModelFamily {
    /** One's images and scores are made with the other's newest parameters: nobody looks at a discriminator's average. */
    private static final double NEWEST_ONLY = 1;

    private final GanSettings settings;
    private final GanProgram program;
    private final JointTraining training;

    GanFamily(Device device, GanSettings settings, ImageShape shape, SamplingSpec sampling) {
        this.settings = settings;
        ImageShape seen = settings.conditional() ? shape : shape.unlabelled();
        this.program = new GanProgram(device, settings, seen, sampling);
        this.training = new JointTraining(
                device,
                new Optimization(settings.steps(), settings.batch() * settings.criticSteps()),
                LearningRate.cosine(settings.learningRate(), settings.steps()),
                "images",
                program.watch());
    }

    @Override
    public GenerativeModel train(
            TrainingSet trainingSet, @Nullable GenerativeModel previous, Seeds seeds, int generation, Work work) {
        if (!(trainingSet.samples() instanceof Images images)) {
            throw new IllegalArgumentException("GANs learn images");
        }
        GanModel before = previous instanceof GanModel model ? model : null;
        Trained trained = training.run(
                List.of(
                        new Network("generator", start(program.generator(), before, GanModel::generator)),
                        new Network("discriminator", start(program.discriminator(), before, GanModel::discriminator))),
                images.count(),
                scope -> new Match(scope, images, trainingSet.weights())::step,
                seeds,
                generation,
                work);
        List<float[]> weights = trained.weights();
        return new GanModel(program, weights.get(0), weights.get(1), trained.curve());
    }

    private static LongFunction<float[]> start(
            Parameters parameters, @Nullable GanModel before, Function<GanModel, float[]> weights) {
        return seed -> before == null ? parameters.initialize(seed) : weights.apply(before);
    }

    /** The two networks at play over a training set on the device. */
    private final class Match {
        private final Tensor pixels;
        private final Tensor labels;
        private final Tensor weights;
        private final Tensor template;

        Match(Scope scope, Images images, Weights each) {
            int count = images.count();
            pixels = images.onDevice(scope);
            labels = scope.longs(program.shape().labelsOf(images), count);
            weights = scope.floats(each.floats(count), count);
            template = scope.zeros(settings.batch(), program.latent());
        }

        /** Steps of the discriminator, and one of the generator. */
        List<Tensor> step(Scope call, List<TrainingState> states, double learningRate, int number, Tensor positions) {
            TrainingState generator = states.get(0);
            TrainingState discriminator = states.get(1);
            double discriminatorRate = learningRate * settings.discriminatorLearningRate() / settings.learningRate();
            boolean last = number + 1 == settings.steps();
            String method = program.penalizes(number, last) ? GanMethods.PENALIZED_STEP : GanMethods.DISCRIMINATOR_STEP;
            int batch = settings.batch();
            Tensor indices = template;
            List<Tensor> ofDiscriminator = List.of();
            for (int i = 0; i < settings.criticSteps(); i++) {
                indices = positions.slice((long) i * batch, (i + 1L) * batch);
                Object[] arguments = discriminator.arguments(
                        discriminatorRate,
                        NEWEST_ONLY,
                        generator.parameters(),
                        pixels,
                        labels,
                        weights,
                        indices,
                        template);
                ofDiscriminator = program.run(call, method, arguments);
            }
            List<Tensor> ofGenerator = program.run(
                    call,
                    GanMethods.GENERATOR_STEP,
                    generator.arguments(
                            learningRate,
                            TrainingState.averageWeight(settings.ema(), number),
                            discriminator.parameters(),
                            labels,
                            indices,
                            template));
            return GanProgram.figures(ofGenerator, ofDiscriminator);
        }
    }

    @Override
    public GenerativeModel load(Path folder) throws IOException {
        return GanModel.load(program, folder);
    }
}
