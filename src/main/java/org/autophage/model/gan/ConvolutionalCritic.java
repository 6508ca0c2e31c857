package org.autophage.model.gan;

import org.autophage.data.ImageShape;
import org.autophage.model.Precision;
import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.Initializer;
import org.autophage.program.Parameters;
import org.autophage.program.Value;

/**
 * The critic of WGAN-GP on small images (Gulrajani et al. 2017): convolutions of stride 2 with leaky ReLU and a linear
 * layer; no normalization across images, under which a penalty for every image would mean nothing. Told labels, it adds
 * their projection (Miyato and Koyama 2018).
 */
final class ConvolutionalCritic {
    private static final double SLOPE = 0.2;

    private final ImageShape shape;
    private final Precision precision;
    private final Resolutions resolutions;

    ConvolutionalCritic(GanSettings settings, ImageShape shape) {
        this.shape = shape;
        this.precision = settings.precision();
        this.resolutions = Resolutions.of(shape.size(), settings);
    }

    /** {@code discriminate(flat, images, labels)}: scores (N) in float32, higher for what looks real. */
    Graph method(Parameters parameters) {
        Graph graph = new Graph("discriminate", parameters);
        Value x = graph.input("images", Graph.ANY, shape.channels(), shape.size(), shape.size());
        Value labels = graph.input("labels", Graph.ANY);
        for (int i = 0; i < resolutions.doublings(); i++) {
            Initializer initializer = Initializer.uniformFanIn(16 * x.dim(1));
            long channels = resolutions.channels(i);
            Value weight = graph.parameter("down.%d.weight".formatted(i), initializer, channels, x.dim(1), 4, 4);
            Value bias = graph.parameter("down.%d.bias".formatted(i), initializer, channels);
            x = Functional.conv2d(x, weight, bias, 2, 1).leakyRelu(SLOPE);
        }
        long width = x.dim(1) * x.dim(2) * x.dim(3);
        Value rows = precision.uncast(x).reshape(Graph.ANY, width);
        Initializer initializer = Initializer.uniformFanIn(width);
        Value weight = graph.parameter("out.weight", initializer, 1, width);
        Value bias = graph.parameter("out.bias", initializer, 1);
        Value score =
                Functional.linear(rows, weight.like(rows), bias.like(rows)).reshape(Graph.ANY);
        if (shape.classes() > 1) {
            Value table = graph.parameter("out.label", initializer, shape.classes(), width);
            score = score.plus(rows.times(Functional.embedding(table, labels).like(rows))
                    .sum(1)
                    .reshape(Graph.ANY));
        }
        return graph.returns(score);
    }
}
