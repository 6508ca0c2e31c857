package org.autophage.model.diffusion;

import java.util.ArrayList;
import java.util.List;
import org.autophage.data.ImageShape;
import org.autophage.model.Precision;
import org.autophage.model.Regularization;
import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.Graph.ElementType;
import org.autophage.program.Parameters;
import org.autophage.program.Pixels;
import org.autophage.program.TrainingStep;
import org.autophage.program.Value;

/**
 * The methods of a diffusion model's program besides its network and the steps of its samplers: the denoiser, a training step, noise and
 * bytes. With guidance the denoiser takes the weight w and evaluates the network once on a doubled batch; without, it does
 * not pay for it.
 */
final class DiffusionMethods {
    private static final String NETWORK = "network";
    private static final String DENOISE = "denoise";

    /** With dropout, for training alone. */
    private static final String DROPPING_NETWORK = "network_dropping";

    private static final String DROPPING_DENOISE = "denoise_dropping";

    private final DiffusionSpec spec;
    private final Parameterization parameterization;
    private final ImageShape shape;
    private final double labelDropout;
    private final Precision precision;
    private final Regularization regularization;
    private final long[] images;

    DiffusionMethods(DiffusionSpec spec, ImageShape shape) {
        this.spec = spec;
        this.parameterization = spec.parameterized();
        this.shape = shape;
        this.labelDropout = spec.shareWithoutLabel();
        this.precision = spec.precision();
        this.regularization = Regularization.orNone(spec.regularization());
        images = new long[] {Graph.ANY, shape.channels(), shape.size(), shape.size()};
    }

    /** {@code denoise(flat, x, sigma, labels)}: the estimate D(x; σ) of the clean images; sigma (N). */
    Graph denoise() {
        return denoise(DENOISE, NETWORK);
    }

    private Graph denoise(String name, String method) {
        Graph graph = new Graph(name);
        Value flat = graph.input("flat", Graph.ANY);
        Value x = graph.input("x", images);
        Value sigma = graph.input("sigma", Graph.ANY);
        Value labels = graph.input("labels", Graph.ANY);
        Parameterization.Network network = (scaled, level) -> precision.uncast(
                graph.call(images, method, precision.cast(flat), precision.cast(scaled), level, labels));
        return graph.returns(parameterization.denoise(network, x, column(sigma)));
    }

    /**
     * {@code denoise(flat, x, sigma, labels)} of two networks, θ and θ', with flat (θ, θ', ω): D + ω(D − D'), where {@code
     * denoise_one} is the denoiser of one. Whatever calls it needs to know nothing of it.
     *
     * @param size elements of one network
     */
    List<Graph> denoiseAway(long size) {
        Graph graph = new Graph(DENOISE);
        Value flat = graph.input("flat", Graph.ANY);
        Value x = graph.input("x", images);
        Value sigma = graph.input("sigma", Graph.ANY);
        Value labels = graph.input("labels", Graph.ANY);
        Value own = graph.call(images, "denoise_one", flat.slice(0, 0, size), x, sigma, labels);
        Value other = graph.call(images, "denoise_one", flat.slice(0, size, 2 * size), x, sigma, labels);
        Value weight = flat.slice(0, 2 * size, 2 * size + 1).reshape(1, 1, 1, 1);
        return List.of(
                denoise("denoise_one", NETWORK),
                graph.returns(own.plus(own.minus(other).times(weight))));
    }

    /**
     * {@code denoise_guided(flat, x, sigma, labels, w)}: (1 + w) · conditional − w · unconditional, classifier-free
     * guidance (Ho and Salimans 2022) in MAD's convention λ = 1/(1 + w).
     */
    Graph denoiseGuided() {
        Graph graph = new Graph("denoise_guided");
        Value flat = graph.input("flat", Graph.ANY);
        Value x = graph.input("x", images);
        Value sigma = graph.input("sigma", Graph.ANY);
        Value labels = graph.input("labels", Graph.ANY);
        Value weight = graph.inputNumber("w");
        Value unlabelled = graph.emit(labels.dims(), "torch.full_like", labels, (long) shape.classes());
        Value both = graph.call(
                images,
                "denoise",
                flat,
                Value.concatenate(0, x, x),
                Value.concatenate(0, sigma, sigma),
                Value.concatenate(0, labels, unlabelled));
        List<Value> halves = graph.emitTuple(List.of(images, images), "torch.chunk", both, 2L, 0L);
        Value conditional = halves.get(0);
        return graph.returns(conditional.plus(conditional.minus(halves.get(1)).times(weight)));
    }

    /**
     * What only training needs: the step, with dropout the denoiser that it trains, and the loss that early stopping looks at.
     *
     * @param parameters those of the network, which is recorded
     */
    List<Graph> training(Parameters parameters) {
        List<Graph> all = new ArrayList<>();
        double dropout = regularization.dropped();
        if (dropout > 0) {
            all.add(UNet.recordDropping(DROPPING_NETWORK, spec, shape, dropout));
            all.add(denoise(DROPPING_DENOISE, DROPPING_NETWORK));
        }
        all.add(step(parameters, dropout == 0 ? DENOISE : DROPPING_DENOISE));
        if (spec.earlyStopping() != null) {
            all.add(heldOutLoss(parameters));
        }
        all.add(losses());
        all.add(noised());
        return all;
    }

