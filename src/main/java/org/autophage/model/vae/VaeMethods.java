package org.autophage.model.vae;

import java.util.ArrayList;
import java.util.List;
import org.autophage.data.ImageShape;
import org.autophage.model.Regularization;
import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.Parameters;
import org.autophage.program.Pixels;
import org.autophage.program.TrainingStep;
import org.autophage.program.Value;

/** The methods of a variational autoencoder's program besides its network: a training step, a draw, and the way back. */
final class VaeMethods {
    /** PyTorch's constants of Adam, which the paper's code leaves as they are; nothing is clipped. */
    private static final TrainingStep.Adam ADAM = new TrainingStep.Adam(0.9, 0.999, 1e-8, Double.POSITIVE_INFINITY);

    private final VaeSpec spec;
    private final ImageShape shape;
    private final long[] images;

    VaeMethods(VaeSpec spec, ImageShape shape) {
        this.spec = spec;
        this.shape = shape;
        images = new long[] {Graph.ANY, shape.channels(), shape.size(), shape.size()};
    }

    /**
     * What only training and whoever looks into a model need: the step, the loss that early stopping looks at, and the ways of single
     * images.
     *
     * @param parameters those of the network, which is recorded
     */
    List<Graph> training(Parameters parameters) {
        List<Graph> all = new ArrayList<>(List.of(step(parameters)));
        if (spec.earlyStopping() != null) {
            all.add(heldOutLoss(parameters));
        }
        all.addAll(List.of(losses(), latents(), decoded()));
        return all;
    }

    /**
     * {@code step(…training state…, images, labels, weights, indices)}: one optimization step on the images of these
     * indices. The loss is the mean over images of weight · (cross-entropy summed over pixels + β · KL divergence); images
     * uint8 (count, H, W, C), labels int64 (count), weights float32 (count) of mean 1, indices int64 (N).
     */
    private Graph step(Parameters parameters) {
        Graph graph = new Graph("step");
        TrainingStep step = new TrainingStep(graph, parameters);
        Value all = graph.input("images", Graph.ANY, shape.size(), shape.size(), shape.channels());
        Value allLabels = graph.input("labels", Graph.ANY);
        Value allWeights = graph.input("weights", Graph.ANY);
        Value indices = graph.input("indices", Graph.ANY);
        Value clean = augmented(all.rows(indices));
        Value loss = loss(step.parameters(), clean, allLabels.rows(indices), allWeights.rows(indices));
        Regularization.orNone(spec.regularization()).tell(step);
        step.minimize(loss, ADAM);
        return graph;
    }

    /** {@code held_out_loss(flat, images, labels, weights, indices)}: the same loss of images as they are, without a step. */
    private Graph heldOutLoss(Parameters parameters) {
        Graph graph = new Graph("held_out_loss");
        Value flat = graph.input("flat", parameters.size());
        Value all = graph.input("images", Graph.ANY, shape.size(), shape.size(), shape.channels());
        Value allLabels = graph.input("labels", Graph.ANY);
        Value allWeights = graph.input("weights", Graph.ANY);
        Value indices = graph.input("indices", Graph.ANY);
        return graph.returns(loss(flat, unit(all.rows(indices)), allLabels.rows(indices), allWeights.rows(indices)));
    }

    /** The mean loss of images (N, C, H, W) in [0, 1] by float32 parameters; draws a code for each. */
    private Value loss(Value parameters, Value clean, Value labels, Value weights) {
        Graph graph = clean.graph();
        Value flat = spec.precision().cast(parameters);
        Code code = encode(graph, flat, clean, labels);
        Value z = code.mean.plus(
                code.mean.noise().times(code.logVariance.times(0.5).exp()));
        Value logits = decode(graph, flat, z, labels);
        return loss(logits, clean, code).times(weights).mean();
    }

    /** {@code draw(flat, template, labels, deviation)}: decoder means of codes from N(0, deviation² I), uint8 NHWC. */
    Graph draw() {
        Graph graph = new Graph("draw");
        Value flat = spec.precision().cast(graph.input("flat", Graph.ANY));
        Value template = graph.input("template", Graph.ANY, spec.latent());
        Value labels = graph.input("labels", Graph.ANY);
        Value z = template.noise().times(graph.inputNumber("deviation"));
        return graph.returns(pictures(graph, flat, z, labels));
    }

