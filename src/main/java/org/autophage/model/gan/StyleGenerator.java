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
 * The generator of StyleGAN2 (Karras et al. 2020, arXiv 1912.04958) in a small size: a mapping network from latent point
 * and label to W, modulated convolutions from a learnt constant on, noise for every pixel with a learnt strength, and
 * colours of every resolution added up (skip outputs). Differences: where the size doubles, the convolution comes before
 * the interpolation, which costs a quarter; no style mixing and no path length regularization, which serve the editing
 * of faces; w̄ is one mean a class. The mapping network and the sum of colours are float32 in any precision (as in Karras
 * et al. 2020, arXiv 2006.06676).
 *
 * <p>Sampling bias λ truncates in W: w' = w̄ + λ(w − w̄). The means w̄ are a part of the parameters that no gradient reaches:
 * each step sets them to the batch's, so that the moving average of the parameters holds the running means.
 */
final class StyleGenerator implements Generator {
    private static final String AVERAGE = "mapping.average";

    private final GanSettings settings;
    private final ImageShape shape;
    private final Resolutions resolutions;
    private final int latent;
    private final long[] images;
    private final long[] points;

    StyleGenerator(GanSettings settings, ImageShape shape) {
        this.settings = settings;
        this.shape = shape;
        this.resolutions = Resolutions.of(shape.size(), settings);
        this.latent = settings.latent();
        this.images = new long[] {Graph.ANY, shape.channels(), shape.size(), shape.size()};
        this.points = new long[] {Graph.ANY, latent};
    }

    @Override
    public List<Graph> methods(Parameters parameters) {
        return List.of(mapping(parameters), averages(parameters), synthesis(parameters), generate(), generateBiased());
    }

    @Override
    public Value train(TrainingStep step, Value latents, Value labels) {
        Graph graph = latents.graph();
        Value w = graph.call(points, "mapping", step.parameters(), latents, labels);
        Value before = graph.call(new long[] {shape.classes(), latent}, "averages", step.parameters());
        step.assign(AVERAGE, classMeans(w.detach(), labels, before));
        return synthesized(step.parameters(), w);
    }

    /** Images in float32 of latent vectors w in float32, in between in the spec's precision. */
    private Value synthesized(Value flat, Value w) {
        Precision precision = settings.precision();
        return w.graph().call(images, "synthesis", precision.cast(flat), precision.cast(w));
    }

    /**
     * Means of rows by class; classes without a row keep what they had.
     *
     * @param w (N, latent)
     * @param before (classes, latent)
     */
    private Value classMeans(Value w, Value labels, Value before) {
        Value belongs = Classes.membership(w, labels, shape.classes());
        Value seen = Classes.counts(belongs).clamp(0, 1);
        return before.plus(Classes.means(belongs, w).minus(before).times(seen));
    }

    /** {@code mapping(flat, latents, labels)}: w (N, latent). */
    private Graph mapping(Parameters parameters) {
        Graph graph = new Graph("mapping", parameters);
        EqualizedLayers layers = new EqualizedLayers(graph);
        Value latents = graph.input("latents", points);
        Value labels = graph.input("labels", Graph.ANY);
        Value w = EqualizedLayers.normalized(latents);
        if (shape.classes() > 1) {
            Value table = graph.parameter("mapping.label", Initializer.normal(1), shape.classes(), latent);
            w = Value.concatenate(1, w, EqualizedLayers.normalized(Functional.embedding(table, labels)));
        }
        for (int i = 0; i < settings.mappingLayers(); i++) {
            w = EqualizedLayers.activated(layers.linear("mapping." + i, w, latent, 0, settings.mappingRate()));
        }
        return graph.returns(w);
    }

    /** {@code averages(flat)}: w̄ of every class (classes, latent). */
    private Graph averages(Parameters parameters) {
        Graph graph = new Graph("averages", parameters);
        Value table = graph.parameter(AVERAGE, Initializer.ZEROS, shape.classes(), latent);
        return graph.returns(table);
    }

    /** {@code synthesis(flat, w)}: images (N, C, H, W) in float32, those of the training set in [−1, 1]. */
    private Graph synthesis(Parameters parameters) {
        Graph graph = new Graph("synthesis", parameters);
        EqualizedLayers layers = new EqualizedLayers(graph);
        Value w = graph.input("w", points);
        int halvings = resolutions.doublings();
        int base = resolutions.base();
        Value x = graph.parameter(
                "synthesis.constant", Initializer.normal(1), 1, resolutions.channels(halvings), base, base);
        x = styled(layers, "synthesis.0.0", x, w, resolutions.channels(halvings), false);
        Value colours = colours(layers, "synthesis.0.colours", x, w);
        for (int i = 1; i <= halvings; i++) {
            long channels = resolutions.channels(halvings - i);
            x = styled(layers, "synthesis.%d.0".formatted(i), x, w, channels, true);
            x = styled(layers, "synthesis.%d.1".formatted(i), x, w, channels, false);
            Value more = colours(layers, "synthesis.%d.colours".formatted(i), x, w);
            colours = Functional.upsampleBilinear(colours, 2).plus(more);
        }
        return graph.returns(colours);
    }

    private Value styled(EqualizedLayers layers, String name, Value x, Value w, long channels, boolean doubles) {
        Value convolved = layers.modulated(name, x, w, channels, 3, true);
        Value sized = doubles ? Functional.upsampleBilinear(convolved, 2) : convolved;
        Value strength = layers.graph().parameter(name + ".noise", Initializer.ZEROS, 1);
        Value noisy = sized.plus(sized.slice(1, 0, 1).noise().times(strength));
        return EqualizedLayers.activated(layers.biased(name, noisy));
    }

    private Value colours(EqualizedLayers layers, String name, Value x, Value w) {
        return settings.precision()
                .uncast(layers.biased(name, layers.modulated(name, x, w, shape.channels(), 1, false)));
    }

    private Graph generate() {
        Graph graph = new Graph("generate");
        Value flat = graph.input("flat", Graph.ANY);
        Value latents = graph.input("latents", points);
        Value labels = graph.input("labels", Graph.ANY);
        Value w = graph.call(points, "mapping", flat, latents, labels);
        return graph.returns(synthesized(flat, w));
    }

    private Graph generateBiased() {
        Graph graph = new Graph("generate_biased");
        Value flat = graph.input("flat", Graph.ANY);
        Value latents = graph.input("latents", points);
        Value labels = graph.input("labels", Graph.ANY);
        Value bias = graph.inputNumber("bias");
        Value w = graph.call(points, "mapping", flat, latents, labels);
        Value averages = graph.call(new long[] {shape.classes(), latent}, "averages", flat);
        Value center = Functional.embedding(averages, labels);
        Value truncated = center.plus(w.minus(center).times(bias));
        return graph.returns(synthesized(flat, truncated));
    }
}
