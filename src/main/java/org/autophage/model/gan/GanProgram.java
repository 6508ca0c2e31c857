package org.autophage.model.gan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.autophage.data.ImageShape;
import org.autophage.model.ImageProgram;
import org.autophage.model.NetworkTraining.Step;
import org.autophage.model.NetworkTraining.Watch;
import org.autophage.program.Device;
import org.autophage.program.Graph;
import org.autophage.program.Parameters;
import org.autophage.program.SafeTensors.FloatArray;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.TrainingState;
import org.autophage.program.TrainingStep;
import org.autophage.run.TrainingCurve;
import org.jspecify.annotations.Nullable;

/**
 * The program of a GAN's spec on a device. A model's weights are the generator's flat buffer, stylegan2's means w̄ in it: to
 * first order the mean of w goes along a line with the mapping network's weights, and both are averages over the same steps.
 * The discriminator is no part of them. No sample depends on it, and one that was fine-tuned tells other images from generated
 * ones than before, so that its way there has no meaning for a way back.
 */
final class GanProgram extends ImageProgram {
    static final String DISCRIMINATOR_LOSS = "discriminatorLoss";

    /** Steps between points of the loss curve, at least. */
    private static final int CURVE_EVERY = 20;

    /** One's images and scores are made with the other's newest parameters: nobody looks at a discriminator's average. */
    private static final double NEWEST_ONLY = 1;

    private final GanSettings settings;
    private final Objective objective;
    private final Parameters discriminator;

    GanProgram(Device device, GanSettings settings, ImageShape shape, int chunk) {
        this(device, settings, shape, chunk, settings.generator(shape), new Parameters(), new Parameters());
    }

    private GanProgram(
            Device device,
            GanSettings settings,
            ImageShape shape,
            int chunk,
            Generator network,
            Parameters generator,
            Parameters discriminator) {
        super(
                device,
                shape,
                chunk,
                inOrder(generator, discriminator),
                drawing(network, generator, new GanMethods(settings, shape, network)),
                training(settings, shape, generator, discriminator, new GanMethods(settings, shape, network)));
        this.settings = settings;
        this.objective = settings.objective();
        this.discriminator = discriminator;
    }

    private static Map<String, Parameters> inOrder(Parameters generator, Parameters discriminator) {
        Map<String, Parameters> networks = new LinkedHashMap<>();
        networks.put("generator", generator);
        networks.put("discriminator", discriminator);
        return networks;
    }

    private static List<Graph> drawing(Generator network, Parameters parameters, GanMethods methods) {
        return Stream.concat(network.methods(parameters).stream(), Stream.of(methods.latents(), methods.toBytes()))
                .toList();
    }

    private static List<Graph> training(
            GanSettings settings,
            ImageShape shape,
            Parameters generator,
            Parameters discriminator,
            GanMethods methods) {
        List<Graph> all = new ArrayList<>();
        all.add(settings.discriminator(shape, discriminator));
        for (boolean changes : settings.ada() == null ? new boolean[] {true} : new boolean[] {true, false}) {
            all.add(methods.generatorStep(generator, changes));
            all.add(methods.discriminatorStep(discriminator, false, changes));
            if (settings.objective().penaltyWeight() > 0) {
                all.add(methods.discriminatorStep(discriminator, true, changes));
            }
        }
        return all;
    }

    /** Dimensions of a latent point. */
    int latent() {
        return settings.latent();
    }

    Parameters discriminator() {
        return discriminator;
    }

    /**
     * Whether a step of the discriminator has the penalty.
     *
     * @param step counted from 0; the training's last has it too, whose point is in the curve
     */
    private boolean penalizes(int step) {
        boolean last = step + 1 == settings.steps();
        return objective.penaltyWeight() > 0 && ((step + 1) % objective.penaltyEvery() == 0 || last);
    }

    /** What is told of a training: losses, scores and gradients of both networks, at steps that have the penalty. */
    Watch watch() {
        List<String> figures = new ArrayList<>(List.of("generatorLoss", DISCRIMINATOR_LOSS, "realScore", "fakeScore"));
        int penaltyEvery = 1;
        if (objective.penaltyWeight() > 0) {
            figures.add(objective.penaltyName());
            penaltyEvery = objective.penaltyEvery();
        }
        figures.addAll(List.of("generatorGradientNorm", "discriminatorGradientNorm"));
        if (settings.ada() != null) {
            figures.addAll(List.of("realScoreSign", "augmentationProbability"));
        }
        int every = (CURVE_EVERY + penaltyEvery - 1) / penaltyEvery * penaltyEvery;
        Function<TrainingCurve, Optional<String>> failure =
                objective instanceof NonSaturating ? DiscriminatorWon.every(every) : curve -> Optional.empty();
        return new Watch(figures, every, failure);
    }

