package org.autophage.model.vae;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.autophage.data.Encoder;
import org.autophage.data.ImageShape;
import org.autophage.data.Images;
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
                methods.training(parameters));
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
    protected double[] losses(Scope call, Tensor flat, Tensor pixels, Tensor labels) {
        float[] each = run(call, "losses", flat, pixels, labels).get(0).toFloats();
        double[] losses = new double[each.length];
        Arrays.setAll(losses, i -> each[i]);
        return losses;
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
    protected byte[] drawChanged(Scope call, Tensor flat, long[] asked, double bias, Consumer<float[]> change) {
        float[] codes =
                run(call, "latents", call.zeros(asked.length, latent())).get(0).toFloats();
        change.accept(codes);
        float deviation = (float) Math.sqrt(bias);
        for (int i = 0; i < codes.length; i++) {
            codes[i] *= deviation;
        }
        Tensor changed = call.floats(codes, asked.length, latent());
        return run(call, "decoded", flat, changed, call.longs(asked, asked.length))
                .get(0)
                .toBytes();
    }

    /** The means of codes, in the unit of those that were drawn. */
    @Override
    protected float[] found(Scope call, Tensor flat, Images images, double bias, int steps) {
        Tensor labels = call.longs(shape().labelsOf(images), images.count());
        float[] found =
                run(call, "means", flat, images.onDevice(call), labels).get(0).toFloats();
        float deviation = (float) Math.sqrt(bias);
        for (int i = 0; i < found.length; i++) {
            found[i] /= deviation;
        }
        return found;
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
