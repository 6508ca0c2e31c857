package org.autophage.metrics.classifier;

import java.util.Arrays;
import java.util.List;
import org.autophage.base.Work;
import org.autophage.data.Images;
import org.autophage.program.Device;
import org.autophage.program.Scope;

/**
 * A discriminator of images: tells real ones from a model's draws. It is no part of any model: the judge's layers, trained from scratch
 * on as many images of either.
 */
public final class RealOrDrawn implements AutoCloseable {
    private static final String NAME = "discriminator";

    /** Nothing that a network says is surer than this. */
    private static final double SUREST = 1e-9;

    private final Device device;
    private final ClassifierProgram program;
    private final Images like;

    private RealOrDrawn(Device device, ClassifierProgram program, Images like) {
        this.device = device;
        this.program = program;
        this.like = like;
    }

    /**
     * Gets ready; trains nothing.
     *
     * @param like gives height, width and channels
     */
    public static RealOrDrawn open(Device device, Images like) {
        Images two = labelled(like, 0);
        return new RealOrDrawn(device, new ClassifierProgram(device, SmallResNet.OF_VERIFIER, two), two);
    }

    private static Images labelled(Images images, int label) {
        int[] labels = new int[images.count()];
        Arrays.fill(labels, label);
        return new Images(images.height(), images.width(), images.channels(), 2, images.pixels(), labels);
    }

    /**
     * Trains a discriminator.
     *
     * @param seed of initial weights, order and shifts
     * @return flat weights for {@link #logRatio}
     * @throws org.autophage.base.AutophageException DIVERGED or INTERRUPTED as the training of any classifier
     */
    public float[] train(Images real, Images drawn, long seed, Work work) {
        ClassifierTraining usual = SmallResNet.OF_VERIFIER.training();
        Images fake = labelled(drawn, 0);
        Images both = fake.joined(List.of(fake, labelled(real, 1)));
        return new ClassifierTraining(usual.epochs(), usual.batch(), usual.learningRate(), usual.shift(), seed)
                .train(device, program, NAME, both, work);
    }

    /** ln of the odds that each image is real, which is ln p/g of a perfect discriminator. */
    public double[] logRatio(float[] weights, Images images) {
        if (!images.describeSize().equals(like.describeSize())) {
            throw new IllegalArgumentException(images.describeSize() + " instead of " + like.describeSize());
        }
        try (Scope scope = device.newScope()) {
            double[] probabilities = program.probabilities(scope.floats(weights, weights.length), images);
            double[] ratios = new double[images.count()];
            Arrays.setAll(
                    ratios,
                    i -> Math.log(Math.max(SUREST, probabilities[2 * i + 1]) / Math.max(SUREST, probabilities[2 * i])));
            return ratios;
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
