package org.autophage.metrics.classifier;

import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.Initializer;
import org.autophage.program.Value;

/**
 * A residual network (He et al., arXiv 1512.03385) of three stages with group normalization and global average pooling:
 * the judge's architecture, unlike {@link LeNet} in every layer, so that both do not err alike.
 */
final class SmallResNet {
    private static final int GROUP = 4;
    private static final int WIDTH = 64;

    static final ClassifierNetwork NETWORK = new ClassifierNetwork(
            "judge", 1, WIDTH, new ClassifierTraining(5, 128, 2e-3, 1 / 14.0, 20_151_210), SmallResNet::layers);

    /** The same layers from another seed, for whoever chooses samples: what chooses must not measure. */
    static final ClassifierNetwork OF_VERIFIER = new ClassifierNetwork(
            "verifier", 1, WIDTH, new ClassifierTraining(5, 128, 2e-3, 1 / 14.0, 20_240_611), SmallResNet::layers);

    private SmallResNet() {}

    private static ClassifierNetwork.Outputs layers(Graph graph, Value images, int classes) {
        Value x = normalized(graph, "stem", ClassifierNetwork.convolution(graph, "stem", images, 16, 5, 2));
        x = residual(graph, "block1", x);
        x = normalized(graph, "down1", ClassifierNetwork.convolution(graph, "down1", x, 32, 3, 2));
        x = residual(graph, "block2", x);
        x = normalized(graph, "down2", ClassifierNetwork.convolution(graph, "down2", x, WIDTH, 3, 2));
        x = residual(graph, "block3", x);
        Value features =
                x.reshape(Graph.ANY, WIDTH, x.dim(2) * x.dim(3)).mean(-1).reshape(Graph.ANY, WIDTH);
        return new ClassifierNetwork.Outputs(features, ClassifierNetwork.linear(graph, "linear", features, classes));
    }

    private static Value residual(Graph graph, String name, Value x) {
        int channels = (int) x.dim(1);
        Value inner =
                normalized(graph, name + ".1", ClassifierNetwork.convolution(graph, name + ".1", x, channels, 3, 1));
        return x.plus(normalized(
                graph, name + ".2", ClassifierNetwork.convolution(graph, name + ".2", inner, channels, 3, 1)));
    }

    private static Value normalized(Graph graph, String name, Value x) {
        int channels = (int) x.dim(1);
        Value scale = graph.parameter(name + ".norm.weight", Initializer.ONES, channels);
        Value shift = graph.parameter(name + ".norm.bias", Initializer.ZEROS, channels);
        return Functional.groupNorm(x, channels / GROUP, scale, shift).relu();
    }
}
