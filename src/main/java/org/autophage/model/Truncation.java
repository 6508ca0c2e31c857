package org.autophage.model;

import java.util.Arrays;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.jspecify.annotations.Nullable;

/**
 * Which next tokens can be drawn at all: the most probable ones, after the temperature, first by number and then by what they add up to
 * (top-k, Fan et al. 2018; top-p or nucleus, Holtzman et al., arXiv 1904.09751).
 *
 * @param topP the fewest of the most probable tokens that add up to as much are left, in (0, 1]; null leaves all
 * @param topK so many of the most probable tokens are left, at least 1; null leaves all
 */
public record Truncation(@Nullable Double topP, @Nullable Integer topK) {
    /** All tokens can be drawn. */
    public static final Truncation NONE = new Truncation(null, null);

    public Truncation {
        Checks.within("sampling.topP", topP, Range.openClosed(0, 1));
        Checks.within("sampling.topK", topK, Range.atLeast(1));
    }

    /** Whether all tokens can be drawn. */
    public boolean isNone() {
        return topP == null && topK == null;
    }

    /**
     * Takes from a law what cannot be drawn; the rest sums to 1 again. Of equally probable tokens the lower ones come first.
     *
     * @param probabilities in which the law stands
     * @param from where it begins
     * @param size V
     */
    public void cut(double[] probabilities, int from, int size) {
        if (isNone()) {
            return;
        }
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(probabilities[from + b], probabilities[from + a]));
        int most = topK == null ? size : Math.min(topK, size);
        double total = 0;
        for (int i = 0; i < most; i++) {
            total += probabilities[from + order[i]];
        }
        double enough = topP == null ? Double.POSITIVE_INFINITY : topP * total;
        double sum = 0;
        int left = 0;
        while (left < most && (left == 0 || sum < enough)) {
            sum += probabilities[from + order[left++]];
        }
        for (int i = 0; i < size; i++) {
            int token = from + order[i];
            probabilities[token] = i < left ? probabilities[token] / sum : 0;
        }
    }
}