    /** {@code latents(template)}: N(0, 1) of the template's shape (N, latent). */
    private Graph latents() {
        Graph graph = new Graph("latents");
        return graph.returns(graph.input("template", Graph.ANY, spec.latent()).noise());
    }

    /** {@code decoded(flat, codes, labels)}: decoder means of codes (N, latent), uint8 NHWC. */
    private Graph decoded() {
        Graph graph = new Graph("decoded");
        Value flat = spec.precision().cast(graph.input("flat", Graph.ANY));
        Value codes = graph.input("codes", Graph.ANY, spec.latent());
        return graph.returns(pictures(graph, flat, codes, graph.input("labels", Graph.ANY)));
    }

    private Value pictures(Graph graph, Value flat, Value codes, Value labels) {
        Value means = decode(graph, flat, codes, labels).sigmoid();
        return Pixels.pictures(means.times(2).minus(1));
    }

    /** {@code means(flat, images, labels)}: means of the codes (N, latent) of images uint8 (N, H, W, C). */
    Graph means() {
        Graph graph = new Graph("means");
        Value flat = spec.precision().cast(graph.input("flat", Graph.ANY));
        Value bytes = graph.input("images", Graph.ANY, shape.size(), shape.size(), shape.channels());
        Value labels = graph.input("labels", Graph.ANY);
        Value mean = encode(graph, flat, unit(bytes), labels).mean;
        return graph.returns(graph.emit(mean.dims(), "torch.contiguous", mean));
    }

    /** {@code losses(flat, images, labels)}: what each of some images (N), uint8 (N, H, W, C), adds to the loss with the mean as its code. */
    private Graph losses() {
        Graph graph = new Graph("losses");
        Value flat = spec.precision().cast(graph.input("flat", Graph.ANY));
        Value bytes = graph.input("images", Graph.ANY, shape.size(), shape.size(), shape.channels());
        Value labels = graph.input("labels", Graph.ANY);
        Value clean = unit(bytes);
        Code code = encode(graph, flat, clean, labels);
        return graph.returns(loss(decode(graph, flat, code.mean, labels), clean, code));
    }

    /** The loss of every image (N). */
    private Value loss(Value logits, Value clean, Code code) {
        return reconstruction(logits, clean).plus(divergence(code).times(spec.klWeight()));
    }

    /** Mean and log variance of codes, float32 (N, latent) each. */
    private record Code(Value mean, Value logVariance) {}

    private Code encode(Graph graph, Value flat, Value clean, Value labels) {
        long[] dims = {Graph.ANY, 2L * spec.latent()};
        Value both = graph.call(dims, "encode", flat, spec.precision().cast(clean), labels);
        List<Value> halves = Functional.chunk(spec.precision().uncast(both), 2, 1);
        return new Code(halves.get(0), halves.get(1));
    }

    private Value decode(Graph graph, Value flat, Value z, Value labels) {
        return spec.precision()
                .uncast(graph.call(images, "decode", flat, spec.precision().cast(z), labels));
    }

    /** Unsigned bytes (N, H, W, C) as planes (N, C, H, W) in [0, 1]. */
    private Value unit(Value bytes) {
        Value planes = Pixels.planes(bytes).plus(1).times(0.5);
        return planes.graph().emit(images, "torch.contiguous", planes);
    }

    /** The same as training sees them; what jitter leads out of [0, 1] is put back onto its border, for it is a probability. */
    private Value augmented(Value bytes) {
        Regularization regularization = Regularization.orNone(spec.regularization());
        if (regularization.equals(Regularization.DEFAULTS)) {
            return unit(bytes);
        }
        Value planes = regularization.augmented(unit(bytes).times(2).minus(1));
        return planes.plus(1).times(0.5).clamp(0, 1);
    }

    /** −ln of the Bernoulli likelihood of every image (N), pixels in [0, 1] taken as probabilities. */
    private Value reconstruction(Value logits, Value clean) {
        Value pixels = Functional.binaryCrossEntropy(logits, clean);
        return pixels.reshape(Graph.ANY, shape.bytes()).sum(1).reshape(Graph.ANY);
    }

    /** KL divergence of N(mean, variance) from N(0, I) of every image (N). */
    private static Value divergence(Code code) {
        Value terms = code.mean
                .square()
                .plus(code.logVariance.exp())
                .minus(code.logVariance)
                .minus(1);
        return terms.sum(1).reshape(Graph.ANY).times(0.5);
    }
}
