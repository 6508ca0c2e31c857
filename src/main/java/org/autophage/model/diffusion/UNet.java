package org.autophage.model.diffusion;

import java.util.ArrayDeque;
import java.util.Deque;
import org.autophage.data.ImageShape;
import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.Initializer;
import org.autophage.program.Parameters;
import org.autophage.program.Value;
import org.jspecify.annotations.Nullable;

/**
 * A class-conditional U-Net (Ronneberger et al. 2015, in the form of Ho et al. 2020): residual blocks with group norm, a
 * sinusoidal embedding of the noise level, self-attention at the lowest resolution, and skip connections from every
 * block on the way down to one on the way up. Label {@code classes} stands for "no label".
 */
final class UNet {
    private static final int GROUP_CHANNELS = 4;
    private static final int MOST_GROUPS = 8;
    private static final double LOWEST_FREQUENCY = 1e-4;

    private final Graph graph;
    private final DiffusionSpec spec;
    private final ImageShape shape;
    private final double dropout;

    private UNet(Graph graph, DiffusionSpec spec, ImageShape shape, double dropout) {
        this.graph = graph;
        this.spec = spec;
        this.shape = shape;
        this.dropout = dropout;
    }

    /**
     * Records the method {@code network(flat, x, level, labels)}: x (N, C, H, W), level (N) float32, labels (N)
     * int64; x and the result have the flat buffer's type, level is float32. The result has the shape of x.
     *
     * @param parameters filled with the network's parameters
     */
    static Graph record(DiffusionSpec spec, ImageShape shape, Parameters parameters) {
        return record("network", spec, shape, parameters, 0);
    }

    /**
     * Records the same network under another name for training, with dropout before the second convolution of every residual block,
     * as in Ho et al. 2020 and EDM. Its flat buffer is the other's.
     *
     * @param dropout share of hidden units that are zeroed; others are scaled by 1/(1 − share)
     */
    static Graph recordDropping(String name, DiffusionSpec spec, ImageShape shape, double dropout) {
        return record(name, spec, shape, new Parameters(), dropout);
    }

    private static Graph record(
            String name, DiffusionSpec spec, ImageShape shape, Parameters parameters, double dropout) {
        Graph graph = new Graph(name, parameters);
        Value x = graph.input("x", Graph.ANY, shape.channels(), shape.size(), shape.size());
        Value level = graph.input("level", Graph.ANY);
        Value labels = graph.input("labels", Graph.ANY);
        return graph.returns(new UNet(graph, spec, shape, dropout).of(x, level, labels));
    }

    private Value of(Value x, Value level, Value labels) {
        int patch = spec.patch();
        int pixels = shape.channels() * patch * patch;
        Value embedding = embedding(level, labels);

        Value h = patch == 1 ? x : Functional.pixelUnshuffle(x, patch);
        h = convolution("in", h, channels(0), 3, 1, null);
        Deque<Value> skips = new ArrayDeque<>();
        skips.push(h);
        int resolutions = spec.multipliers().size();
        for (int r = 0; r < resolutions; r++) {
            for (int b = 0; b < spec.blocks(); b++) {
                h = residualBlock("down.%d.%d".formatted(r, b), h, channels(r), embedding);
                skips.push(h);
            }
            if (r < resolutions - 1) {
                h = convolution("down.%d.halve".formatted(r), h, channels(r), 3, 2, null);
                skips.push(h);
            }
        }
        h = residualBlock("middle.0", h, h.dim(1), embedding);
        h = attention("middle.attention", h);
        h = residualBlock("middle.1", h, h.dim(1), embedding);
        for (int r = resolutions - 1; r >= 0; r--) {
            for (int b = 0; b <= spec.blocks(); b++) {
                h = residualBlock(
                        "up.%d.%d".formatted(r, b), Value.concatenate(1, h, skips.pop()), channels(r), embedding);
            }
            if (r > 0) {
                h = Functional.upsampleNearest(h, 2);
                h = convolution("up.%d.double".formatted(r), h, channels(r), 3, 1, null);
            }
        }
        h = groupNorm("out.norm", h).silu();
        h = convolution("out", h, pixels, 3, 1, Initializer.ZEROS);
        return patch == 1 ? h : Functional.pixelShuffle(h, patch);
    }

