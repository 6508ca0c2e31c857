package org.autophage.metrics;

import java.util.Optional;
import java.util.function.Supplier;
import org.autophage.data.Images;
import org.autophage.metrics.classifier.Judge;
import org.autophage.metrics.neighbours.BallMembers;
import org.autophage.metrics.neighbours.NearestTraining;

/**
 * Generated samples beside real ones, as every metric sees them: what one of them computes of both, others find computed.
 * In a run the real ones are the dataset's holdout, and the generation's training set is another; in {@code evaluate} the
 * real ones stand for the training set too.
 */
public final class MeasuredPair {
    private final MeasuredSet real;
    private final MeasuredSet first;
    private final MeasuredSet fake;
    private final MeasuredSet training;
    private final Optional<MeasuredSet> heldOut;
    private final Optional<MeasuredSet> chosenReal;
    private final Optional<JudgedImages> judged;
    private final Optional<MeasuredGeneration> generation;
    private final Supplier<NearestTraining> nearestTraining;
    private final Supplier<BallMembers> members;
    private final Supplier<Optional<Images>> labelled;

    private MeasuredPair(
            MeasuredSet real,
            MeasuredSet first,
            MeasuredSet fake,
            MeasuredSet training,
            Optional<MeasuredSet> heldOut,
            Optional<MeasuredSet> chosenReal,
            Optional<JudgedImages> judged,
            Optional<MeasuredGeneration> generation) {
        this.real = real;
        this.first = first;
        this.fake = fake;
        this.training = training;
        this.heldOut = heldOut;
        this.chosenReal = chosenReal;
        this.judged = judged;
        this.generation = generation;
        this.nearestTraining = Instruments.lazily(() -> nearestTrainingOf(fake));
        this.members = Instruments.lazily(() -> instruments()
                .precisionRecall()
                .members(
                        real.balls(),
                        generation.isPresent() // others have intervals of evaluate's own
                                ? fake.ballsForErrors()
                                : fake.balls()));
        this.labelled = Instruments.lazily(this::labelledImages);
    }

    /**
     * Two sets by themselves.
     *
     * @param real what the samples are compared with, and what their generator learnt from
     * @param heldOut real samples that it never saw; empty if there are none
     */
    public static MeasuredPair of(MeasuredSet real, MeasuredSet fake, Optional<MeasuredSet> heldOut) {
        return new MeasuredPair(real, real, fake, real, heldOut, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Samples of a generation of a run.
     *
     * @param holdout real samples that no generation learnt from, as they are at the generation's time
     * @param first the same as they were at generation 1
     * @param training what this one learnt from
     * @param chosenReal some of the real samples that generations may learn from, the same in every generation, as many as were
     *     generated or as there are; empty of samples that no learner is trained on
     * @param judged the samples' classes as a judge sees them; empty where there are none
     */
    public static MeasuredPair of(
            MeasuredSet holdout,
            MeasuredSet first,
            MeasuredSet fake,
            MeasuredSet training,
            Optional<MeasuredSet> chosenReal,
            Optional<JudgedImages> judged,
            MeasuredGeneration generation) {
        return new MeasuredPair(
                holdout, first, fake, training, Optional.of(holdout), chosenReal, judged, Optional.of(generation));
    }

    /**
     * Generated images and what an independent classifier makes of them.
     *
     * @param classes the class that it gives each, computed when first asked for
     * @param asked the class that each was asked to be of; empty of models that are not told labels
     */
    public record JudgedImages(Judge judge, Supplier<int[]> classes, Optional<int[]> asked) {
        public JudgedImages {
            classes = Instruments.lazily(classes);
        }
    }

    /** What the samples are compared with. */
    public MeasuredSet real() {
        return real;
    }

    /** What the samples would be compared with at generation 1; {@link #real} itself where the real law stays as it is. */
    public MeasuredSet first() {
        return first;
    }

    /** The generated samples. */
    public MeasuredSet fake() {
        return fake;
    }

    /** What their generator learnt from. */
    public MeasuredSet training() {
        return training;
    }

    /** Real samples that the generator never saw; empty if there are none. */
    public Optional<MeasuredSet> heldOut() {
        return heldOut;
    }

    /**
     * Some of the real samples that generations may learn from, the same in every generation, as many as were generated or as there
     * are; empty outside of runs.
     */
    public Optional<MeasuredSet> chosenReal() {
        return chosenReal;
    }

    /** Whether there is more to compare than means and covariances. */
    public boolean haveSamples() {
        return real.hasSamples() && fake.hasSamples();
    }

    /** Which samples lie in whose nearest-neighbour ball. */
    public BallMembers members() {
        return members.get();
    }

    /** The nearest training sample of every generated one. */
    public NearestTraining nearestTraining() {
        return nearestTraining.get();
    }

    /** The nearest training sample of every sample of a set. */
    public NearestTraining nearestTrainingOf(MeasuredSet set) {
        return NearestTraining.of(instruments().search(), set.features(), training.features());
    }

    /** The generated images' classes as an independent classifier sees them; empty where there is none. */
    public Optional<JudgedImages> judged() {
        return judged;
    }

    /**
     * The generated images with the classes that they were asked to be of, or, of models that are not told labels, with those that the
     * judge gives them; empty where there is no judge.
     */
    public Optional<Images> labelled() {
        return labelled.get();
    }

    private Optional<Images> labelledImages() {
        return judged.flatMap(judgement -> fake.images().flatMap(images -> real.images()
                .map(like ->
                        images.labelled(like.classNames(), judgement.asked().orElseGet(judgement.classes())))));
    }

    /** The generation that the samples are of, with its model; empty outside of runs. */
    public Optional<MeasuredGeneration> generation() {
        return generation;
    }

    /** What to compute with. */
    public Instruments instruments() {
        return fake.instruments();
    }
}
