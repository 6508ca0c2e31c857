package org.autophage.metrics.classifier;

import java.util.List;
import java.util.Objects;
import org.autophage.data.Images;
import org.autophage.program.Device;
import org.autophage.program.Scope;
import org.jspecify.annotations.Nullable;

/** A classifier that {@link Learners} trained; usable until they are closed. */
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
}
