package org.autophage.theory;

import org.hipparchus.special.Gamma;

/**
 * The expected logarithm of a coordinate's variance in the loop that replaces all data by samples of the last model: each
 * fit to n points multiplies the variance by λχ²/(n − 1) or λχ²/n with n − 1 degrees of freedom. It falls without end for
 * every λ ≤ 1, which is MAD's proof that Σₜ → 0 almost surely (arXiv 2307.01850).
 */
public final class LogVariance {
    private LogVariance() {}

    /**
     * E ln σ²ₜ.
     *
     * @param initial points that generation 1 is fitted to, at least 2
     * @param points n that later generations are fitted to, at least 2
     * @param bias λ
     * @param unbiased whether squared deviations are divided by n − 1, not n
     * @param t generation, counted from 1
     */
    public static double ofReplacing(int initial, int points, double bias, boolean unbiased, int t) {
        return ofFit(initial, unbiased) + (t - 1) * (Math.log(bias) + ofFit(points, unbiased));
    }

    /** E ln of what one fit to n points multiplies the variance by. */
    private static double ofFit(int points, boolean unbiased) {
        double divisor = unbiased ? points - 1.0 : points;
        return Gamma.digamma((points - 1) / 2.0) - Math.log(divisor / 2);
    }
}
