package org.autophage.model.diffusion;

import java.util.ArrayList;
import java.util.List;
import org.autophage.model.ImageShape;
import org.autophage.model.SamplingSpec;
import org.autophage.program.Device;
import org.autophage.program.Graph;
import org.autophage.program.Parameters;
import org.autophage.program.Program;
import org.autophage.program.SavedModule;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/** The program of a diffusion spec on a device, shared by the models of all generations. */
final class DiffusionProgram {
    private final Device device;
    private final ImageShape shape;
    private final SamplingSpec sampling;
    private final Parameterization parameterization;
    private final Parameters parameters = new Parameters();
    private final List<Graph> samplingMethods = new ArrayList<>();
    private final Program program;

    DiffusionProgram(Device device, DiffusionSpec spec, ImageShape shape, SamplingSpec sampling) {
        this.device = device;
        this.shape = shape;
        this.sampling = sampling;
        this.parameterization = spec.parameterized();
        double labelDropout = java.util.Objects.requireNonNull(spec.labelDropout());
        DiffusionMethods methods = new DiffusionMethods(parameterization, shape, labelDropout, spec.precision());
        samplingMethods.add(UNet.record(spec, shape, parameters));
        samplingMethods.add(methods.denoise());
        samplingMethods.add(methods.latents());
        samplingMethods.add(methods.toBytes());
        samplingMethods.add(methods.euler(false));
        samplingMethods.add(methods.heun(false));
        samplingMethods.add(methods.dpm(false));
        samplingMethods.add(methods.ancestral(false));
        if (labelDropout > 0) {
            samplingMethods.add(methods.denoiseGuided());
            samplingMethods.add(methods.euler(true));
            samplingMethods.add(methods.heun(true));
            samplingMethods.add(methods.dpm(true));
            samplingMethods.add(methods.ancestral(true));
        }
        List<Graph> all = new ArrayList<>(samplingMethods);
        all.add(methods.step(parameters));
        program = new Program(device, all.toArray(Graph[]::new));
    }

    Device device() {
        return device;
    }

    ImageShape shape() {
        return shape;
    }

    SamplingSpec sampling() {
        return sampling;
    }

    Parameters parameters() {
        return parameters;
    }

    /** The noise levels of training, for the input {@code table} of the step; one zero where training needs none. */
    float[] trainingLevels() {
        double[] levels = parameterization.trainingLevels();
        float[] table = new float[Math.max(1, levels.length)];
        for (int i = 0; i < levels.length; i++) {
            table[i] = (float) levels[i];
        }
        return table;
    }

    /** The falling noise levels of the spec's sampler, with the 0 that ends them. */
    double[] samplingLevels() {
        int steps = java.util.Objects.requireNonNull(sampling.steps());
        return java.util.Arrays.copyOf(parameterization.samplingLevels(steps), steps + 1);
    }

    List<Tensor> run(Scope scope, String method, Object... arguments) {
        return program.run(scope, method, arguments);
    }

    /**
     * The sampling methods with a model's weights, as a file for {@code torch.jit.load}.
     *
     * @param weights flat
     */
    byte[] savedWith(float[] weights) {
        double[] levels = samplingLevels();
        float[] floats = new float[levels.length];
        for (int i = 0; i < levels.length; i++) {
            floats[i] = (float) levels[i];
        }
        return shape.describe(SavedModule.of(samplingMethods)
                        .buffer("weights", weights)
                        .buffer("levels", floats))
                .bytes();
    }
}
