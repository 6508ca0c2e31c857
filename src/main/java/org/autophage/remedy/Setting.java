package org.autophage.remedy;

import java.util.Optional;
import java.util.Set;
import org.autophage.base.AutophageException;
import org.autophage.base.WrongValue;
import org.autophage.data.SampleShape;
import org.autophage.loop.LoopPlan;
import org.autophage.metrics.classifier.Verifier;
import org.autophage.model.ModelSpec;
import org.autophage.model.Sampling.Solver;
import org.autophage.model.SamplingSpec;
import org.jspecify.annotations.Nullable;

/**
 * The experiment that a remedy is part of.
 *
 * @param plan what the loop does
 * @param model which family of models is trained
 * @param shape of the samples; null while the dataset is not open yet
 * @param available real samples of the dataset; 0 while it is not open yet
 * @param measuredBy names of the features that images are compared by, as {@code metrics.features} and {@code metrics.alsoFeatures} have them
 * @param solver of a model's reverse process; nothing for models that are drawn from directly
 */
public record Setting(
        LoopPlan plan,
        ModelSpec model,
        @Nullable SampleShape shape,
        long available,
        Set<String> measuredBy,
        Optional<Solver> solver) {
    /** Of models that are drawn from as is usual for them. */
    public Setting(
            LoopPlan plan, ModelSpec model, @Nullable SampleShape shape, long available, Set<String> measuredBy) {
        this(
                plan,
                model,
                shape,
                available,
                measuredBy,
                model.complete(SamplingSpec.DEFAULTS).solver());
    }

    /** Samples that each model gives. */
    int given() {
        return plan.spec().synthetic();
    }

    /** Real images that a classifier is trained on for the dataset. */
    long classifierTrainedOn() {
        return Verifier.trainedOn(available);
    }

    /**
     * Refuses an experiment that has no samples to choose or change.
     *
     * @throws AutophageException with USAGE
     */
    void requireSamples() {
        if (given() < 1) {
            throw AutophageException.usage("loop.synthetic is 0: there are no samples to choose");
        }
    }

    /**
     * Refuses a number of samples that this model cannot be fitted to.
     *
     * @param samples the value of a remedy's key {@code samples}
     * @throws AutophageException with USAGE
     */
    void requireEnough(int samples) {
        if (samples < model.fewestSamples()) {
            throw WrongValue.of(
                    "samples", samples, "this model needs at least %d to learn from".formatted(model.fewestSamples()));
        }
    }

    /**
     * Refuses samples that are no points.
     *
     * @param why nothing else will do, such as "a region is one of points"
     * @throws AutophageException with USAGE
     */
    void requirePoints(String why) {
        if (shape == null || shape.ofPoints().isEmpty()) {
            throw AutophageException.usage("%s, which this dataset has not; leave the remedy out".formatted(why));
        }
    }

    /**
     * Refuses samples that are no sequences of tokens.
     *
     * @param why nothing else will do, such as "a grammar is one of sequences"
     * @throws AutophageException with USAGE
     */
    void requireTokens(String why) {
        if (shape == null || shape.ofTokens().isEmpty()) {
            throw AutophageException.usage("%s, which this dataset has not; leave the remedy out".formatted(why));
        }
    }

    /**
     * Refuses sequences of tokens, between which there are no distances.
     *
     * @throws AutophageException with USAGE
     */
    void requireVectors() {
        requireVectors(shape);
    }

    static void requireVectors(@Nullable SampleShape shape) {
        if (shape != null && shape.ofTokens().isPresent()) {
            throw AutophageException.usage(
                    "a remedy asks where samples lie, and sequences of tokens lie nowhere; leave it out");
        }
    }

    /**
     * Refuses samples that are no images with classes.
     *
     * @param why nothing else will do, such as "a classifier can only be sure of images with classes"
     * @throws AutophageException with USAGE
     */
    void requireClasses(String why) {
        if (shape == null || !shape.hasClasses()) {
            throw AutophageException.usage("%s, which this dataset has not; leave the remedy out".formatted(why));
        }
    }
}
