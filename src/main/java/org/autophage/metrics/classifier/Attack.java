package org.autophage.metrics.classifier;

import java.util.function.UnaryOperator;
import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.Value;

/**
 * How images are changed so that a classifier errs: steps along the sign of its loss's gradient, of which every pixel is led back to
 * at most the radius from where it was, and into the range that pixels have. One step of the radius's length is the fast gradient
 * sign (Goodfellow et al., arXiv 1412.6572), several are projected gradient ascent (Madry et al., arXiv 1706.06083), here from the
 * image itself, so that an attack is a function of classifier and image. Against a classifier that is linear and has two classes one
 * step is the best attack of all.
 *
 * @param radius ε, most that a pixel is changed by, in the network's units
 * @param stride length of a step, likewise
 * @param steps how many
 * @param low least value of a pixel
 * @param high largest value of a pixel
 */
public record Attack(double radius, double stride, int steps, double low, double high) {
    /** Of the radius for pixels in [0, 1]: networks see pixels in [−1, 1]. */
    private static final double UNIT = 2;

    /** Length of all steps together, in radii, so that every point within the radius can be reached (Madry et al.). */
    private static final double REACH = 2.5;

    /** One step of the radius's length along the gradient's sign. */
    public static Attack fastGradient(double epsilon) {
        return new Attack(UNIT * epsilon, UNIT * epsilon, 1, -1, 1);
    }

    /**
     * Several steps, led back after each.
     *
     * @param epsilon most that a pixel is changed by, of pixels in [0, 1]
     */
    public static Attack projectedGradient(double epsilon, int steps) {
        return new Attack(UNIT * epsilon, REACH * UNIT * epsilon / steps, steps, -1, 1);
    }

    /**
     * Records the attack.
     *
     * @param images float32, the batch first
     * @param labels the classes that the classifier is to miss (batch)
     * @param classifier from images to logits (batch, classes); its parameters get no gradient
     * @return the changed images, cut off from autograd
     */
    Value record(Graph graph, Value images, Value labels, UnaryOperator<Value> classifier) {
        Value start = images.detach();
        Value moved = start;
        for (int i = 0; i < steps; i++) {
            Value from = graph.differentiable(moved);
            Value loss = Functional.crossEntropy(classifier.apply(from), labels);
            Value direction = graph.emit(from.dims(), "torch.sign", graph.gradient(loss, from, false));
            Value change = moved.plusTimes(direction, stride).minus(start).clamp(-radius, radius);
            moved = start.plus(change).clamp(low, high);
        }
        return moved.detach();
    }
}
