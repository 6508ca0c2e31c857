package org.autophage.model.diffusion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.autophage.data.ImageShape;
import org.autophage.model.ImageProgram;
import org.autophage.model.NetworkTraining.Step;
import org.autophage.model.SamplingSpec;
import org.autophage.program.Device;
import org.autophage.program.Graph;
import org.autophage.program.Parameters;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.TrainingState;

/** The program of a diffusion spec on a device. */
final class DiffusionProgram extends ImageProgram {
    private final SamplingSpec sampling;
    private final Parameterization parameterization;
    private final double ema;

    /**
     * @param spec complete
     * @param sampling complete
     */
    DiffusionProgram(Device device, DiffusionSpec spec, ImageShape shape, SamplingSpec sampling) {
        this(device, spec, shape, sampling, new Parameters(), new DiffusionMethods(spec, shape));
    }

    private DiffusionProgram(
            Device device,
            DiffusionSpec spec,
            ImageShape shape,
            SamplingSpec sampling,
            Parameters parameters,
            DiffusionMethods methods) {
        super(
                device,
                shape,
                sampling,
                Map.of("", parameters),
                drawing(UNet.record(spec, shape, parameters), methods, shape, hidesLabels(spec)),
                List.of(methods.step(parameters)));
        this.sampling = sampling;
        this.parameterization = spec.parameterized();
        this.ema = spec.ema();
    }

    private static boolean hidesLabels(DiffusionSpec spec) {
        return Objects.requireNonNull(spec.labelDropout()) > 0;
    }

    /** Those of all samplers, so that a saved model can be drawn from by any. */
    private static List<Graph> drawing(Graph network, DiffusionMethods methods, ImageShape shape, boolean guided) {
        List<Graph> all = new ArrayList<>(List.of(network, methods.denoise(), methods.latents(), methods.toBytes()));
        if (guided) {
            all.add(methods.denoiseGuided());
        }
        for (SamplerKind kind : SamplerKind.values()) {
            Sampler sampler = kind.sampler();
            all.add(sampler.record(SolverStep.of(sampler.method(), false, shape)));
            if (guided) {
                all.add(sampler.record(SolverStep.of(sampler.method(), true, shape)));
            }
        }
        return all;
    }

    /** With which one samples. */
    Sampler sampler() {
        return Objects.requireNonNull(sampling.sampler()).sampler();
    }

    /** The noise levels of training, for the input {@code table} of the step; one zero where training needs none. */
    float[] trainingLevels() {
        double[] levels = parameterization.trainingLevels();
        return floats(Arrays.copyOf(levels, Math.max(1, levels.length)));
    }

    /** The falling noise levels of the spec's sampler, with the 0 that ends them. */
    double[] samplingLevels() {
        int steps = Objects.requireNonNull(sampling.steps());
        return Arrays.copyOf(parameterization.samplingLevels(steps), steps + 1);
    }

    private static float[] floats(double[] levels) {
        float[] floats = new float[levels.length];
        for (int i = 0; i < levels.length; i++) {
            floats[i] = (float) levels[i];
        }
        return floats;
    }

    @Override
    protected Step steps(Scope scope, Batches images) {
        float[] levels = trainingLevels();
        Tensor table = scope.floats(levels, levels.length);
        return (call, states, learningRate, number, indices) -> run(
                call,
                "step",
                states.get(0)
                        .arguments(
                                learningRate,
                                TrainingState.averageWeight(ema, number),
                                images.pixels(),
                                images.labels(),
                                images.weights(),
                                indices,
                                table));
    }

    @Override
    protected byte[] draw(Scope call, Tensor flat, long[] asked, double bias) {
        Tensor template = call.zeros(asked.length, shape().channels(), shape().size(), shape().size());
        Tensor labels = call.longs(asked, asked.length);
        Tensor x = new ReverseProcess(this, flat, labels, 1 / bias - 1).solve(call, template);
        return run(call, "to_bytes", x).get(0).toBytes();
    }

    @Override
    protected Map<String, float[]> buffers() {
        return Map.of("levels", floats(samplingLevels()));
    }
}
