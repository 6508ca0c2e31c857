package org.autophage.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Several tests at once: whoever rejects where an adjusted p-value is at most α is wrong in any of them with probability
 * at most α, however the tests depend on each other (Holm 1979, a step-down form of Bonferroni's).
 */
public final class Holm {
    private Holm() {}

    /** Adjusted p-values, in the order given. */
    public static List<Double> adjusted(List<Double> values) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingDouble(values::get));
        List<Double> adjusted = new ArrayList<>(values);
        double largest = 0;
        for (int rank = 0; rank < order.size(); rank++) {
            int i = order.get(rank);
            largest = Math.max(largest, Math.min(1, (order.size() - rank) * values.get(i)));
            adjusted.set(i, largest);
        }
        return adjusted;
    }
}
