package org.autophage.remedy;

import java.util.Arrays;

/** How often each sample of a set is kept, in proportion to weights and at most so many times. */
record Resampling(double[] expected) {
    /**
     * The expected copies: in proportion to the weights but for those that reach the most.
     *
     * @param weights at least 0, one of them above
     * @param count copies of all samples together; fewer where all that have a weight reach the most
     * @param most copies of one sample
     */
    static Resampling of(double[] weights, int count, int most) {
        double[] rising =
                Arrays.stream(weights).filter(weight -> weight > 0).sorted().toArray();
        double below = Arrays.stream(rising).sum();
        // the largest weights reach the most, one after the other, until the factor of the others is small enough
        int capped = 0;
        double factor = count / below;
        while (capped < rising.length && factor * rising[rising.length - 1 - capped] > most) {
            below -= rising[rising.length - 1 - capped];
            capped++;
            double left = count - (double) capped * most;
            boolean allReach = left <= 0 || capped == rising.length;
            factor = allReach ? Double.POSITIVE_INFINITY : left / Math.max(below, Double.MIN_NORMAL);
        }
        double of = factor;
        return new Resampling(Arrays.stream(weights)
                .map(weight -> weight == 0 ? 0 : Math.min(most, of * weight))
                .toArray());
    }

    /**
     * Positions, rising, each as often as expected, rounded up or down: systematic resampling, which moves one comb over the sum of
     * the expected copies.
     *
     * @param offset of the comb, in [0, 1)
     */
    int[] positions(double offset) {
        double total = 0;
        long taken = 0;
        int[] positions = new int[(int) Math.ceil(Arrays.stream(expected).sum()) + 1];
        for (int i = 0; i < expected.length; i++) {
            total += expected[i];
            long until = (long) Math.floor(total + offset + 1e-9); // sums of copies end a little below whole numbers
            for (; taken < until && taken < positions.length; taken++) {
                positions[(int) taken] = i;
            }
        }
        return Arrays.copyOf(positions, (int) taken);
    }

    /** (Σw)²/Σw²: how many samples of equal weight are worth as much. */
    static double effective(double[] weights) {
        double sum = 0;
        double squares = 0;
        for (double weight : weights) {
            sum += weight;
            squares += weight * weight;
        }
        return sum * sum / squares;
    }
}
