package org.autophage.model.diffusion;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Phase;
import org.autophage.base.Progress;
import org.autophage.base.Seeds;
import org.autophage.base.StopSignal;
import org.autophage.data.BatchOrder;
import org.autophage.data.Images;
import org.autophage.data.TrainingSet;
import org.autophage.data.Weights;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ImageShape;
import org.autophage.model.LossCurve;
import org.autophage.model.ModelFamily;
import org.autophage.model.SamplingSpec;
import org.autophage.program.Device;
import org.autophage.program.LearningRate;
import org.autophage.program.SafeTensors;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.TrainingState;
import org.autophage.run.Work;
import org.jspecify.annotations.Nullable;

/** Trains class-conditional diffusion models of one spec. */
final class DiffusionFamily implements ModelFamily {
    /** Steps between points of the loss curve; the loss is fetched from the device only then. */
    private static final int CURVE_EVERY = 20;

    private static final String PHASE = "train";

    /** Chunks of the stream TRAIN from here on are epochs, those below are steps. */
    private static final long EPOCHS = 1L << 40;

    private final Device device;
    private final DiffusionSpec spec;
    private final DiffusionProgram program;

    DiffusionFamily(Device device, DiffusionSpec spec, ImageShape shape, SamplingSpec sampling) {
        this.device = device;
        this.spec = spec;
        this.program = new DiffusionProgram(device, spec, shape, sampling);
    }

    @Override
    public GenerativeModel train(
            TrainingSet training, @Nullable GenerativeModel previous, Seeds seeds, int generation, Work work) {
        if (!(training.samples() instanceof Images images)) {
            throw new IllegalArgumentException("diffusion models learn images");
        }
        Optional<Path> checkpoint = work.checkpoints().latest(PHASE);
        try (Scope scope = device.newScope();
                TrainingState state = checkpoint.isPresent()
                        ? TrainingState.load(scope, checkpoint.get())
                        : TrainingState.initial(scope, start(previous, seeds, generation))) {
            LossCurve curve = checkpoint.isPresent() ? curveOf(checkpoint.get()) : new LossCurve();
            optimize(images, training.weights(), state, curve, seeds, generation, work, scope);
            return new DiffusionModel(program, state.average().toFloats(), curve);
        } catch (IOException e) {
            throw AutophageException.failed("the checkpoint of the training cannot be read: " + e.getMessage());
        }
    }

    private float[] start(@Nullable GenerativeModel previous, Seeds seeds, int generation) {
        if (previous instanceof DiffusionModel model) {
            return model.weights();
        }
        return program.parameters().initialize(seeds.of(generation, Phase.INITIALIZE, 0));
    }

    private void optimize(
            Images images,
            Weights weights,
            TrainingState state,
            LossCurve curve,
            Seeds seeds,
            int generation,
            Work work,
            Scope scope) {
        Tensor pixels =
                scope.bytes(images.pixels(), images.count(), images.height(), images.width(), images.channels());
        Tensor labels = scope.longs(images.labels(), images.count());
        Tensor imageWeights = scope.floats(floats(weights.values(images.count())), images.count());
        Tensor table = scope.floats(program.trainingLevels(), program.trainingLevels().length);
        Seeds.Stream stream = seeds.stream(generation, Phase.TRAIN);
        BatchOrder order = new BatchOrder(images.count(), spec.batch(), epoch -> stream.of(EPOCHS + epoch));
        LearningRate rate = LearningRate.of(spec.learningRate(), spec.steps());
        int first = state.steps();
        try (Progress.Task task = work.progress().begin("training", (long) spec.steps() * spec.batch(), "images")) {
            for (int step = first; step < spec.steps(); step++) {
                device.seed(stream.of(step));
                double learningRate = rate.at(step);
                try (Scope call = scope.newScope()) {
                    Tensor indices = call.longs(order.at(step), spec.batch());
                    var result = program.run(
                            call,
                            "step",
                            state.arguments(
                                    learningRate, averageWeight(step), pixels, labels, imageWeights, indices, table));
                    if ((step + 1) % CURVE_EVERY == 0 || step + 1 == spec.steps()) {
                        double loss = result.get(0).toNumber();
                        requireFinite(loss, generation, step + 1);
                        curve.add(step + 1, loss, result.get(1).toNumber(), learningRate);
                        task.advanceTo((step + 1L) * spec.batch(), String.format(Locale.ROOT, "loss %.4f", loss));
                    }
                }
                boolean stop = work.stop().requested();
                if (stop || work.checkpoints().due() || step + 1 == spec.steps()) {
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

    private static float[] floats(double[] numbers) {
        float[] floats = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }

    /** Weight of new parameters in the moving average: at first that of a plain mean, so that the start is forgotten. */
    private double averageWeight(int step) {
        return 1 - Math.min(spec.ema(), (1.0 + step) / (10.0 + step));
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

    @Override
    public GenerativeModel load(Path folder) throws IOException {
        return DiffusionModel.load(program, folder);
    }
}
