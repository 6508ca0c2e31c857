package org.autophage.theory;

import java.util.OptionalLong;
import org.autophage.base.Checks;
import org.autophage.base.Range;

/**
 * How much of the real variance a loop keeps in the long run that mixes real samples into every generation's training set, and how many
 * of them it takes to keep a wanted share: the exact limit for a Gaussian N(0, 1) that is fitted by maximum likelihood (squared
 * deviations divided by n) to n_r real samples and n_s of the last generation's, which draws from N(μ, λσ²).
 *
 * <p>With n = n_r + n_s, α = n_r/n and b = (1 − α)λ, the limits v of E σ² and m of E μ² solve
 *
 * <pre>
 * v (1 − b) = α (1 − m)
 * m (1 − (1 − α)²) = r + (1 − α)² λ v / n_s,   r = α/n for fresh real samples, (1 − (1 − α)²)/n_r for the same ones
 * </pre>
 *
 * <p>At λ = 1 fresh samples lose 1 − v = 1/(nα(2 − α) + 1 − α): about 1/(2 n_r), whatever n_s is. Below 1 it is the share α that counts.
 *
 * @param synthetic n_s, at least 1
 * @param bias λ, above 0 and at most 1
 * @param fresh whether every generation has real samples of its own; otherwise all have the same
 */
public record RealQuota(int synthetic, double bias, boolean fresh) {
    private static final long MOST = 1L << 50;

    public RealQuota {
        Checks.within("loop.synthetic", synthetic, Range.atLeast(1));
    }

    /**
     * Limits of a loop.
     *
     * @param variance E σ², of 1
     * @param squaredMean E μ², of 0
     */
    public record Limit(double variance, double squaredMean) {}

    /** The limits with so many real samples a generation; without any, nothing of the variance is left, and the mean is lost. */
    public Limit limit(long real) {
        double n = (double) real + synthetic;
        double share = real / n;
        double others = 1 - share;
        double forgotten = share * (2 - share); // 1 − (1 − α)², without cancelling
        if (real == 0) {
            return new Limit(0, Double.POSITIVE_INFINITY);
        }
        double ofReal = fresh ? share / n / forgotten : 1.0 / real;
        double ofVariance = others * others * bias / synthetic / forgotten;
        double variance = share * (1 - ofReal) / (1 - others * bias + share * ofVariance);
        return new Limit(variance, ofReal + ofVariance * variance);
    }

    /**
     * The fewest real samples a generation with which at most a share of the variance is lost in the long run.
     *
     * @param loss above 0 and below 1
     * @return empty where no number of a petabyte's order is enough
     */
    public OptionalLong toLoseAtMost(double loss) {
        if (!keeps(MOST, loss)) {
            return OptionalLong.empty();
        }
        long tooFew = 0;
        long enough = MOST;
        while (enough - tooFew > 1) {
            long middle = (tooFew + enough) / 2;
            if (keeps(middle, loss)) {
                enough = middle;
            } else {
                tooFew = middle;
            }
        }
        return OptionalLong.of(enough);
    }

    private boolean keeps(long real, double loss) {
        return 1 - limit(real).variance() <= loss;
    }
}
