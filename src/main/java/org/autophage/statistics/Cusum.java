package org.autophage.statistics;

/**
 * Two one-sided cumulative sums of standard normal scores (Page 1954): up = max(0, up + z − k) and down = max(0, down −
 * z − k). A sum beyond the limit h says that the mean has changed, and the last score at which the sum was zero says
 * when. With k = ½ and h = 4 a sum stays within the limit for 335 scores on average while nothing changes, and for 8.4
 * once the mean has moved by one standard deviation; h = 5 makes that 931 and 10.4.
 *
 * <p>Immutable; sums go on beyond the limit, so that a change that goes away again is seen to.
 *
 * @param allowance k, half the change that is to be found soonest, in standard deviations
 * @param limit h
 * @param scores how many have come
 * @param up the upper sum
 * @param down the lower sum
 * @param upFrom the score, counted from 1, that the upper sum began with; 0 while it is zero
 * @param downFrom the same of the lower sum
 */
public record Cusum(double allowance, double limit, int scores, double up, double down, int upFrom, int downFrom) {
    /** Sums of nothing yet. */
    public Cusum(double allowance, double limit) {
        this(allowance, limit, 0, 0, 0, 0, 0);
    }

    /** The sums with one more score. */
    public Cusum plus(double score) {
        int place = scores + 1;
        double higher = Math.max(0, up + score - allowance);
        double lower = Math.max(0, down - score - allowance);
        return new Cusum(
                allowance,
                limit,
                place,
                higher,
                lower,
                higher == 0 ? 0 : up == 0 ? place : upFrom,
                lower == 0 ? 0 : down == 0 ? place : downFrom);
    }

    /** Whether the mean has risen. */
    public boolean hasRisen() {
        return up > limit;
    }

    /** Whether the mean has fallen. */
    public boolean hasFallen() {
        return down > limit;
    }
}
