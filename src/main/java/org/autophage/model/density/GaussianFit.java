package org.autophage.model.density;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.autophage.base.AutophageException;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.data.Points;
import org.autophage.model.ModelWeights;
import org.jspecify.annotations.Nullable;

/**
 * What a Gaussian's fit does besides taking mean and covariance, the counterparts of what regularizes networks. They act in the order
 * of the keys, and each has a closed form: {@code verify} holds them.
 *
 * <p>With E σ²_t = v and a fit that divides by n: {@code flips} keep E σ² where it is, since the mean is known; {@code jitter} has
 * v → nσ_a², {@code shrink} v → ρ/(1 − (1 − ρ)(1 − 1/n)); {@code tail} multiplies v by 1 + aφ(a)/(1 − Φ(a)) (a truncated
 * likelihood, arXiv 2509.08972), {@code entropy} by 1/(1 − β); {@code step} replaces 1 − 1/n by 1 − η/n (arXiv 2310.00429).
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GaussianFit(
        @JsonPropertyDescription(
                        "Whether every point is learnt beside its mirror image at the origin, so that the mean is 0")
                @Nullable
                Boolean flips,
        @JsonPropertyDescription(
                        "a: only points further than a deviations from the mean count in the covariance, in (0, 10]; in several dimensions by the Mahalanobis distance")
                @Nullable
                Double tail,
        @JsonPropertyDescription(
                        "Deviation of noise that is added to training points, above 0 and at most 1000: its variance adds to theirs, as with infinitely many noisy copies")
                @Nullable
                Double jitter,
        @JsonPropertyDescription(
                        "ρ: how far the covariance is moved to the identity, which the points of kind gaussian have, in (0, 1]")
                @Nullable
                Double shrink,
        @JsonPropertyDescription(
                        "β: weight of the entropy beside the likelihood, in (0, 1); the covariance that maximizes both is 1/(1 - β) times as large")
                @Nullable
                Double entropy,
        @JsonPropertyDescription(
                        "η: how far mean and covariance go from the last generation's to the fit, in (0, 1]; needs loop.mix.train fine-tune")
                @Nullable
                Double step) {
    /** Nothing of it. */
    public static final GaussianFit DEFAULTS = new GaussianFit(null, null, null, null, null, null);

    private static final double WIDEST = 1000;
    private static final double FURTHEST_TAIL = 10;

    public GaussianFit {
        Range share = Range.openClosed(0, 1).orNone();
        Checks.within("model.fit.tail", tail, Range.openClosed(0, FURTHEST_TAIL).orNone());
        Checks.within("model.fit.jitter", jitter, Range.openClosed(0, WIDEST).orNone());
        Checks.within("model.fit.shrink", shrink, share);
        Checks.within("model.fit.entropy", entropy, Range.open(0, 1).orNone());
        Checks.within("model.fit.step", step, share);
    }

    /** The points that are fitted: with mirror images, where these are learnt too. */
    Points of(Points points) {
        if (flips == null || !flips) {
            return points;
        }
        double[] mirrored = points.values().clone();
        for (int i = 0; i < mirrored.length; i++) {
            mirrored[i] = -mirrored[i];
        }
        return points.joined(
                List.of(points, new Points(points.replicas(), points.count(), points.dimensions(), mirrored)));
    }

    /**
     * Mean and covariance after all of this.
     *
     * @param fitted as the points have them
     * @param points that were fitted
     * @param weights of the points
     * @param factors of the fitted covariances, (R, d, d): rows are orthogonal
     * @param previous mean and covariance of the generation before; null in the first
     * @param generation t, for messages
     */
    ModelWeights of(
            ModelWeights fitted,
            Points points,
            double[] weights,
            double[] factors,
            @Nullable ModelWeights previous,
            int generation) {
        int d = points.dimensions();
        double[] mean = fitted.doubles(GaussianModel.MEAN, points.replicas() * d);
        double[] covariance = fitted.doubles(GaussianModel.COVARIANCE, points.replicas() * d * d)
                .clone();
        if (tail != null) {
            covariance = tail(tail, points, weights, mean, factors, generation);
        }
        double noise = jitter == null ? 0 : jitter * jitter;
        double kept = 1 - Objects.requireNonNullElse(shrink, 0.0);
        double wider = 1 / (1 - Objects.requireNonNullElse(entropy, 0.0));
        for (int i = 0; i < covariance.length; i++) {
            boolean diagonal = i / d % d == i % d;
            double jittered = covariance[i] + (diagonal ? noise : 0);
            covariance[i] = wider * (kept * jittered + (diagonal ? 1 - kept : 0));
        }
        ModelWeights all =
                ModelWeights.ofDoubles(Map.of(GaussianModel.MEAN, mean, GaussianModel.COVARIANCE, covariance));
        return step == null || previous == null ? all : all.steppedFrom(previous, step);
    }

    /** Covariances around the means of those points alone that are further than a from them. */
    private static double[] tail(
            double a, Points points, double[] weights, double[] means, double[] factors, int generation) {
        int n = points.count();
        int d = points.dimensions();
        double[] covariance = new double[points.replicas() * d * d];
        double[] from = new double[d];
        for (int replica = 0; replica < points.replicas(); replica++) {
            double mass = 0;
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < d; k++) {
                    from[k] = points.values()[(replica * n + i) * d + k] - means[replica * d + k];
                }
                if (distance(from, factors, replica) <= a * a) {
                    continue;
                }
                mass += weights[i];
                for (int j = 0; j < d; j++) {
                    for (int k = 0; k < d; k++) {
                        covariance[(replica * d + j) * d + k] += weights[i] * from[j] * from[k];
                    }
                }
            }
            if (mass == 0) {
                throw AutophageException.usage(
                        "generation %d has no point further than model.fit.tail %s from its mean: more points or a smaller tail leave some"
                                .formatted(generation, a));
            }
            for (int i = replica * d * d; i < (replica + 1) * d * d; i++) {
                covariance[i] /= mass;
            }
        }
        return covariance;
    }

    /** Squared Mahalanobis distance; along each row of the factor, whose squared length is the variance there. */
    private static double distance(double[] from, double[] factors, int replica) {
        int d = from.length;
        double distance = 0;
        for (int row = 0; row < d; row++) {
            double along = 0;
            double variance = 0;
            for (int k = 0; k < d; k++) {
                double element = factors[(replica * d + row) * d + k];
                along += from[k] * element;
                variance += element * element;
            }
            distance += variance == 0 ? 0 : Math.pow(along / variance, 2);
        }
        return distance;
    }
}
