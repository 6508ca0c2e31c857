package org.autophage.model.gan;

import org.autophage.data.ImageShape;
import org.autophage.model.Precision;
import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.Initializer;
import org.autophage.program.Parameters;
import org.autophage.program.Value;

/**
 * The residual discriminator of StyleGAN2 (Karras et al. 2020), with the label by projection (Miyato and Koyama 2018, arXiv
 * 1802.05637) and the deviation within the batch as one more feature (Karras et al. 2018), by which it notices images that
 * are too much alike. The deviation is that among images of one class: among images of all classes, as in the paper, it is
 * large even where a generator has a single image a class. That deviation and the score are float32 in any precision.
 */
final class StyleDiscriminator {
    private final ImageShape shape;
    private final Precision precision;
    private final Resolutions resolutions;

    StyleDiscriminator(GanSettings settings, ImageShape shape) {
        this.shape = shape;
        this.precision = settings.precision();
        this.resolutions = Resolutions.of(shape.size(), settings);
    }

    /** {@code discriminate(flat, images, labels)}: scores (N) in float32, higher for what looks real. */
    Graph method(Parameters parameters) {
        Graph graph = new Graph("discriminate", parameters);
        EqualizedLayers layers = new EqualizedLayers(graph);
        Value images = graph.input("images", Graph.ANY, shape.channels(), shape.size(), shape.size());
        Value labels = graph.input("labels", Graph.ANY);
        Value x = layer(layers, "in", images, resolutions.channels(0), 1);
        for (int i = 0; i < resolutions.doublings(); i++) {
            x = residual(layers, "block." + i, x, resolutions.channels(i + 1));
        }
        long channels = x.dim(1);
        Value more = precision.cast(withDeviation(precision.uncast(x), labels, shape.classes()));
        x = layer(layers, "out.convolution", more, channels, 3);
        Value rows = x.reshape(Graph.ANY, channels * x.dim(2) * x.dim(3));
        Value features =
                precision.uncast(EqualizedLayers.activated(layers.linear("out.features", rows, channels, 0, 1)));
        Value score = layers.linear("out.score", features, 1, 0, 1).reshape(Graph.ANY);
        if (shape.classes() > 1) {
            Value table = graph.parameter("out.label", Initializer.normal(1), shape.classes(), channels);
            Value projected = features.times(Functional.embedding(table, labels).like(features))
                    .sum(1);
            score = score.plus(projected.reshape(Graph.ANY).times(1 / Math.sqrt(channels)));
        }
        return graph.returns(score);
    }

    /** Half the size. */
    private static Value residual(EqualizedLayers layers, String name, Value x, long channels) {
        Value h = layer(layers, name + ".0", x, x.dim(1), 3);
        h = layer(layers, name + ".1", Functional.averagePool(h, 2), channels, 3);
        Value skip = layers.convolution(name + ".skip", Functional.averagePool(x, 2), channels, 1);
        return h.plus(skip).times(Math.sqrt(0.5));
    }

    private static Value layer(EqualizedLayers layers, String name, Value x, long channels, int size) {
        return EqualizedLayers.activated(layers.biased(name, layers.convolution(name, x, channels, size)));
    }

    /**
     * One more channel: the deviation of every feature among the images of the same class, averaged over features and
     * places; the same for all images of a class.
     *
     * @param x (N, C, H, W)
     * @param labels int64 (N)
     */
    static Value withDeviation(Value x, Value labels, long classes) {
        Value rows = x.reshape(Graph.ANY, x.dim(1) * x.dim(2) * x.dim(3));
        Value belongs = Classes.membership(rows, labels, classes);
        Value deviation = Classes.means(
                        belongs,
                        rows.minus(belongs.matmul(Classes.means(belongs, rows))).square())
                .plus(1e-8)
                .squareRoot()
                .mean(1);
        Value channel = belongs.matmul(deviation).reshape(Graph.ANY, 1, 1, 1);
        return Value.concatenate(1, x, Functional.repeat(channel, 1, 1, x.dim(2), x.dim(3)));
    }
}
