package org.autophage.model.vae;

import org.autophage.data.ImageShape;
import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.Initializer;
import org.autophage.program.Parameters;
import org.autophage.program.Value;

/**
 * Encoder and decoder: convolutions of 4 × 4 pixels that halve the image and, transposed, double it again, with one
 * linear layer to the code and one from it. Where there are classes, these layers are told the label.
 */
final class VaeNetwork {
    private static final int KERNEL = 4;

    private final VaeSpec spec;
    private final ImageShape shape;
    private final Parameters parameters;
    private final int levels;
    private final long side;

    VaeNetwork(VaeSpec spec, ImageShape shape, Parameters parameters) {
        this.spec = spec;
        this.shape = shape;
        this.parameters = parameters;
        this.levels = spec.multipliers().size();
        this.side = shape.size() >> levels;
    }

    /**
     * {@code encode(flat, x, labels)}: mean and log variance of the codes, side by side (N, 2 · latent); x (N, C, H, W) in
     * [0, 1], of the flat buffer's type; labels int64 (N).
     */
    Graph encode() {
        Graph graph = new Graph("encode", parameters);
        Value h = graph.input("x", Graph.ANY, shape.channels(), shape.size(), shape.size());
        Value labels = graph.input("labels", Graph.ANY);
        for (int level = 0; level < levels; level++) {
            long in = h.dim(1);
            Initializer usual = Initializer.uniformFanIn(in * KERNEL * KERNEL);
            String name = "encoder." + level;
            Value weight = graph.parameter(name + ".weight", usual, channels(level), in, KERNEL, KERNEL);
            Value bias = graph.parameter(name + ".bias", usual, channels(level));
            h = Functional.conv2d(h, weight, bias, 2, 1).relu();
        }
        Value flattened = withLabel(h.reshape(Graph.ANY, features()), labels);
        return graph.returns(linear(graph, "encoder.code", flattened, 2L * spec.latent()));
    }

    /** {@code decode(flat, z, labels)}: logits of the pixels (N, C, H, W); z (N, latent) of the flat buffer's type. */
    Graph decode() {
        Graph graph = new Graph("decode", parameters);
        Value z = graph.input("z", Graph.ANY, spec.latent());
        Value labels = graph.input("labels", Graph.ANY);
        Value h = linear(graph, "decoder.code", withLabel(z, labels), features())
                .reshape(Graph.ANY, channels(levels - 1), side, side);
        for (int level = levels - 1; level >= 0; level--) {
            long out = level == 0 ? shape.channels() : channels(level - 1);
            // As PyTorch initializes transposed convolutions: the fan of the convolution that they transpose.
            Initializer usual = Initializer.uniformFanIn(out * KERNEL * KERNEL);
            String name = "decoder." + level;
            Value weight = graph.parameter(name + ".weight", usual, channels(level), out, KERNEL, KERNEL);
            Value bias = graph.parameter(name + ".bias", usual, out);
            h = Functional.convTranspose2d(h, weight, bias, 2, 1);
            h = level == 0 ? h : h.relu();
        }
        return graph.returns(h);
    }

    private Value withLabel(Value features, Value labels) {
        if (shape.classes() == 1) {
            return features;
        }
        Graph graph = features.graph();
        long[] dims = {Graph.ANY, shape.classes()};
        Value oneHot = graph.emit(dims, "torch.one_hot", labels, (long) shape.classes());
        Value cast = graph.emit(dims, "torch.to", oneHot, features);
        return Value.concatenate(1, features, cast);
    }

    private static Value linear(Graph graph, String name, Value x, long width) {
        Initializer usual = Initializer.uniformFanIn(x.dim(1));
        Value weight = graph.parameter(name + ".weight", usual, width, x.dim(1));
        Value bias = graph.parameter(name + ".bias", usual, width);
        return Functional.linear(x, weight, bias);
    }

    private long features() {
        return channels(levels - 1) * side * side;
    }

    private long channels(int level) {
        return (long) spec.channels() * spec.multipliers().get(level);
    }
}
