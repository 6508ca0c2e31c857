package org.autophage.model.gan;

import java.util.List;
import org.autophage.data.ImageShape;
import org.autophage.model.Precision;
import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.Initializer;
import org.autophage.program.Parameters;
import org.autophage.program.TrainingStep;
import org.autophage.program.Value;

/**
 * The generator of WGAN-GP on small images (Gulrajani et al. 2017, arXiv 1704.00028): a linear layer and transposed
 * convolutions with ReLU, no normalization, tanh at the end. Told labels, it takes their embedding beside the latent point.
 *
 * <p>There is no space of styles to truncate in: sampling bias λ draws latent points from N(0, λI), as for flows and
 * variational autoencoders.
 */
final class ConvolutionalGenerator implements Generator {
    private final GanSettings settings;
    private final ImageShape shape;
    private final Resolutions resolutions;
    private final long[] images;
    private final long[] points;

    ConvolutionalGenerator(GanSettings settings, ImageShape shape) {
        this.settings = settings;
        this.shape = shape;
        this.resolutions = Resolutions.of(shape.size(), settings);
        this.images = new long[] {Graph.ANY, shape.channels(), shape.size(), shape.size()};
        this.points = new long[] {Graph.ANY, settings.latent()};
    }

    @Override
    public List<Graph> methods(Parameters parameters) {
        return List.of(synthesis(parameters), generate(), generateBiased());
    }

    @Override
    public Value train(TrainingStep step, Value latents, Value labels) {
        return synthesized(step.parameters(), latents, labels);
    }

    /** Images in float32 of latent points in float32, in between in the spec's precision. */
    private Value synthesized(Value flat, Value latents, Value labels) {
        Precision precision = settings.precision();
        return latents.graph().call(images, "synthesis", precision.cast(flat), precision.cast(latents), labels);
    }

    /** {@code synthesis(flat, latents, labels)}: images (N, C, H, W) in float32. */
    private Graph synthesis(Parameters parameters) {
        Graph graph = new Graph("synthesis", parameters);
        Value x = graph.input("latents", points);
        Value labels = graph.input("labels", Graph.ANY);
        if (shape.classes() > 1) {
            Value table = graph.parameter("label", Initializer.normal(1), shape.classes(), settings.latent());
            x = Value.concatenate(1, x, Functional.embedding(table, labels));
        }
        int halvings = resolutions.doublings();
        long base = resolutions.base();
        // The whole size has the image's channels, so that the first width is that of one halving.
        long channels = resolutions.channels(halvings - 1);
        Initializer first = Initializer.uniformFanIn(x.dim(1));
        Value weight = graph.parameter("in.weight", first, channels * base * base, x.dim(1));
        Value bias = graph.parameter("in.bias", first, channels * base * base);
        x = Functional.linear(x, weight, bias).relu().reshape(Graph.ANY, channels, base, base);
        for (int i = 1; i <= halvings; i++) {
            boolean last = i == halvings;
            x = doubled(graph, "up." + i, x, last ? shape.channels() : resolutions.channels(halvings - i - 1));
            x = last ? settings.precision().uncast(x).tanh() : x.relu();
        }
        return graph.returns(x);
    }

    private static Value doubled(Graph graph, String name, Value x, long channels) {
        // Four of the sixteen weights meet at a pixel of the result.
        Initializer initializer = Initializer.uniformFanIn(4 * x.dim(1));
        Value weight = graph.parameter(name + ".weight", initializer, x.dim(1), channels, 4, 4);
        Value bias = graph.parameter(name + ".bias", initializer, channels);
        return Functional.convTranspose2d(x, weight, bias, 2, 1);
    }

    private Graph generate() {
        Graph graph = new Graph("generate");
        Value flat = graph.input("flat", Graph.ANY);
        Value latents = graph.input("latents", points);
        return graph.returns(synthesized(flat, latents, graph.input("labels", Graph.ANY)));
    }

    private Graph generateBiased() {
        Graph graph = new Graph("generate_biased");
        Value flat = graph.input("flat", Graph.ANY);
        Value latents = graph.input("latents", points);
        Value labels = graph.input("labels", Graph.ANY);
        Value scaled = latents.times(graph.inputNumber("bias").squareRoot());
        return graph.returns(synthesized(flat, scaled, labels));
    }
}
