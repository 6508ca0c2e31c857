package org.autophage.model.vae;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autophage.data.Encoder;
import org.autophage.data.ImageShape;
import org.autophage.model.ImageProgram;
import org.autophage.model.NetworkTraining.Step;
import org.autophage.program.Device;
import org.autophage.program.Graph;
import org.autophage.program.Parameters;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/** The program of a variational autoencoder's spec on a device. Encoder and decoder are one network. */
final class VaeProgram extends ImageProgram {
    private final VaeSpec spec;

    VaeProgram(Device device, VaeSpec spec, ImageShape shape, int chunk) {
        this(device, spec, shape, chunk, new Parameters(), new VaeMethods(spec, shape));
    }

    private VaeProgram(
            Device device, VaeSpec spec, ImageShape shape, int chunk, Parameters parameters, VaeMethods methods) {
        super(
                device,
                shape,
                chunk,
                Map.of("", parameters),
                drawing(new VaeNetwork(spec, shape, parameters), methods),
                spec.earlyStopping() == null
                        ? List.of(methods.step(parameters))
                        : List.of(methods.step(parameters), methods.heldOutLoss(parameters)));
        this.spec = spec;
    }

    private static List<Graph> drawing(VaeNetwork network, VaeMethods methods) {
        return List.of(network.encode(), network.decode(), methods.draw(), methods.means());
    }

    int latent() {
        return spec.latent();
    }

    @Override
    protected Step steps(Scope scope, Batches images) {
        return (call, states, learningRate, number, indices) -> run(
                call,
                "step",
                states.get(0)
                        .arguments(
                                learningRate,
                                1 - spec.ema(),
                                images.pixels(),
                                images.labels(),
                                images.weights(),
                                indices));
    }

    @Override
    protected double loss(Scope call, Tensor flat, Batches images, Tensor indices) {
        return run(call, "held_out_loss", flat, images.pixels(), images.labels(), images.weights(), indices)
                .get(0)
                .toNumber();
    }

    @Override
    protected byte[] draw(Scope call, Tensor flat, long[] asked, double bias) {
        Tensor template = call.zeros(asked.length, latent());
        Tensor labels = call.longs(asked, asked.length);
        return run(call, "draw", flat, template, labels, Math.sqrt(bias)).get(0).toBytes();
    }

    @Override
    protected Optional<Encoder> encoder(float[] weights) {
        return Optional.of(new VaeEncoder(this, weights));
    }

    @Override
    protected Map<String, float[]> buffers() {
        return Map.of("latent", new float[] {latent()});
    }
}
