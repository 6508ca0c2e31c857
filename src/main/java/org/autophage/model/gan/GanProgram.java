package org.autophage.model.gan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.autophage.model.ImageShape;
import org.autophage.model.JointTraining.Watch;
import org.autophage.model.SamplingSpec;
import org.autophage.program.Device;
import org.autophage.program.Graph;
import org.autophage.program.Parameters;
import org.autophage.program.Program;
import org.autophage.program.SavedModule;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.run.TrainingCurve;

/** The program of a GAN's spec on a device, shared by the models of all generations. */
final class GanProgram {
    static final String DISCRIMINATOR_LOSS = "discriminatorLoss";

    /** Steps between points of the loss curve, at least. */
    private static final int CURVE_EVERY = 20;

    private final Device device;
    private final ImageShape shape;
    private final SamplingSpec sampling;
    private final Objective objective;
    private final int latent;
    private final Parameters generator = new Parameters();
    private final Parameters discriminator = new Parameters();
    private final List<Graph> samplingMethods;
    private final Program program;

    /**
     * @param shape what the networks see of the images' classes: only one where they are not told labels
     */
    GanProgram(Device device, GanSettings settings, ImageShape shape, SamplingSpec sampling) {
        this.device = device;
        this.shape = shape;
        this.sampling = sampling;
        this.objective = settings.objective();
        this.latent = settings.latent();
        Generator network = settings.generator(shape);
        GanMethods methods = new GanMethods(settings, shape, network);
        samplingMethods = new ArrayList<>(network.methods(generator));
        samplingMethods.add(methods.latents());
        samplingMethods.add(methods.toBytes());
        List<Graph> all = new ArrayList<>(samplingMethods);
        all.add(settings.discriminator(shape, discriminator));
        all.add(methods.generatorStep(generator));
        all.add(methods.discriminatorStep(discriminator, false));
        if (objective.penaltyWeight() > 0) {
            all.add(methods.discriminatorStep(discriminator, true));
        }
        program = new Program(device, all.toArray(Graph[]::new));
    }

    Device device() {
        return device;
    }

    ImageShape shape() {
        return shape;
    }

    SamplingSpec sampling() {
        return sampling;
    }

    /** Dimensions of a latent point. */
    int latent() {
        return latent;
    }

    Parameters generator() {
        return generator;
    }

    Parameters discriminator() {
        return discriminator;
    }

    List<Tensor> run(Scope scope, String method, Object... arguments) {
        return program.run(scope, method, arguments);
    }

    /**
     * Whether a step of the discriminator has the penalty.
     *
     * @param step counted from 0
     * @param last whether it is the training's last, whose point in the curve has the penalty too
     */
    boolean penalizes(int step, boolean last) {
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
        int every = (CURVE_EVERY + penaltyEvery - 1) / penaltyEvery * penaltyEvery;
        Function<TrainingCurve, Optional<String>> failure =
                objective instanceof NonSaturating ? DiscriminatorWon.every(every) : curve -> Optional.empty();
        return new Watch(figures, every, failure);
    }

    /** In the order of {@link #watch}, from what the two steps return. */
    static List<Tensor> figures(List<Tensor> ofGenerator, List<Tensor> ofDiscriminator) {
        List<Tensor> figures = new ArrayList<>(List.of(ofGenerator.get(0)));
        figures.addAll(ofDiscriminator.subList(2, ofDiscriminator.size()));
        figures.addAll(List.of(ofGenerator.get(1), ofDiscriminator.get(1)));
        return figures;
    }

    /**
     * The sampling methods with a generator's weights, as a file for {@code torch.jit.load}.
     *
     * @param weights flat
     */
    byte[] savedWith(float[] weights) {
        return shape.describe(SavedModule.of(samplingMethods)
                        .buffer("weights", weights)
                        .buffer("latent", new float[] {latent}))
                .bytes();
    }
}
