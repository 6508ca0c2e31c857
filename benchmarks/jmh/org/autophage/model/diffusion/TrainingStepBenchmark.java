package org.autophage.model.diffusion;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.autophage.benchmarks.OnDevice;
import org.autophage.benchmarks.RandomData;
import org.autophage.benchmarks.Worked;
import org.autophage.data.ImageShape;
import org.autophage.data.Images;
import org.autophage.data.Origins;
import org.autophage.data.TrainingSet;
import org.autophage.model.NetworkTraining;
import org.autophage.model.Precision;
import org.autophage.model.SamplingSpec;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.TrainingState;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** One training step of the default U-Net: noising, network, loss, gradient, Adam and moving average, and its loss told. */
public class TrainingStepBenchmark extends OnDevice {
    private static final int TRAINING_SET = 2000;

    @Param({"28", "32"})
    public int size;

    @Param({"64", "128", "256"})
    public int batch;

    @Param({"FLOAT32", "BFLOAT16"})
    public Precision precision;

    private Scope scope;
    private NetworkTraining.Step step;
    private TrainingState state;
    private Tensor indices;
    private int number;

    @Override
    protected void open() {
        Images images = RandomData.images(size, TRAINING_SET);
        DiffusionSpec spec = Networks.of(precision);
        ImageShape shape = new ImageShape(size, 1, RandomData.CLASSES);
        DiffusionProgram program = new DiffusionProgram(device, spec, shape, spec.complete(SamplingSpec.DEFAULTS));
        scope = device.newScope();
        Origins origins = new Origins(new int[TRAINING_SET], new long[TRAINING_SET]);
        TrainingSet training = new TrainingSet(images, origins, new TrainingSet.Composition(TRAINING_SET, 0, 0));
        step = program.prepare(scope, training, Map.of(), new SplittableRandom(0));
        state = TrainingState.initial(scope, program.parameters().initialize(0));
        long[] chosen = new long[batch];
        Arrays.setAll(chosen, i -> i);
        indices = scope.longs(chosen, batch);
    }

    @Benchmark
    public double step(Worked worked) {
        worked.images += batch;
        try (Scope call = scope.newScope()) {
            List<Tensor> figures = step.take(call, List.of(state), 1e-3, number++, indices);
            return figures.get(0).toNumber();
        }
    }

    @Override
    protected void close() {
        scope.close();
    }
}
