package org.autophage.model.gan;

import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.Initializer;
import org.autophage.program.Value;

/**
 * The layers of StyleGAN2 (Karras et al. 2020, arXiv 1912.04958). Their learning rates are equalized (Karras et al. 2018,
 * arXiv 1710.10196): weights begin as N(0, 1) and are scaled to variance 1/inputs whenever they are used, so that Adam
 * moves all layers at one relative speed.
 *
 * @param graph the method that the layers are part of
 */
record EqualizedLayers(Graph graph) {
    private static final double SLOPE = 0.2;

    /**
     * x Wᵀ + b in the precision of x; x (N, in), result (N, width).
     *
     * @param bias that the layer begins with
     * @param rate of learning, relative to that of the other layers
     */
    Value linear(String name, Value x, long width, double bias, double rate) {
        long in = x.dim(1);
        Value weight = graph.parameter(name + ".weight", Initializer.normal(1 / rate), width, in)
                .times(rate / Math.sqrt(in));
        Value shift = graph.parameter(name + ".bias", Initializer.constant((float) (bias / rate)), width)
                .times(rate);
        return Functional.linear(x, weight.like(x), shift.like(x));
    }

    /** A convolution that keeps the size, without bias. */
    Value convolution(String name, Value x, long channels, int size) {
        return Functional.conv2d(x, weight(name, x.dim(1), channels, size), null, 1, size / 2);
    }

    /**
     * A convolution whose weights are scaled by an image's style, input channel by input channel (modulation), and then
     * to unit norm, output channel by output channel (demodulation). Instead of weights of its own every image has its
     * input scaled before and its output after a convolution that all share, which is the same.
     *
     * @param x (N, in, H, W), or (1, in, H, W) for all images alike
     * @param w latent vectors in W (N, width), from which an affine layer makes the styles
     * @param demodulate not for layers that make colours
     */
    Value modulated(String name, Value x, Value w, long channels, int size, boolean demodulate) {
        long in = x.dim(1);
        Value style = linear(name + ".style", w, in, 1, 1);
        Value weight = weight(name, in, channels, size);
        Value scaled = x.times(style.reshape(Graph.ANY, in, 1, 1));
        Value result = Functional.conv2d(scaled, weight, null, 1, size / 2);
        if (!demodulate) {
            return result;
        }
        Value energy = weight.square().sum(3).sum(2).reshape(channels, in);
        Value norm = style.square()
                .matmul(energy.transpose(0, 1))
                .plus(1e-8)
                .squareRoot()
                .reciprocal();
        return result.times(norm.reshape(Graph.ANY, channels, 1, 1));
    }

    private Value weight(String name, long in, long channels, int size) {
        return graph.parameter(name + ".weight", Initializer.normal(1), channels, in, size, size)
                .times(1 / Math.sqrt(in * (double) size * size));
    }

    /** x + b, one number a channel; x (N, channels, H, W). */
    Value biased(String name, Value x) {
        long channels = x.dim(1);
        return x.plus(
                graph.parameter(name + ".bias", Initializer.ZEROS, channels).reshape(1, channels, 1, 1));
    }

    /** Leaky ReLU, scaled by √2 so that it keeps the variance. */
    static Value activated(Value x) {
        return x.leakyRelu(SLOPE).times(Math.sqrt(2));
    }

    /** Rows (N, width) divided by the root of their mean square. */
    static Value normalized(Value rows) {
        return rows.times(rows.square().mean(1).plus(1e-8).squareRoot().reciprocal());
    }
}
