package org.autophage.statistics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hipparchus.analysis.solvers.BrentSolver;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.special.Gamma;

/**
 * Several values beside one that all of them are compared with (Dunnett 1955). While all are independent draws of one normal law,
 * whose deviation σ is estimated by an independent s of ν degrees of freedom, the largest of the k differences passes c s√2
 * with a probability that is known exactly: the differences share the value that they are differences to, and s, so that c is
 * less than what Bonferroni's k tests ask for. Where values depend on each other positively, the largest difference is
 * smaller, and the probability is at most this.
 */
public final class Dunnett {
    private static final NormalDistribution NORMAL = new NormalDistribution();

    /** Both integrands are smooth and vanish at the ends, where the trapezoidal rule is exact to rounding. */
    private static final int STEPS = 160;

    /** Beyond so many deviations nothing counts. */
    private static final double FARTHEST = 8;

    private record Place(double probability, int comparisons, double freedom) {}

    private static final Map<Place, Double> LIMITS = new ConcurrentHashMap<>();

    private Dunnett() {}

    /**
     * The c that the largest difference passes with a probability, one-sided.
     *
     * @param probability in (0, ½)
     * @param comparisons k, at least 1
     * @param freedom ν, at least 1; infinite where σ is known
     */
    public static double limit(double probability, int comparisons, double freedom) {
        return LIMITS.computeIfAbsent(
                new Place(probability, comparisons, freedom), place -> search(probability, comparisons, freedom));
    }

    private static double search(double probability, int comparisons, double freedom) {
        // One comparison alone asks for this, k by Bonferroni for that.
        double least = quantile(1 - probability, freedom);
        double most = quantile(1 - probability / comparisons, freedom);
        return least == most
                ? least
                : new BrentSolver(1e-9 * most, 1e-9 * most, 1e-15)
                        .solve(
                                200,
                                limit -> beyond(limit, comparisons, freedom) - probability,
                                least * (1 - 1e-6),
                                most * (1 + 1e-6));
    }

    private static double quantile(double probability, double freedom) {
        return Double.isInfinite(freedom)
                ? NORMAL.inverseCumulativeProbability(probability)
                : StudentT.quantile(probability, freedom);
    }

    /** The probability that the largest difference passes a limit. */
    static double beyond(double limit, int comparisons, double freedom) {
        if (Double.isInfinite(freedom)) {
            return beyondKnown(limit, comparisons);
        }
        // Over u = log s, whose density is 2 (ν/2)^(ν/2) / Γ(ν/2) · s^ν exp(−ν s²/2); s² is between these two but for
        // 1e-15.
        double low = freedom < 50 ? Math.log(1e-15) / freedom - 1 : -12 / Math.sqrt(2 * freedom);
        double high = .5 * Math.log(1 + (80 + 16 * Math.sqrt(freedom)) / freedom);
        double step = (high - low) / (4 * STEPS);
        double constant = Math.log(2) + freedom / 2 * Math.log(freedom / 2) - Gamma.logGamma(freedom / 2);
        double sum = 0;
        for (int i = 0; i <= 4 * STEPS; i++) {
            double log = low + i * step;
            double s = Math.exp(log);
            double density = Math.exp(constant + freedom * log - freedom * s * s / 2);
            if (density > 1e-18) {
                sum += density * beyondKnown(limit * s, comparisons);
            }
        }
        return sum * step;
    }

    /** The same of a known deviation: 1 − ∫ φ(x) Φ(c√2 + x)^k dx. */
    private static double beyondKnown(double limit, int comparisons) {
        double step = 2 * FARTHEST / STEPS;
        double sum = 0;
        for (int i = 0; i <= STEPS; i++) {
            double x = -FARTHEST + i * step;
            double above = NORMAL.cumulativeProbability(-limit * Math.sqrt(2) - x);
            // 1 − (1 − p)^k without cancellation
            sum += NORMAL.density(x) * -Math.expm1(comparisons * Math.log1p(-above));
        }
        return sum * step;
    }
}
