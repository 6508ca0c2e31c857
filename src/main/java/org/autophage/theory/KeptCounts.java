package org.autophage.theory;

import org.autophage.loop.KeptShares;
import org.hipparchus.special.Gamma;

/**
 * Expectations over how many of a training set's samples are kept by chance: R of the real ones and S of the synthetic ones, both
 * binomial, N = R + S, given that N ≥ 2.
 *
 * @param plain as they are
 * @param corrected the same, each times N/(N − 1), for fits that divide squared deviations by N − 1
 */
record KeptCounts(Expected plain, Expected corrected) {
    /** Beyond so many standard deviations a count is left out; less than 1e-15 of the probability. */
    private static final double REACH = 9;

    private static final int FEWEST = 2;

    /**
     * Expectations.
     *
     * @param realShare E[R/N]
     * @param syntheticShare E[S/N]
     * @param real E[R/N²]
     * @param synthetic E[S/N²]
     * @param realPairs E[R(R − 1)/N²]
     * @param syntheticPairs E[S(S − 1)/N²]
     * @param both E[RS/N²]
     */
    record Expected(
            double realShare,
            double syntheticShare,
            double real,
            double synthetic,
            double realPairs,
            double syntheticPairs,
            double both) {}

    /** The expectations for so many samples of either kind. */
    static KeptCounts of(int real, int synthetic, KeptShares kept) {
        double[] reals = binomial(real, kept.real());
        double[] synthetics = binomial(synthetic, kept.synthetic());
        double[] plain = new double[7];
        double[] corrected = new double[7];
        double all = 0;
        for (int r = 0; r <= real; r++) {
            if (reals[r] == 0) {
                continue;
            }
            for (int s = Math.max(0, FEWEST - r); s <= synthetic; s++) {
                double chance = reals[r] * synthetics[s];
                if (chance == 0) {
                    continue;
                }
                double n = (double) r + s;
                double[] terms = {
                    r / n,
                    s / n,
                    r / (n * n),
                    s / (n * n),
                    r * (r - 1.0) / (n * n),
                    s * (s - 1.0) / (n * n),
                    (double) r * s / (n * n)
                };
                all += chance;
                for (int i = 0; i < terms.length; i++) {
                    plain[i] += chance * terms[i];
                    corrected[i] += chance * terms[i] * n / (n - 1);
                }
            }
        }
        return new KeptCounts(expected(plain, all), expected(corrected, all));
    }

    private static Expected expected(double[] sums, double all) {
        return new Expected(
                sums[0] / all,
                sums[1] / all,
                sums[2] / all,
                sums[3] / all,
                sums[4] / all,
                sums[5] / all,
                sums[6] / all);
    }

    /** The probability of each count, 0 far from the mean. */
    private static double[] binomial(int count, double chance) {
        double[] probabilities = new double[count + 1];
        if (chance == 0 || chance == 1) {
            probabilities[chance == 0 ? 0 : count] = 1;
            return probabilities;
        }
        double mean = count * chance;
        double reach = REACH * Math.sqrt(mean * (1 - chance)) + REACH * REACH; // tails of small means are longer
        for (int k = (int) Math.max(0, mean - reach); k <= Math.min(count, mean + reach); k++) {
            probabilities[k] = Math.exp(Gamma.logGamma(count + 1.0)
                    - Gamma.logGamma(k + 1.0)
                    - Gamma.logGamma(count - k + 1.0)
                    + k * Math.log(chance)
                    + (count - k) * Math.log1p(-chance));
        }
        return probabilities;
    }
}
