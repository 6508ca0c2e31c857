package org.autophage.metrics.classifier;

import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.Graph.ElementType;
import org.autophage.program.Value;

/**
 * That two views of an image are told from those of all others (SimCLR, Chen et al., arXiv 2002.05709), without any label. Views
 * are moved, stretched and noisy; glyphs are not what they were when they are mirrored.
 *
 * @param temperature τ of the loss
 * @param stretch largest change of an image's size, as a share of it
 * @param noise standard deviation of every pixel's, of pixels in [−1, 1]
 */
record TwoViews(double temperature, double stretch, double noise) implements TrainingObjective {
    /** Added to the logit of a view with itself. */
    private static final double NEVER = -1e9;

    /** Below every length that is one. */
    private static final double SHORTEST = 1e-12;

    @Override
    public int views() {
        return 2;
    }

    @Override
    public boolean isRandom() {
        return noise > 0;
    }

    @Override
    public Value loss(Graph graph, Network network, Value images, Value labels) {
        Value seen = noise > 0 ? images.plusTimes(images.noise(), noise) : images;
        return loss(network.outputs(seen), temperature);
    }

    /**
     * NT-Xent: the mean over all views of −ln of the softmax, over all views but itself, of cosines / τ, at the image's other view.
     *
     * @param outputs (2n, width): rows i and n + i are views of one image
     */
    static Value loss(Value outputs, double temperature) {
        long count = outputs.dim(0);
        Value lengths = outputs.square().sum(1).plus(SHORTEST).squareRoot();
        Value directions = outputs.dividedBy(lengths);
        Value places = Functional.range(outputs, count, ElementType.INT64);
        Value self = Functional.equal(places.reshape(count, 1), places.reshape(1, count))
                .like(outputs)
                .times(NEVER);
        Value logits = directions.matmul(directions.transpose(0, 1)).times(1 / temperature);
        Value others = Value.concatenate(0, places.slice(0, count / 2, count), places.slice(0, 0, count / 2));
        return Functional.crossEntropy(logits.plus(self), others);
    }
}
