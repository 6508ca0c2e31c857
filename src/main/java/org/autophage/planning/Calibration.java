package org.autophage.planning;

import java.util.Optional;
import java.util.stream.LongStream;
import org.autophage.base.AutophageException;
import org.autophage.base.CheckpointStore;
import org.autophage.base.ExitCode;
import org.autophage.base.Phase;
import org.autophage.base.Progress;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Origins;
import org.autophage.data.Samples;
import org.autophage.data.TrainingSet;
import org.autophage.experiment.ExperimentInputs;
import org.autophage.measure.Composition;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.model.ModelSpec.Optimization;
import org.autophage.program.Device;

/** Times an experiment's model on this machine in a few training steps and a few samples. */
final class Calibration {
    private static final int WARM_UP = 3;
    private static final Seeds SEEDS = new Seeds(0);

    private Calibration() {}

    /** A training step's time by so many, after a few that are not counted; of a closed-form fit, which is one step, the second's. */
    static double secondsPerStep(ExperimentInputs inputs, ModelFamily family, Device device, int steps) {
        TrainingSet training = trainingSet(inputs);
        if (inputs.spec().model().optimization().isEmpty()) {
            return secondsPerFit(family, training);
        }
        return secondsPerStep(family, training, new StepTimer(device, WARM_UP, steps));
    }

    private static double secondsPerStep(ModelFamily family, TrainingSet training, StepTimer timer) {
        trainUntilStopped(family, training, timer);
        return timer.secondsPerStep();
    }

    /** The same of as many steps as a second takes, after one that is not counted; at least one, and at most so many. */
    static double secondsPerStepInASecond(ExperimentInputs inputs, Device device, int steps) {
        StepTimer timer = new StepTimer(device, 1, steps, 1);
        try (ModelFamily family = family(inputs, device, steps + 2)) {
            return secondsPerStep(family, trainingSet(inputs), timer);
        }
    }

    /** Of a fit in closed form to so many samples, the second's time. */
    static double secondsPerFit(ExperimentInputs inputs, Device device, int samples) {
        try (ModelFamily family = inputs.family(device)) {
            return secondsPerFit(family, trainingSet(inputs, samples));
        }
    }

    /** What {@link #secondsPerStep} trains with, again and again if one likes: the spec's models with as many steps as that takes. */
    static ModelFamily familyToTime(ExperimentInputs inputs, Device device, int steps) {
        return family(inputs, device, WARM_UP + steps + 1);
    }

    /** The spec's models with other steps, where they are trained in steps. */
    private static ModelFamily family(ExperimentInputs inputs, Device device, int steps) {
        boolean inSteps = inputs.spec().model().optimization().isPresent();
        return (inSteps ? inputs.with("model.steps", steps) : inputs).family(device);
    }

    /** A model of a family that is closed with it. */
    record Opened(ModelFamily family, GenerativeModel model) implements AutoCloseable {
        @Override
        public void close() {
            model.close();
            family.close();
        }
    }

    /** A model after a single step, to draw from: how long that takes does not depend on the weights. */
    static Opened barelyTrained(ExperimentInputs inputs, Device device) {
        ModelFamily family = family(inputs, device, 1);
        return new Opened(family, family.train(trainingSet(inputs), null, SEEDS, 1, Work.UNATTENDED));
    }

    /** Draws so many samples, after a chunk that is not counted. */
    static double secondsPerSample(GenerativeModel model, ExperimentInputs inputs, int count) {
        int chunk = inputs.spec().drawing().chunk();
        sample(model, inputs, chunk); // the first call prepares the program
        long prepared = System.nanoTime();
        sample(model, inputs, count);
        return (System.nanoTime() - prepared) / 1e9 / count;
    }

    private static double secondsPerFit(ModelFamily family, TrainingSet training) {
        family.train(training, null, SEEDS, 1, Work.UNATTENDED).close(); // the first call prepares the program
        long prepared = System.nanoTime();
        family.train(training, null, SEEDS, 1, Work.UNATTENDED).close();
        return (System.nanoTime() - prepared) / 1e9;
    }

    private static void trainUntilStopped(ModelFamily family, TrainingSet training, StepTimer timer) {
        try {
            family.train(training, null, SEEDS, 1, new Work(Progress.SILENT, CheckpointStore.NONE, timer))
                    .close();
        } catch (AutophageException e) {
            if (e.exitCode() != ExitCode.INTERRUPTED || !timer.isDone()) { // somebody else interrupted it
                throw e;
            }
        }
    }

    /** As many samples as the timed steps need; all of generation 1's where a fit takes all of them. */
    private static TrainingSet trainingSet(ExperimentInputs inputs) {
        int initial = inputs.spec().loop().initial();
        Optional<Optimization> optimization = inputs.spec().model().optimization();
        return trainingSet(
                inputs,
                optimization.map(each -> Math.min(initial, 2 * each.batch())).orElse(initial));
    }

    static TrainingSet trainingSet(ExperimentInputs inputs, int count) {
        long[] numbers = LongStream.range(0, count).toArray();
        return new TrainingSet(
                inputs.dataset().real(numbers), new Origins(new int[count], numbers), new Composition(count, 0, 0));
    }

    static Samples sample(GenerativeModel model, ExperimentInputs inputs, int count) {
        return model.sample(count, inputs.spec().sampling().bias(), SEEDS.stream(1, Phase.SAMPLE), Work.UNATTENDED);
    }
}
