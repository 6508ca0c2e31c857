package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.SplittableRandom;

/** How one of several candidates is chosen by their rewards. */
public enum Choosing {
    /** With probability e^r over the sum of all e^r: the generalized Bradley-Terry model. */
    @JsonProperty("softmax")
    SOFTMAX,
    /** The one with the highest reward; of equal ones the first. */
    @JsonProperty("best")
    BEST;

    OneOfMany.Chooser chooser() {
        return chooser(Double.POSITIVE_INFINITY);
    }

    /** @param within candidates whose reward is lower than the best by more than this are never chosen */
    OneOfMany.Chooser chooser(double within) {
        return (scores, from, count, chance) -> {
            int best = from;
            for (int i = from + 1; i < from + count; i++) {
                best = scores[i] > scores[best] ? i : best;
            }
            return this == BEST ? best - from : softmax(scores, from, count, scores[best], within, chance);
        };
    }

    private static int softmax(
            double[] scores, int from, int count, double best, double within, SplittableRandom chance) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += weight(scores[i], best, within);
        }
        double left = chance.nextDouble() * sum;
        int last = 0;
        for (int i = from; i < from + count; i++) {
            double weight = weight(scores[i], best, within);
            if (weight > 0) {
                last = i - from;
                left -= weight;
                if (left < 0) {
                    return last;
                }
            }
        }
        return last; // rounding of the sum
    }

    private static double weight(double score, double best, double within) {
        return best - score > within ? 0 : Math.exp(score - best);
    }
}
