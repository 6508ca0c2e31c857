package org.autophage.metrics.classifier;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Interruptible;
import org.autophage.base.Phase;
import org.autophage.base.Progress;
import org.autophage.base.Seeds;
import org.autophage.base.StopSignal;
import org.autophage.base.Work;
import org.autophage.data.Images;
import org.autophage.data.Shuffle;
import org.autophage.program.Device;
import org.autophage.program.LearningRate;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.TrainingState;

/**
 * How a classifier is trained: Adam with a learning rate that falls to zero along a half cosine, on images that are
 * shifted at random. A function of its settings and the images: the same weights on the same machine, every time.
 *
 * @param epochs how often each image is seen
 * @param batch images of a step
 * @param learningRate of the first step
 * @param shift largest shift in each direction, as a share of the image's size
 * @param seed of initial weights, order and shifts
 */
record ClassifierTraining(int epochs, int batch, double learningRate, double shift, long seed) {
    /** Steps after which progress is told and a stop is obeyed. */
    private static final int STEPS_A_REPORT = 20;

    /** A training of so many steps and more is as long as its settings say. */
    private static final int ENOUGH_STEPS = 750;

    /** No training is made longer than this. */
    private static final int MOST_STEPS = 2_500;

    /** Trainings in a row, each twice as long as the last, that may be no better before none is tried any more. */
    private static final int PATIENCE = 2;

    /** Shorter trainings may not have begun to learn: that they are no better says nothing. */
    private static final int TELLING_STEPS = 200;

    private static final double VALIDATION_SHARE = 0.2;

    /** Whether a set is so small that its epochs are too few steps to learn it; such a training is chosen by {@link #fitting}. */
    boolean isTooShortFor(int images) {
        return steps(images) < ENOUGH_STEPS;
    }

    private int steps(int images) {
        return epochs * Math.max(1, images / batch);
    }

    /**
     * The training that is long enough for a small set: epochs are doubled until pictures that were left out of the training
     * set, a fifth, are not told apart any better. What comes out is then trained on all images.
     *
     * @throws AutophageException as {@link #train}
     */
    ClassifierTraining fitting(Device device, ClassifierProgram program, String name, Images images, Work work) {
        if (!isTooShortFor(images.count())) {
            return this;
        }
        int[] order = Shuffle.permutation(images.count(), new Seeds(seed).random(0, Phase.METRICS, 0));
        int left = Math.max(1, (int) (VALIDATION_SHARE * images.count()));
        Images validation = images.select(Arrays.copyOf(order, left));
        Images rest = images.select(Arrays.copyOfRange(order, Math.min(left, order.length - 1), order.length));
        ClassifierTraining best = this;
        double bestAccuracy = -1;
        int worse = 0;
        for (ClassifierTraining each = this;
                worse < PATIENCE && bestAccuracy < 1 && each.steps(images.count()) <= MOST_STEPS;
                each = each.twiceAsLong()) {
            double accuracy = each.accuracy(device, program, name, rest, validation, work);
            boolean tells = each.steps(images.count()) >= TELLING_STEPS;
            worse = accuracy > bestAccuracy ? 0 : tells ? worse + 1 : worse;
            best = accuracy > bestAccuracy ? each : best;
            bestAccuracy = Math.max(accuracy, bestAccuracy);
        }
        return best;
    }

    /** The same with another seed, and with as many epochs as make at least so many steps, whatever the set's size. */
    ClassifierTraining lasting(int steps, int images, long otherSeed) {
        int stepsAnEpoch = Math.max(1, images / batch);
        return new ClassifierTraining((steps + stepsAnEpoch - 1) / stepsAnEpoch, batch, learningRate, shift, otherSeed);
    }

    private ClassifierTraining twiceAsLong() {
        return new ClassifierTraining(2 * epochs, batch, learningRate, shift, seed);
    }

    private double accuracy(
            Device device, ClassifierProgram program, String name, Images training, Images validation, Work work) {
        float[] weights = train(device, program, name, training, work);
        return Interruptible.until(work.stop(), () -> {
            try (Scope scope = device.newScope()) {
                return program.accuracy(scope.floats(weights, weights.length), validation);
            }
        });
    }

    /**
     * Trains on all images.
     *
     * @return the flat weights
     * @throws AutophageException DIVERGED if the loss is not a number, INTERRUPTED when stopped
     */
    float[] train(Device device, ClassifierProgram program, String name, Images images, Work work) {
        Seeds seeds = new Seeds(seed);
        int stepsAnEpoch = Math.max(1, images.count() / batch);
        int steps = epochs * stepsAnEpoch;
        TrainingObjective objective = program.objective();
        int views = objective.views() * batch;
        LearningRate rate = LearningRate.cosine(learningRate, 1, steps);
        try (Scope scope = device.newScope();
                Progress.Task task =
                        work.progress().begin("training the classifier " + name, (long) steps * batch, "images")) {
            Tensor pixels = images.onDevice(scope);
            Tensor labels = scope.longs(images.labels(), images.count());
            TrainingState state =
                    TrainingState.initial(scope, program.parameters().initialize(seeds.of(0, Phase.INITIALIZE, 0)));
            for (int epoch = 0; epoch < epochs; epoch++) {
                SplittableRandom random = seeds.random(0, Phase.TRAIN, epoch);
                int[] order = Shuffle.permutation(images.count(), random);
                for (int i = 0; i < stepsAnEpoch; i++) {
                    int step = epoch * stepsAnEpoch + i;
                    float[] maps = objective.maps(views, shift, random);
                    if (objective.isRandom()) {
                        device.seed(random.nextLong());
                    }
                    try (Scope inputs = scope.newScope()) {
                        double loss = program.step(state.arguments(
                                rate.at(step),
                                1.0,
                                pixels,
                                labels,
                                inputs.longs(batchOf(order, i), batch),
                                inputs.floats(maps, views, 2, 3)));
                        check(name, loss, step);
                        if ((step + 1) % STEPS_A_REPORT == 0 || step + 1 == steps) {
                            task.advanceTo((step + 1L) * batch, "loss %.4f".formatted(loss));
                            stopIfRequested(name, work.stop());
                        }
                    }
                }
            }
            return state.parameters().toFloats();
        }
    }

    private static void check(String name, double loss, int step) {
        if (!Double.isFinite(loss)) {
            throw new AutophageException(
                    ExitCode.DIVERGED,
                    "training the classifier %s diverged: its loss is %s at step %d".formatted(name, loss, step + 1));
        }
    }

    /** Training takes a minute or two, too little for checkpoints. */
    private static void stopIfRequested(String name, StopSignal stop) {
        if (stop.requested()) {
            throw new AutophageException(
                    ExitCode.INTERRUPTED,
                    "interrupted while training the classifier %s; its training starts again next time"
                            .formatted(name));
        }
    }

    /** The positions of a batch; a set smaller than a batch is gone through more than once. */
    private long[] batchOf(int[] order, int number) {
        long[] chosen = new long[batch];
        Arrays.setAll(chosen, i -> order[(number * batch + i) % order.length]);
        return chosen;
    }
}
