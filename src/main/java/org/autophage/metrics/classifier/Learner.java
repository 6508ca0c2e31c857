package org.autophage.metrics.classifier;

import java.util.List;
import java.util.Objects;
import org.autophage.data.Images;
import org.autophage.metrics.features.Features;
import org.autophage.program.Device;
import org.autophage.program.Scope;
import org.jspecify.annotations.Nullable;

/** A network that {@link Learners} trained; usable until they are closed. */
public final class Learner {
    private final Device device;
    private final ClassifierProgram program;
    private final float[] weights;

    Learner(Device device, ClassifierProgram program, float[] weights) {
        this.device = device;
        this.program = program;
        this.weights = weights;
    }

    /**
     * How often it is right.
     *
     * @param ofAll share of images of which it names the class
     * @param ofWorstClass the same of the class that it names least often, of those that there are images of
     */
    public record Accuracy(double ofAll, double ofWorstClass) {}

    /** How often it is right on images. */
    public Accuracy accuracy(Images images) {
        try (Scope scope = device.newScope()) {
            int[] answers =
                    program.infer(scope.floats(weights, weights.length), images).labels();
            List<@Nullable Double> byClass = ClassifierCard.classAccuracy(answers, images);
            double worst = byClass.stream()
                    .filter(Objects::nonNull)
                    .mapToDouble(Double::doubleValue)
                    .min()
                    .orElseThrow();
            return new Accuracy(Judge.agreement(answers, images.labels()), worst);
        }
    }

    /** Share of images of which it names the class after an attack on it that knows its weights. */
    public double accuracyUnder(Attack attack, Images images) {
        try (Scope scope = device.newScope()) {
            int[] answers = program.underAttack(scope.floats(weights, weights.length), images, attack);
            return Judge.agreement(answers, images.labels());
        }
    }

    /**
     * How often a linear map of what it sees in images is right: a linear probe, fitted on its activations before the last layer
     * by {@link SoftmaxProbe}. Its own weights stay as they are.
     *
     * @param told real images with their labels
     * @param tested others
     * @return share of the others of which the probe names the class
     */
    public double probed(Images told, Images tested) {
        return SoftmaxProbe.fit(features(told), told.labels(), told.classes())
                .accuracy(features(tested), tested.labels());
    }

    private Features features(Images images) {
        try (Scope scope = device.newScope()) {
            ClassifierProgram.Answers answers = program.infer(scope.floats(weights, weights.length), images);
            return Features.ofRows(answers.features().length / images.count(), answers.features());
        }
    }
}