    /**
     * {@code step(…training state…, images, labels, weights, indices, table)}: one optimization step on the images of
     * these indices; images uint8 (count, H, W, C), labels int64 (count), weights float32 (count) of mean 1, by which
     * each image's loss counts, indices int64 (N).
     */
    private Graph step(Parameters parameters, String denoise) {
        Graph graph = new Graph("step");
        TrainingStep step = new TrainingStep(graph, parameters);
        Value all = graph.input("images", Graph.ANY, shape.size(), shape.size(), shape.channels());
        Value allLabels = graph.input("labels", Graph.ANY);
        Value allWeights = graph.input("weights", Graph.ANY);
        Value indices = graph.input("indices", Graph.ANY);
        Value table = graph.input("table", Graph.ANY);

        Value clean =
                regularization.augmented(graph.emit(images, "torch.contiguous", Pixels.planes(all.rows(indices))));
        Value labels = hideSome(allLabels.rows(indices));
        Value loss = loss(denoise, step.parameters(), clean, labels, allWeights.rows(indices), table);
        regularization.tell(step);
        step.minimize(loss, TrainingStep.Adam.SHORT_RUNS);
        return graph;
    }

    /**
     * {@code losses(flat, images, labels, sigma, noise)}: what each of some images (N) adds to the loss of {@link #step} at given levels
     * of noise, sigma (N), and the same noise (1, C, H, W) of deviation 1 for all images.
     */
    private Graph losses() {
        Graph graph = new Graph("losses");
        Value flat = graph.input("flat", Graph.ANY);
        Value bytes = graph.input("images", Graph.ANY, shape.size(), shape.size(), shape.channels());
        Value labels = graph.input("labels", Graph.ANY);
        Value sigma = graph.input("sigma", Graph.ANY);
        Value noise = graph.input("noise", 1, shape.channels(), shape.size(), shape.size());
        Value clean = graph.emit(images, "torch.contiguous", Pixels.planes(bytes));
        Value errors = errors(DENOISE, flat, clean, labels, sigma, noise);
        return graph.returns(errors.reshape(Graph.ANY, shape.bytes())
                .sum(1)
                .times(1.0 / shape.bytes())
                .reshape(Graph.ANY));
    }

    /** Squared errors of the denoiser (N, C, H, W), each level of noise with its weight in the loss. */
    private Value errors(String denoise, Value flat, Value clean, Value labels, Value sigma, Value noise) {
        Value noisy = clean.plus(noise.times(column(sigma)));
        Value denoised = clean.graph().call(images, denoise, flat, noisy, sigma, labels);
        return denoised.minus(clean).square().times(parameterization.lossWeight(column(sigma)));
    }

    /**
     * {@code held_out_loss(flat, images, labels, weights, indices, table)}: the same loss of images as they are, with their labels
     * and all hidden units, without a step.
     */
    private Graph heldOutLoss(Parameters parameters) {
        Graph graph = new Graph("held_out_loss");
        Value flat = graph.input("flat", parameters.size());
        Value all = graph.input("images", Graph.ANY, shape.size(), shape.size(), shape.channels());
        Value allLabels = graph.input("labels", Graph.ANY);
        Value allWeights = graph.input("weights", Graph.ANY);
        Value indices = graph.input("indices", Graph.ANY);
        Value table = graph.input("table", Graph.ANY);
        Value clean = graph.emit(images, "torch.contiguous", Pixels.planes(all.rows(indices)));
        return graph.returns(loss(DENOISE, flat, clean, allLabels.rows(indices), allWeights.rows(indices), table));
    }

    /** The mean loss of images (N, C, H, W) at noise levels that it draws. */
    private Value loss(String denoise, Value flat, Value clean, Value labels, Value weights, Value table) {
        Value uniform = labels.to(ElementType.FLOAT32).uniformNoise();
        Value sigma = parameterization.trainingNoise(uniform, table);
        return errors(denoise, flat, clean, labels, sigma, clean.noise())
                .times(column(weights))
                .mean();
    }

    /** Labels of which a random share is replaced by "no label". */
    private Value hideSome(Value labels) {
        if (labelDropout == 0) {
            return labels;
        }
        Value uniform = labels.to(ElementType.FLOAT32).uniformNoise();
        Value hidden = Functional.lessThan(uniform, labelDropout);
        return labels.graph().emit(labels.dims(), "torch.masked_fill", labels, hidden, (long) shape.classes());
    }

    /** {@code latents(template, sigma)}: noise of standard deviation sigma, of the template's shape. */
    Graph latents() {
        Graph graph = new Graph("latents");
        Value template = graph.input("template", images);
        return graph.returns(template.noise().times(graph.inputNumber("sigma")));
    }

    /** {@code noised(images, sigma)}: images uint8 (N, H, W, C) as planes in [−1, 1] with noise of standard deviation sigma. */
    private Graph noised() {
        Graph graph = new Graph("noised");
        Value bytes = graph.input("images", Graph.ANY, shape.size(), shape.size(), shape.channels());
        Value clean = graph.emit(images, "torch.contiguous", Pixels.planes(bytes));
        return graph.returns(clean.plus(clean.noise().times(graph.inputNumber("sigma"))));
    }

    /** {@code to_bytes(x)}: images in [−1, 1] as uint8 in NHWC layout. */
    Graph toBytes() {
        Graph graph = new Graph("to_bytes");
        return graph.returns(Pixels.pictures(graph.input("x", images)));
    }

    private static Value column(Value vector) {
        return vector.reshape(Graph.ANY, 1, 1, 1);
    }
}