    /** Embedding of noise level and label (N, width), through a layer of its own each and added. */
    private Value embedding(Value level, Value labels) {
        long width = 4 * channels(0);
        long half = channels(0) / 2;
        Value steps = Functional.range(level, half, Graph.ElementType.FLOAT32);
        Value frequencies = steps.times(StrictMath.log(LOWEST_FREQUENCY) / half).exp();
        Value angles = level.reshape(Graph.ANY, 1).times(frequencies.reshape(1, half));
        Value sinusoids = Value.concatenate(1, angles.cosine(), angles.sine());
        Value e = linear("embedding.level.0", spec.precision().cast(sinusoids), width)
                .silu();
        e = linear("embedding.level.1", e, width);
        Value table = graph.parameter("embedding.label", Initializer.normal(1), shape.classes() + 1L, width);
        return e.plus(Functional.embedding(table, labels)).silu();
    }

    private Value residualBlock(String name, Value x, long channels, Value embedding) {
        Value h = convolution(name + ".0", groupNorm(name + ".norm0", x).silu(), channels, 3, 1, null);
        h = h.plus(linear(name + ".embedding", embedding, channels).reshape(Graph.ANY, channels, 1, 1));
        h = groupNorm(name + ".norm1", h).silu();
        h = dropout == 0 ? h : Functional.dropout(h, dropout);
        // Zero at first, so that a new block is the identity (Ho et al. 2020).
        h = convolution(name + ".1", h, channels, 3, 1, Initializer.ZEROS);
        Value skip = x.dim(1) == channels ? x : convolution(name + ".skip", x, channels, 1, 1, null);
        return skip.plus(h);
    }

    private Value attention(String name, Value x) {
        long channels = x.dim(1);
        long positions = x.dim(2) * x.dim(3);
        Value all = convolution(name + ".in", groupNorm(name + ".norm", x), 3 * channels, 1, 1, null);
        Value tokens = all.reshape(Graph.ANY, 3 * channels, positions).transpose(1, 2);
        var parts = Functional.chunk(tokens, 3, 2);
        Value mixed = Functional.attention(parts.get(0), parts.get(1), parts.get(2));
        Value image = mixed.transpose(1, 2).reshape(Graph.ANY, channels, x.dim(2), x.dim(3));
        return x.plus(convolution(name + ".out", image, channels, 1, 1, Initializer.ZEROS));
    }

    private Value convolution(
            String name, Value x, long channels, int size, int stride, @Nullable Initializer initializer) {
        long in = x.dim(1);
        Initializer usual = Initializer.uniformFanIn(in * size * size);
        Value weight =
                graph.parameter(name + ".weight", initializer == null ? usual : initializer, channels, in, size, size);
        Value bias = graph.parameter(name + ".bias", initializer == null ? usual : initializer, channels);
        return Functional.conv2d(x, weight, bias, stride, size / 2);
    }

    private Value linear(String name, Value x, long width) {
        long in = x.dim(-1);
        Value weight = graph.parameter(name + ".weight", Initializer.uniformFanIn(in), width, in);
        Value bias = graph.parameter(name + ".bias", Initializer.uniformFanIn(in), width);
        return Functional.linear(x, weight, bias);
    }

    private Value groupNorm(String name, Value x) {
        long channels = x.dim(1);
        int groups = (int) Math.min(MOST_GROUPS, channels / GROUP_CHANNELS);
        while (channels % groups != 0) {
            groups--;
        }
        Value scale = graph.parameter(name + ".weight", Initializer.ONES, channels);
        Value shift = graph.parameter(name + ".bias", Initializer.ZEROS, channels);
        return Functional.groupNorm(x, groups, scale, shift);
    }

    private long channels(int resolution) {
        return (long) spec.channels() * spec.multipliers().get(resolution);
    }
}
