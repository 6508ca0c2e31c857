package org.autophage.metrics.distance;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The area under the divergence frontier of two laws of finitely many classes (Pillutla et al., MAUVE, arXiv 2102.01454): over mixtures
 * R = λP + (1 − λ)Q the curve of exp(−c KL(Q‖R)) and exp(−c KL(P‖R)), with the corners (1, 0) and (0, 1). 1 where the laws are equal, 0 where
 * they have no class in common.
 */
public final class DivergenceFrontier {
    /** Both kinds of divergence count c times. */
    private static final double SCALE = 5;

    private static final int MIXTURES = 25;
    private static final double END = 1e-6;

    private DivergenceFrontier() {}

    /**
     * The area, by the trapezoidal rule over 25 mixtures, as the authors' package has it.
     *
     * @param p probabilities, which sum to 1
     * @param q likewise, of the same classes
     * @return in [0, 1]
     */
    public static double area(double[] p, double[] q) {
        double[] x = new double[MIXTURES + 2];
        double[] y = new double[MIXTURES + 2];
        x[0] = 1;
        y[MIXTURES + 1] = 1;
        for (int i = 1; i <= MIXTURES; i++) {
            double share = END + (1 - 2 * END) * (i - 1) / (MIXTURES - 1);
            double[] mixture = new double[p.length];
            Arrays.setAll(mixture, k -> share * p[k] + (1 - share) * q[k]);
            x[i] = Math.exp(-SCALE * divergence(q, mixture));
            y[i] = Math.exp(-SCALE * divergence(p, mixture));
        }
        return (under(x, y) + under(y, x)) / 2;
    }

    /** KL(one‖of): of is above 0 wherever one is. */
    private static double divergence(double[] one, double[] of) {
        return IntStream.range(0, one.length)
                .filter(k -> one[k] > 0)
                .mapToDouble(k -> one[k] * Math.log(one[k] / of[k]))
                .sum();
    }

    private static double under(double[] x, double[] y) {
        int[] order = IntStream.range(0, x.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> x[i]).thenComparing(i -> -y[i])) // a curve that falls
                .mapToInt(Integer::intValue)
                .toArray();
        double area = 0;
        for (int i = 1; i < order.length; i++) {
            area += (x[order[i]] - x[order[i - 1]]) * (y[order[i]] + y[order[i - 1]]) / 2;
        }
        return area;
    }
}
