package org.autophage.model.gan;

import java.util.ArrayList;
import java.util.List;
import org.autophage.data.ImageShape;
import org.autophage.model.Regularization;
import org.autophage.program.Graph;
import org.autophage.program.Parameters;
import org.autophage.program.Pixels;
import org.autophage.program.TrainingStep;
import org.autophage.program.Value;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a GAN's training, whatever its networks and its objective. Generated images are given the labels of the
 * batch's real ones, so that the discriminator cannot tell them by their classes.
 */
final class GanMethods {
    static final String GENERATOR_STEP = "train_generator";
    static final String DISCRIMINATOR_STEP = "train_discriminator";
    static final String PENALIZED_STEP = "train_discriminator_penalized";

    /** End of the names of the same steps without changes, where augmentation is adaptive and its probability is 0. */
    static final String UNCHANGED = "_unchanged";

    private final GanSettings settings;
    private final ImageShape shape;
    private final Objective objective;
    private final Generator generator;
    private final long[] images;
    private final long[] points;

    GanMethods(GanSettings settings, ImageShape shape, Generator generator) {
        this.settings = settings;
        this.shape = shape;
        this.objective = settings.objective();
        this.generator = generator;
        images = new long[] {Graph.ANY, shape.channels(), shape.size(), shape.size()};
        points = new long[] {Graph.ANY, settings.latent()};
    }

    /**
     * {@code train_generator(…training state…, discriminator, labels, indices, template[, probability])}: one step of the generator
     * against a discriminator (flat); labels int64 (count), indices int64 (N), template (N, latent) gives the latent
     * points' shape, probability is that of adaptive augmentation. Returns loss and gradient norm.
     */
    Graph generatorStep(Parameters parameters, boolean changes) {
        Graph graph = new Graph(GENERATOR_STEP + (changes ? "" : UNCHANGED));
        TrainingStep step = new TrainingStep(graph, parameters);
        Value discriminator = settings.precision().cast(graph.input("discriminator", Graph.ANY));
        Value allLabels = graph.input("labels", Graph.ANY);
        Value indices = graph.input("indices", Graph.ANY);
        Value template = graph.input("template", points);
        Value probability = changes && settings.ada() != null ? graph.inputNumber("probability") : null;
        Value labels = allLabels.rows(indices);
        Value fake = generator.train(step, template.noise(), labels);
        step.minimize(objective.generatorLoss(scores(discriminator, fake, labels, probability)), objective.adam());
        return graph;
    }

    /**
     * {@code train_discriminator[_penalized](…training state…, generator, images, labels, weights, indices, template[,
     * probability])}:
     * one step of the discriminator against a generator (flat); images uint8 (count, H, W, C), labels int64 (count),
     * weights float32 (count) of mean 1, by which each real image counts. Returns the loss with penalty, the gradient norm,
     * the loss without penalty, the mean scores of real and of generated images, penalized, the mean penalty without
     * its weight, and, with adaptive augmentation, the mean sign of the scores of real images.
     */
    Graph discriminatorStep(Parameters parameters, boolean penalized, boolean changes) {
        Graph graph = new Graph((penalized ? PENALIZED_STEP : DISCRIMINATOR_STEP) + (changes ? "" : UNCHANGED));
        TrainingStep step = new TrainingStep(graph, parameters);
        Value generatorFlat = graph.input("generator", Graph.ANY);
        Value all = graph.input("images", Graph.ANY, shape.size(), shape.size(), shape.channels());
        Value allLabels = graph.input("labels", Graph.ANY);
        Value allWeights = graph.input("weights", Graph.ANY);
        Value indices = graph.input("indices", Graph.ANY);
        Value template = graph.input("template", points);
        Value probability = changes && settings.ada() != null ? graph.inputNumber("probability") : null;
        Value labels = allLabels.rows(indices);
        Value weights = allWeights.rows(indices);
        Value given = real(all.rows(indices));
        boolean atReal = penalized && objective.penalizesAtRealImages();
        Value real = atReal ? graph.differentiable(given) : given;
        Value fake = graph.call(images, "generate", generatorFlat, template.noise(), labels);
        Value discriminator = settings.precision().cast(step.parameters());
        Value realScores = scores(discriminator, real, labels, probability);
        Value fakeScores = scores(discriminator, fake, labels, probability);
        Value loss = objective.discriminatorLoss(realScores, fakeScores, weights);
        List<Value> figures = new ArrayList<>(List.of(loss, realScores.mean(), fakeScores.mean()));
        Value total = loss;
        if (penalized) {
            Value where = atReal ? real : graph.differentiable(between(real, fake));
            Value scores = atReal ? realScores : scores(discriminator, where, labels, probability);
            Value squaredNorms = squaredNorms(scores, where);
            Value penalty = objective.penalty(squaredNorms).times(weights).mean();
            total = loss.plusTimes(penalty, objective.penaltyWeight() * objective.penaltyEvery());
            figures.add(penalty);
        }
        if (settings.ada() != null) {
            figures.add(graph.emit(realScores.dims(), "torch.sign", realScores).mean());
        }
        step.minimize(total, objective.adam(), figures.toArray(Value[]::new));
        return graph;
    }

    /**
     * Squared norms of the scores' gradients (N), which can themselves be differentiated.
     *
     * @param scores (N)
     * @param where images (N, C, H, W) that the scores were computed from
     */
    static Value squaredNorms(Value scores, Value where) {
        Value gradient = where.graph().gradient(scores.sum(), where, true);
        return gradient.square()
                .reshape(Graph.ANY, where.dim(1) * where.dim(2) * where.dim(3))
                .sum(1)
                .reshape(Graph.ANY);
    }

    /**
     * Scores (N) in float32.
     *
     * @param discriminator flat, in the networks' precision
     * @param x images (N, C, H, W) in float32
     * @param probability of augmentation, where it has one
     */
    private Value scores(Value discriminator, Value x, Value labels, @Nullable Value probability) {
        Value seen = settings.precision().cast(settings.augmentation().of(x, probability));
        return x.graph().call(new long[] {Graph.ANY}, "discriminate", discriminator, seen, labels);
    }

    /** Bytes (N, H, W, C) as planes in [−1, 1], half of them mirrored where the spec says so. */
    private Value real(Value bytes) {
        Graph graph = bytes.graph();
        Value planes = graph.emit(images, "torch.contiguous", Pixels.planes(bytes));
        return settings.flips() ? Regularization.halfMirrored(planes) : planes;
    }

    /** A random point on the line from each real image to a generated one. */
    private static Value between(Value real, Value fake) {
        Value share = real.slice(1, 0, 1).slice(2, 0, 1).slice(3, 0, 1).uniformNoise();
        return fake.plus(real.minus(fake).times(share));
    }

    /** {@code latents(template)}: latent points (N, latent), standard normal. */
    Graph latents() {
        Graph graph = new Graph("latents");
        return graph.returns(graph.input("template", points).noise());
    }

    /** {@code to_bytes(x)}: images in [−1, 1], cut to it, as uint8 in NHWC layout. */
    Graph toBytes() {
        Graph graph = new Graph("to_bytes");
        return graph.returns(Pixels.pictures(graph.input("x", images)));
    }
}
