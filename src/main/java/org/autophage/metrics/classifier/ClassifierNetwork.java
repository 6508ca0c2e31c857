package org.autophage.metrics.classifier;

import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.Initializer;
import org.autophage.program.Value;

/**
 * An architecture of image classifiers, for square-ish images of 8 pixels and more, grey or colour.
 *
 * @param name what the trained classifier is called, such as "lenet"
 * @param version counts changes of the architecture, so that weights cached before one are not used after it
 * @param width number of {@link Outputs#features}
 * @param training how it learns a dataset of small images in minutes on a CPU
 * @param layers the network itself
 */
record ClassifierNetwork(String name, int version, int width, ClassifierTraining training, Layers layers) {
    /** Records a network's layers. */
    @FunctionalInterface
    interface Layers {
        /**
         * Records the network.
         *
         * @param graph a method with parameters
         * @param images (N, C, H, W), float32 in [−1, 1]
         * @param classes number of classes
         */
        Outputs record(Graph graph, Value images, int classes);
    }

    /**
     * What a network gives.
     *
     * @param features (N, width), the activations before the last layer
     * @param logits (N, classes)
     */
    record Outputs(Value features, Value logits) {}

    /** A convolution with an odd kernel that keeps the size at stride 1; initialized as PyTorch does by default. */
    static Value convolution(Graph graph, String name, Value x, int channels, int kernel, int stride) {
        long fanIn = x.dim(1) * kernel * kernel;
        Value weight =
                graph.parameter(name + ".weight", Initializer.uniformFanIn(fanIn), channels, x.dim(1), kernel, kernel);
        Value bias = graph.parameter(name + ".bias", Initializer.uniformFanIn(fanIn), channels);
        return Functional.conv2d(x, weight, bias, stride, kernel / 2);
    }

    /** A fully connected layer; initialized as PyTorch does by default. */
    static Value linear(Graph graph, String name, Value x, int width) {
        Initializer initializer = Initializer.uniformFanIn(x.dim(1));
        Value weight = graph.parameter(name + ".weight", initializer, width, x.dim(1));
        return Functional.linear(x, weight, graph.parameter(name + ".bias", initializer, width));
    }
}
