package org.autophage.theory;

import java.util.function.DoubleUnaryOperator;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * What a selection makes of N(0, 1), in one dimension.
 *
 * @param acceptance share of the candidates that is kept
 * @param mean of what is kept
 * @param variance of what is kept
 */
public record SelectedNormal(double acceptance, double mean, double variance) {
    /** Integrals go this far; beyond, less than 1e-32 is left. */
    private static final double FAR = 12;

    /** Intervals of Simpson's rule, an even number. */
    private static final int INTERVALS = 2_400;

    private static final NormalDistribution NORMAL = new NormalDistribution();

    /** Points with |x| &lt; a. */
    public static SelectedNormal within(double a) {
        return within(a, 1, 0);
    }

    /** Points with |x| &lt; a, by a verifier that accepts right ones and wrong ones with these probabilities. */
    public static SelectedNormal within(double a, double accepts, double errs) {
        double inside = 2 * upper(0) - 2 * upper(a);
        double secondMoment = inside - 2 * a * density(a);
        double acceptance = accepts * inside + errs * (1 - inside);
        return new SelectedNormal(acceptance, 0, (accepts * secondMoment + errs * (1 - secondMoment)) / acceptance);
    }

    /** Points with x &gt; a: mean h, variance 1 + ah − h², h = φ(a)/(1 − Φ(a)). */
    public static SelectedNormal above(double a) {
        double h = density(a) / upper(a);
        return new SelectedNormal(upper(a), h, 1 + a * h - h * h);
    }

    /** Points accepted with exp(−(x − c)²/2τ²) of N(μ, σ²): a Gaussian again, whose precisions add. */
    public static SelectedNormal softly(double mean, double deviation, double centre, double width) {
        double own = deviation * deviation;
        double other = width * width;
        double variance = 1 / (1 / own + 1 / other);
        return new SelectedNormal(
                width / Math.sqrt(own + other) * Math.exp(-(mean - centre) * (mean - centre) / 2 / (own + other)),
                variance * (mean / own + centre / other),
                variance);
    }

    /** The largest of k: density kφΦ^(k−1). */
    public static SelectedNormal bestOf(int k) {
        DoubleUnaryOperator law = x -> k * density(x) * Math.pow(1 - upper(x), k - 1);
        double mean = integral(x -> x * law.applyAsDouble(x));
        return new SelectedNormal(1.0 / k, mean, integral(x -> x * x * law.applyAsDouble(x)) - mean * mean);
    }

    /** One of two with probability e^(βx) over the sum of both: the mean is ½ E[D tanh(βD/2)], D ~ N(0, 2). */
    public static SelectedNormal softmaxOfTwo(double beta) {
        double root = Math.sqrt(2);
        double mean = integral(z -> root * z / 2 * Math.tanh(beta * root * z / 2) * density(z));
        return new SelectedNormal(0.5, mean, 1 - mean * mean);
    }

    /**
     * Draws of N(0, s²) accepted with min(1, r/r(c)), r = p/g the ratio of N(0, 1) to it, at most the ratio's bound: what rejection by a
     * perfect discriminator gives that is capped at its value at |x| = c.
     *
     * @param c at which the ratio is capped; of s &gt; 1, whose ratio is largest there, 0
     */
    public static SelectedNormal rejected(double s, double c) {
        double[] moments = new double[2];
        for (int k = 0; k < 2; k++) {
            int power = 2 * k;
            moments[k] =
                    integral(x -> Math.pow(x, power) * Math.min(ratio(x, s) / ratio(c, s), 1) * density(x / s) / s);
        }
        return new SelectedNormal(moments[0], 0, moments[1] / moments[0]);
    }

    private static double ratio(double x, double s) {
        return s * Math.exp(x * x / 2 * (1 / (s * s) - 1));
    }

    private static double density(double x) {
        return NORMAL.density(x);
    }

    /** 1 − Φ(x). */
    private static double upper(double x) {
        return NORMAL.cumulativeProbability(-x);
    }

    /** Over the line, by Simpson's rule. */
    private static double integral(DoubleUnaryOperator of) {
        double step = 2 * FAR / INTERVALS;
        double sum = of.applyAsDouble(-FAR) + of.applyAsDouble(FAR);
        for (int i = 1; i < INTERVALS; i++) {
            sum += (i % 2 == 1 ? 4 : 2) * of.applyAsDouble(-FAR + i * step);
        }
        return sum * step / 3;
    }
}
