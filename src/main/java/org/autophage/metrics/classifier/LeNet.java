package org.autophage.metrics.classifier;

import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.Value;

/**
 * LeNet-5 (LeCun et al. 1998) with rectified units and maximum pooling; its 84 activations before the last layer are the
 * features that stand in for Inception's on small images, as in Alemohammad et al. (arXiv 2307.01850). Convolutions are
 * padded so that any size from 8 pixels fits.
 */
final class LeNet {
    private static final int WIDTH = 84;

    static final ClassifierNetwork NETWORK = new ClassifierNetwork(
            "lenet", 1, WIDTH, new ClassifierTraining(8, 128, 2e-3, 1 / 14.0, 19_980_101), LeNet::layers);

    /** The same layers for whoever learns from samples: its seed is each training's own. */
    static final ClassifierNetwork OF_LEARNER = new ClassifierNetwork(
            "learner", 1, WIDTH, new ClassifierTraining(8, 128, 2e-3, 1 / 14.0, 0), LeNet::layers);

    /** Width of {@link #PROJECTED}'s hidden layer and of its outputs. */
    private static final int HIDDEN = 64;

    static final int PROJECTED_WIDTH = 32;

    /**
     * The same layers with two in place of the last one, whose outputs are compared with each other and are of no classes: the
     * projection head of SimCLR (arXiv 2002.05709).
     */
    static final ClassifierNetwork PROJECTED = new ClassifierNetwork(
            "encoder", 1, WIDTH, new ClassifierTraining(8, 128, 2e-3, 1 / 7.0, 0), LeNet::projected);

    private LeNet() {}

    private static ClassifierNetwork.Outputs projected(Graph graph, Value images, int classes) {
        Value features = features(graph, images);
        Value hidden =
                ClassifierNetwork.linear(graph, "project1", features, HIDDEN).relu();
        return new ClassifierNetwork.Outputs(features, ClassifierNetwork.linear(graph, "project2", hidden, classes));
    }

    private static ClassifierNetwork.Outputs layers(Graph graph, Value images, int classes) {
        Value features = features(graph, images);
        return new ClassifierNetwork.Outputs(features, ClassifierNetwork.linear(graph, "linear3", features, classes));
    }

    private static Value features(Graph graph, Value images) {
        Value x = stage(graph, "conv1", images, 6);
        x = stage(graph, "conv2", x, 16);
        x = x.reshape(Graph.ANY, x.dim(1) * x.dim(2) * x.dim(3));
        x = ClassifierNetwork.linear(graph, "linear1", x, 120).relu();
        return ClassifierNetwork.linear(graph, "linear2", x, WIDTH).relu();
    }

    private static Value stage(Graph graph, String name, Value x, int channels) {
        return Functional.maxPool(
                ClassifierNetwork.convolution(graph, name, x, channels, 5, 1).relu(), 2);
    }
}
