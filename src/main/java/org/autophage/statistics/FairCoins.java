package org.autophage.statistics;

/** How many of d fair coins show heads: the binomial law of probability one half, exact up to a rounding of 1e-9. */
public final class FairCoins {
    private static final double ROUNDING = 1e-9;

    private FairCoins() {}

    /**
     * The fewest heads that come with no more than a probability; coins + 1 where even all heads are likelier.
     *
     * @param coins d, at least 1
     * @param probability above 0
     */
    public static int threshold(int coins, double probability) {
        double limit = Math.log(probability) + coins * Math.log(2);
        double ways = 0; // ln of the number of ways to have exactly k heads
        double tail = Double.NEGATIVE_INFINITY; // ln of that of at least k
        for (int k = coins; k >= 0; k--) {
            double more = LogSum.of(tail, ways);
            if (more > limit + ROUNDING) {
                return k + 1;
            }
            tail = more;
            ways += Math.log((double) k / (coins - k + 1));
        }
        return 0;
    }
}