    /** In the order of {@link #watch}, from what the two steps return besides what only adaptive augmentation looks at. */
    static List<Tensor> figures(List<Tensor> ofGenerator, List<Tensor> ofDiscriminator) {
        TrainingStep.Taken generator = TrainingStep.Taken.of(ofGenerator);
        TrainingStep.Taken discriminator = TrainingStep.Taken.of(ofDiscriminator);
        List<Tensor> figures = new ArrayList<>(List.of(generator.loss()));
        figures.addAll(discriminator.figures());
        figures.addAll(List.of(generator.gradientNorm(), discriminator.gradientNorm()));
        return figures;
    }

    @Override
    protected Step steps(Scope scope, Batches images) {
        return new Steps(scope, images);
    }

    /** Steps of the discriminator, and one of the generator. */
    private final class Steps implements Step {
        private final Batches images;
        private final Tensor template;
        private final @Nullable AugmentationControl augmentation;

        Steps(Scope scope, Batches images) {
            this.images = images;
            this.template = scope.zeros(settings.batch(), latent());
            AdaptiveAugmentation rule = settings.ada();
            this.augmentation = rule == null ? null : new AugmentationControl(rule, settings.batch(), scope);
        }

        @Override
        public List<Tensor> take(
                Scope call, List<TrainingState> states, double learningRate, int number, Tensor positions) {
            TrainingState generator = states.get(0);
            TrainingState discriminator = states.get(1);
            double discriminatorRate = learningRate * settings.discriminatorLearningRate() / settings.learningRate();
            String method = penalizes(number) ? GanMethods.PENALIZED_STEP : GanMethods.DISCRIMINATOR_STEP;
            int batch = settings.batch();
            Tensor indices = positions;
            List<Tensor> ofDiscriminator = List.of();
            for (int i = 0; i < settings.criticSteps(); i++) {
                indices = positions.slice((long) i * batch, (i + 1L) * batch);
                ofDiscriminator = seen(run(
                        call,
                        changing(method),
                        discriminator.arguments(
                                discriminatorRate,
                                NEWEST_ONLY,
                                withProbability(
                                        generator.parameters(),
                                        images.pixels(),
                                        images.labels(),
                                        images.weights(),
                                        indices,
                                        template))));
            }
            List<Tensor> ofGenerator = run(
                    call,
                    changing(GanMethods.GENERATOR_STEP),
                    generator.arguments(
                            learningRate,
                            TrainingState.averageWeight(settings.ema(), number),
                            withProbability(discriminator.parameters(), images.labels(), indices, template)));
            return figures(ofGenerator, ofDiscriminator);
        }

        /** Whether there is nothing to change: then no coin is tossed, and a step is one without augmentation to the bit. */
        private boolean isUnchanged() {
            return augmentation != null && augmentation.probability() == 0;
        }

        private String changing(String method) {
            return isUnchanged() ? method + GanMethods.UNCHANGED : method;
        }

        private Object[] withProbability(Object... arguments) {
            if (augmentation == null || isUnchanged()) {
                return arguments;
            }
            Object[] all = Arrays.copyOf(arguments, arguments.length + 1);
            all[arguments.length] = augmentation.probability();
            return all;
        }

        /** What a step of the discriminator returned, but for what adaptive augmentation looks at. */
        private List<Tensor> seen(List<Tensor> ofDiscriminator) {
            if (augmentation == null) {
                return ofDiscriminator;
            }
            int last = ofDiscriminator.size() - 1;
            augmentation.saw(ofDiscriminator.get(last));
            return ofDiscriminator.subList(0, last);
        }

        @Override
        public double[] also(List<TrainingState> states, int step) {
            return augmentation == null
                    ? new double[0]
                    : new double[] {augmentation.sign(), augmentation.probability()};
        }

        @Override
        public Map<String, FloatArray> arrays() {
            return augmentation == null ? Map.of() : augmentation.arrays();
        }

        @Override
        public void restore(Map<String, FloatArray> checkpoint) {
            if (augmentation != null) {
                augmentation.restore(checkpoint);
            }
        }
    }

    @Override
    protected byte[] draw(Scope call, Tensor flat, long[] asked, double bias) {
        Tensor labels = call.longs(asked, asked.length);
        Tensor template = call.zeros(asked.length, latent());
        Tensor latents = run(call, "latents", template).get(0);
        Tensor images = bias == 1
                ? run(call, "generate", flat, latents, labels).get(0)
                : run(call, "generate_biased", flat, latents, labels, bias).get(0);
        return run(call, "to_bytes", images).get(0).toBytes();
    }

    @Override
    protected Map<String, float[]> buffers() {
        return Map.of("latent", new float[] {latent()});
    }
}
