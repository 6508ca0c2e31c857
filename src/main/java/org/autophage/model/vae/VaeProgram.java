package org.autophage.model.vae;

import java.util.List;
import java.util.Objects;
import org.autophage.model.ImageSampling;
import org.autophage.model.ImageShape;
import org.autophage.model.SamplingSpec;
import org.autophage.program.Device;
import org.autophage.program.Graph;
import org.autophage.program.Parameters;
import org.autophage.program.Program;
import org.autophage.program.SavedModule;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/** The program of a variational autoencoder's spec on a device, shared by the models of all generations. */
final class VaeProgram {
    private final Device device;
    private final VaeSpec spec;
    private final ImageShape shape;
    private final SamplingSpec sampling;
    private final Parameters parameters = new Parameters();
    private final List<Graph> samplingMethods;
    private final Program program;

    VaeProgram(Device device, VaeSpec spec, ImageShape shape, SamplingSpec sampling) {
        this.device = device;
        this.spec = spec;
        this.shape = shape;
        this.sampling = sampling;
        VaeNetwork network = new VaeNetwork(spec, shape, parameters);
        VaeMethods methods = new VaeMethods(spec, shape);
        samplingMethods = List.of(network.encode(), network.decode(), methods.draw(), methods.means());
        Graph step = methods.step(parameters);
        program = new Program(
                device,
                samplingMethods.get(0),
                samplingMethods.get(1),
                samplingMethods.get(2),
                samplingMethods.get(3),
                step);
    }

    Device device() {
        return device;
    }

    ImageShape shape() {
        return shape;
    }

    int latent() {
        return spec.latent();
    }

    ImageSampling drawing() {
        return new ImageSampling(device, shape, Objects.requireNonNull(sampling.chunk()));
    }

    Parameters parameters() {
        return parameters;
    }

    List<Tensor> run(Scope scope, String method, Object... arguments) {
        return program.run(scope, method, arguments);
    }

    /**
     * The methods besides training's with a model's weights, as a file for {@code torch.jit.load}.
     *
     * @param weights flat
     */
    byte[] savedWith(float[] weights) {
        return shape.describe(SavedModule.of(samplingMethods)
                        .buffer("weights", weights)
                        .buffer("latent", new float[] {spec.latent()}))
                .bytes();
    }
}
