package org.autophage.statistics;

import java.util.OptionalDouble;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * Standard normal scores of values whose mean and deviation nobody knows (Hawkins 1987): each value is compared with those
 * before it, uₙ = Φ⁻¹(F(√((n − 1)/n) · (xₙ − x̄) / s)), with mean and deviation of the n − 1 values before and F the
 * distribution function of Student's t with n − 2 degrees of freedom. While values are independent draws from one normal
 * law the scores are independent and exactly standard normal, from the third value on and whatever the law is; no values
 * need to be set aside to learn it.
 */
public final class SelfStarting {
    /** Scores end here: so few values tell nothing of the tails beyond, and no single value is to decide. */
    private static final double FARTHEST = 4;

    private static final NormalDistribution NORMAL = new NormalDistribution();

    private int count;
    private double mean;
    private double squares;

    /**
     * Takes a value.
     *
     * @return its score, in [−4, 4]; empty for the first two values, which have nothing to be compared with
     */
    public OptionalDouble next(double value) {
        OptionalDouble score = count < 2 ? OptionalDouble.empty() : OptionalDouble.of(score(value));
        count++;
        double step = value - mean;
        mean += step / count;
        squares += step * (value - mean);
        return score;
    }

    private double score(double value) {
        double deviation = Math.sqrt(squares / (count - 1));
        double gap = value - mean;
        if (gap == 0) {
            return 0;
        }
        double t = Math.sqrt(count / (count + 1.0)) * Math.abs(gap) / deviation; // infinite where all were equal
        double tail = Double.isInfinite(t) ? 0 : StudentT.below(-t, count - 1);
        double size = tail == 0 ? FARTHEST : Math.min(FARTHEST, -NORMAL.inverseCumulativeProbability(tail));
        return Math.copySign(size, gap);
    }
}
