package org.autophage.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.DoubleStream;
import org.autophage.base.AutophageException;
import org.autophage.base.CheckpointStore;
import org.autophage.base.ExitCode;
import org.autophage.base.OutOfMemory;
import org.autophage.base.Phase;
import org.autophage.base.Progress;
import org.autophage.base.Seeds;
import org.autophage.base.StopSignal;
import org.autophage.base.Work;
import org.autophage.data.BatchOrder;
import org.autophage.model.ModelSpec.Optimization;
import org.autophage.program.Device;
import org.autophage.program.LearningRate;
import org.autophage.program.SafeTensors;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.TrainingState;
import org.autophage.run.TrainingCurve;
import org.jspecify.annotations.Nullable;

/**
 * The training of one or several networks in a generation, whatever they are: step after step with a seed and a batch of
 * its own, from the checkpoint "train" if there is one, to which everything is saved from time to time and when it is
 * stopped. Training that diverges leaves its state as the checkpoint "diverged".
 *
 * @param device that it runs on
 * @param optimization how many steps, of which batch
 * @param learningRate of every step
 * @param unit of what a batch counts, for the progress: "images"
 * @param watch what is told of the steps
 * @param stopping whether and when training ends before its last step; null for never
 */
public record NetworkTraining(
        Device device,
        Optimization optimization,
        LearningRate learningRate,
        String unit,
        Watch watch,
        @Nullable EarlyStopping stopping) {
    private static final Watch OF_ONE = new Watch(TrainingCurve.OF_ONE_NETWORK, 20, curve -> Optional.empty());
    private static final String HELD_OUT_LOSS = "heldOutLoss";

    /** Steps whose positions are on the device at a time, at most. */
    private static final int MOST_IN_BLOCK = 1000;

    private static final String DIVERGED = "diverged";
    private static final String CURVE = "curve";

    /** Chunks of the stream TRAIN from here on are epochs, those below are steps. */
    private static final long EPOCHS = 1L << 40;

    /** Of a single network, whose steps give what {@link org.autophage.program.TrainingStep#minimize} returns. */
    public static NetworkTraining ofOne(
            Device device, Optimization optimization, LearningRate learningRate, String unit) {
        return new NetworkTraining(device, optimization, learningRate, unit, OF_ONE);
    }

    /** That takes all of its steps. */
    public NetworkTraining(
            Device device, Optimization optimization, LearningRate learningRate, String unit, Watch watch) {
        this(device, optimization, learningRate, unit, watch, null);
    }

    /**
     * The same of a single network, which may end early; checks are the points of its curve.
     *
     * @param rule null for none
     */
    public NetworkTraining stopping(@Nullable EarlyStopping rule) {
        if (rule == null) {
            return this;
        }
        List<String> figures = new ArrayList<>(watch.figures());
        figures.add(HELD_OUT_LOSS);
        Watch checked = new Watch(List.copyOf(figures), rule.every(), watch.failure());
        return new NetworkTraining(device, optimization, learningRate, unit, checked, rule);
    }

    /**
     * What is told of the steps of a training.
     *
     * @param figures names of what a step gives, and of the loss on what is held out; columns of training.csv
     * @param every steps between points of the curve; figures are fetched from the device only then
     * @param failure says in words, after every point, how training has failed where all figures are numbers
     */
    public record Watch(List<String> figures, int every, Function<TrainingCurve, Optional<String>> failure) {}

    /**
     * One of the networks.
     *
     * @param name that it has in checkpoints
     * @param start flat parameters before the first step, by the seed of their initialization
     */
    public record Network(String name, LongFunction<float[]> start) {
        /** Of the names of its arrays. */
        String prefix() {
            return prefix(name);
        }

        /** Of the names of a network's arrays in files; none for a network that is alone. */
        static String prefix(String name) {
            return name.isEmpty() ? "" : name + ".";
        }
    }

    /** One step of all optimizers. */
    @FunctionalInterface
    public interface Step {
        /**
         * Changes the states.
         *
         * @param call owns what is returned
         * @param states of the networks, in their order, which the step changes
         * @param number of the step, counted from 0
         * @param positions in the training set, int64 (batch), on the device
         * @return the figures
         */
        List<Tensor> take(Scope call, List<TrainingState> states, double learningRate, int number, Tensor positions);

        /**
         * Figures besides, which are asked for at points of the curve only and stand behind those of {@link #take} there.
         *
         * @param states after the step
         * @param number of the step, counted from 1
         */
        default double[] also(List<TrainingState> states, int number) {
            return new double[0];
        }

        /** Whether training ends here, before its last step. */
        default boolean isOver() {
            return false;
        }

        /** What it has to remember besides the states, by names of its own, for a checkpoint. */
        default Map<String, SafeTensors.FloatArray> arrays() {
            return Map.of();
        }

        /** Takes what it remembered from among a checkpoint's arrays. */
        default void restore(Map<String, SafeTensors.FloatArray> checkpoint) {}
    }

    /** Puts a training set on the device, once. */
    @FunctionalInterface
    public interface Preparation {
        /** @param scope owns what the steps need */
        Step on(Scope scope);
    }

    /** The loss of weights on samples that no step is taken on. */
    @FunctionalInterface
    public interface HeldOutLoss {
        /**
         * The mean over all of them, with the same random numbers whenever it is asked; leaves the device's generator anywhere.
         *
         * @param flat the network with which one samples
         */
        double of(Tensor flat);
    }

    /**
     * What training gives.
     *
     * @param weights flat, the moving averages, in the networks' order
     * @param constants arrays by name that were found before the first step and that no step changes
     * @param stop what early stopping did; null where there was none
     */
    public record Trained(
            List<float[]> weights,
            Map<String, SafeTensors.FloatArray> constants,
            TrainingCurve curve,
            @Nullable EarlyStop stop) {
        /** The same beside other constants. */
        Trained with(Map<String, SafeTensors.FloatArray> others) {
            return new Trained(weights, others, curve, stop);
        }
    }

    /**
     * Takes the steps that are left.
     *
     * @param networks the first of which counts the steps
     * @param count samples in the training set
     * @param generation t, counted from 1
     * @throws AutophageException with DIVERGED if a figure is not a number or training has failed, INTERRUPTED when
     *     stopped
     */
    public Trained run(
            List<Network> networks, int count, Preparation preparation, Seeds seeds, int generation, Work work) {
        Optional<Path> checkpoint = work.checkpoints().latest(CheckpointStore.TRAIN);
        try (Scope scope = device.newScope()) {
            List<TrainingState> states = new ArrayList<>();
            Step step = prepared(preparation, scope, count);
            TrainingCurve curve = checkpoint.isPresent()
                    ? resume(scope, networks, checkpoint.get(), states, step)
                    : new TrainingCurve(watch.figures());
            for (int i = 0; i < networks.size() && checkpoint.isEmpty(); i++) {
                float[] start = networks.get(i).start().apply(seeds.of(generation, Phase.INITIALIZE, i));
                states.add(TrainingState.initial(scope, start));
            }
            new Course(networks, states, curve, step, generation, work)
                    .run(scope, count, seeds.stream(generation, Phase.TRAIN));
            List<float[]> weights =
                    states.stream().map(state -> state.average().toFloats()).toList();
            return new Trained(weights, Map.of(), curve, null);
        } catch (IOException e) {
            throw AutophageException.failed("the checkpoint of the training cannot be read: " + e.getMessage());
        }
    }

    private Step prepared(Preparation preparation, Scope scope, int count) {
        try {
            return preparation.on(scope);
        } catch (RuntimeException e) {
            throw OutOfMemory.explained(
                    e,
                    "%s putting a training set of %d %s there".formatted(device.description(), count, unit),
                    "make the counts of loop smaller");
        }
    }

    private TrainingCurve resume(Scope scope, List<Network> networks, Path file, List<TrainingState> states, Step step)
            throws IOException {
        Map<String, SafeTensors.FloatArray> arrays = SafeTensors.read(file);
        for (Network network : networks) {
            states.add(TrainingState.of(scope, arrays, network.prefix(), file));
        }
        step.restore(arrays);
        SafeTensors.FloatArray points = arrays.get(CURVE);
        return points == null
                ? new TrainingCurve(watch.figures())
                : TrainingCurve.of(watch.figures(), points.elements());
    }

    /** One run of the steps, on the states and the curve that it changes. */
    private final class Course {
        private final List<Network> networks;
        private final List<TrainingState> states;
        private final TrainingCurve curve;
        private final Step training;
        private final int generation;
        private final Work work;

        Course(
                List<Network> networks,
                List<TrainingState> states,
                TrainingCurve curve,
                Step training,
                int generation,
                Work work) {
            this.networks = networks;
            this.states = states;
            this.curve = curve;
            this.training = training;
            this.generation = generation;
            this.work = work;
        }

        void run(Scope scope, int count, Seeds.Stream stream) {
            int steps = optimization.steps();
            int batch = optimization.batch();
            BatchOrder order = new BatchOrder(count, batch, epoch -> stream.of(EPOCHS + epoch));
            int first = states.get(0).steps();
            try (Progress.Task task = work.progress().begin("training", (long) steps * batch, unit);
                    BatchPositions positions =
                            new BatchPositions(scope, order, batch, steps, Math.min(watch.every(), MOST_IN_BLOCK))) {
                for (int step = first; step < steps && !training.isOver(); step++) {
                    device.seed(stream.of(step));
                    double rate = learningRate.at(step);
                    try (Scope call = scope.newScope()) {
                        List<Tensor> figures = take(call, rate, step, positions);
                        if ((step + 1) % watch.every() == 0 || step + 1 == steps) {
                            double[] values = values(figures, step + 1);
                            look(step + 1, values, rate);
                            String state = String.format(
                                    Locale.ROOT, "%s %.4f", watch.figures().get(0), values[0]);
                            task.advanceTo((step + 1L) * batch, state);
                        }
                    }
                    boolean stop = work.stop().requested();
                    if (stop || work.checkpoints().due() || step + 1 == steps || training.isOver()) {
                        save(CheckpointStore.TRAIN);
                    }
                    if (stop) {
                        throw work.checkpoints() == CheckpointStore.NONE
                                ? StopSignal.interrupted()
                                : StopSignal.interruptedWithCheckpoint();
                    }
                }
            }
        }

        /** The figures of a step counted from 1. */
        private double[] values(List<Tensor> figures, int step) {
            DoubleStream values = figures.stream().mapToDouble(Tensor::toNumber);
            return DoubleStream.concat(values, Arrays.stream(training.also(states, step)))
                    .toArray();
        }

        private List<Tensor> take(Scope call, double rate, int step, BatchPositions positions) {
            try {
                return training.take(call, states, rate, step, positions.at(step));
            } catch (RuntimeException e) {
                int batch = optimization.batch();
                throw OutOfMemory.explained(
                        e,
                        "%s in step %d of training generation %d with model.batch %d"
                                .formatted(device.description(), step + 1, generation, batch),
                        OutOfMemory.halving("model.batch", batch));
            }
        }

        private void look(int step, double[] values, double rate) {
            curve.add(step, values, rate);
            for (int i = 0; i < values.length; i++) {
                if (!Double.isFinite(values[i])) {
                    throw diverged("the %s at step %d is %s; a smaller model.learningRate may help"
                            .formatted(watch.figures().get(i), step, values[i]));
                }
            }
            watch.failure().apply(curve).ifPresent(reason -> {
                throw diverged("by step %d %s".formatted(step, reason));
            });
        }

        private AutophageException diverged(String reason) {
            save(DIVERGED);
            String kept = work.checkpoints()
                    .latest(DIVERGED)
                    .map(file -> "; its state (safetensors) is kept in " + file)
                    .orElse("");
            return new AutophageException(
                    ExitCode.DIVERGED, "training of generation %d diverged: %s%s".formatted(generation, reason, kept));
        }

        private void save(String phase) {
            work.checkpoints().write(phase, file -> {
                Map<String, SafeTensors.FloatArray> arrays = new LinkedHashMap<>();
                for (int i = 0; i < states.size(); i++) {
                    arrays.putAll(states.get(i).arrays(networks.get(i).prefix()));
                }
                arrays.putAll(training.arrays());
                arrays.put(CURVE, SafeTensors.FloatArray.of(curve.toArray()));
                SafeTensors.write(file, arrays);
            });
        }
    }
}
