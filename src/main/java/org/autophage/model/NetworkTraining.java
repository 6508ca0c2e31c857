package org.autophage.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Phase;
import org.autophage.base.Progress;
import org.autophage.base.Seeds;
import org.autophage.base.StopSignal;
import org.autophage.data.BatchOrder;
import org.autophage.model.ModelSpec.Optimization;
import org.autophage.program.Device;
import org.autophage.program.LearningRate;
import org.autophage.program.SafeTensors;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.TrainingState;
import org.autophage.run.Work;

/**
 * The training of a network in a generation, whatever the network: step after step with a seed and a batch of its own,
 * from the checkpoint "train" if there is one, to which it is saved from time to time and when it is stopped.
 *
 * @param device that it runs on
 * @param optimization how many steps, of which batch
 * @param learningRate of every step
 * @param unit of what a batch counts, for the progress: "images"
 */
public record NetworkTraining(Device device, Optimization optimization, LearningRate learningRate, String unit) {
    /** Steps between points of the loss curve; the loss is fetched from the device only then. */
    private static final int CURVE_EVERY = 20;

    private static final String PHASE = "train";

    /** Chunks of the stream TRAIN from here on are epochs, those below are steps. */
    private static final long EPOCHS = 1L << 40;

    /** One step of the optimizer. */
    @FunctionalInterface
    public interface Step {
        /**
         * Takes the step.
         *
         * @param call owns what is returned
         * @param state what the step changes
         * @param number of the step, counted from 0
         * @param indices positions in the training set, int64 (batch)
         * @return loss and norm of the gradient, as {@link org.autophage.program.TrainingStep#minimize} gives them
         */
        List<Tensor> take(Scope call, TrainingState state, double learningRate, int number, Tensor indices);
    }

    /** Puts a training set on the device, once. */
    @FunctionalInterface
    public interface Preparation {
        /** @param scope owns what the steps need */
        Step on(Scope scope);
    }

    /**
     * What training gives.
     *
     * @param weights flat, the moving average
     */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    public record Trained(float[] weights, LossCurve curve) {}

    /**
     * Trains.
     *
     * @param start flat parameters before the first step, by the seed of their initialization
     * @param count samples in the training set
     * @param generation t, counted from 1
     * @throws AutophageException with DIVERGED if the loss is not a number, INTERRUPTED when stopped
     */
    public Trained run(
            LongFunction<float[]> start, int count, Preparation preparation, Seeds seeds, int generation, Work work) {
        Optional<Path> checkpoint = work.checkpoints().latest(PHASE);
        try (Scope scope = device.newScope();
                TrainingState state = checkpoint.isPresent()
                        ? TrainingState.load(scope, checkpoint.get())
                        : TrainingState.initial(scope, start.apply(seeds.of(generation, Phase.INITIALIZE, 0)))) {
            LossCurve curve = checkpoint.isPresent() ? curveOf(checkpoint.get()) : new LossCurve();
            Seeds.Stream stream = seeds.stream(generation, Phase.TRAIN);
            optimize(preparation.on(scope), count, state, curve, stream, generation, work, scope);
            return new Trained(state.average().toFloats(), curve);
        } catch (IOException e) {
            throw AutophageException.failed("the checkpoint of the training cannot be read: " + e.getMessage());
        }
    }

    private void optimize(
            Step training,
            int count,
            TrainingState state,
            LossCurve curve,
            Seeds.Stream stream,
            int generation,
            Work work,
            Scope scope) {
        int steps = optimization.steps();
        int batch = optimization.batch();
        BatchOrder order = new BatchOrder(count, batch, epoch -> stream.of(EPOCHS + epoch));
        try (Progress.Task task = work.progress().begin("training", (long) steps * batch, unit)) {
            for (int step = state.steps(); step < steps; step++) {
                device.seed(stream.of(step));
                double rateNow = learningRate.at(step);
                try (Scope call = scope.newScope()) {
                    Tensor indices = call.longs(order.at(step), batch);
                    List<Tensor> result = training.take(call, state, rateNow, step, indices);
                    if ((step + 1) % CURVE_EVERY == 0 || step + 1 == steps) {
                        double loss = result.get(0).toNumber();
                        requireFinite(loss, generation, step + 1);
                        curve.add(step + 1, loss, result.get(1).toNumber(), rateNow);
                        task.advanceTo((step + 1L) * batch, String.format(Locale.ROOT, "loss %.4f", loss));
                    }
                }
                boolean stop = work.stop().requested();
                if (stop || work.checkpoints().due() || step + 1 == steps) {
                    work.checkpoints()
                            .write(
                                    PHASE,
                                    file -> state.save(
                                            file, Map.of("curve", SafeTensors.FloatArray.of(curve.toArray()))));
                }
                if (stop) {
                    throw StopSignal.interrupted();
                }
            }
        }
    }

    private static void requireFinite(double loss, int generation, int step) {
        if (!Double.isFinite(loss)) {
            throw new AutophageException(
                    ExitCode.DIVERGED,
                    "training of generation %d diverged: the loss at step %d is %s; a smaller model.learningRate may help"
                            .formatted(generation, step, loss));
        }
    }

    private static LossCurve curveOf(Path checkpoint) throws IOException {
        SafeTensors.FloatArray points = SafeTensors.read(checkpoint).get("curve");
        return points == null ? new LossCurve() : LossCurve.of(points.elements());
    }
}
