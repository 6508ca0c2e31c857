package org.autophage.collapse;

import java.util.Locale;

/**
 * How an indicator of a running loop stands.
 *
 * @param indicator what is watched
 * @param state what its sums say
 * @param sum the sum towards harm, in standard deviations; beyond {@link EarlyWarning#LIMIT} it warns
 * @param since the generation with which the change began, as the sum estimates it; 0 where there is none
 * @param raised the generation after which the sum was beyond its limit; 0 while it is not
 */
public record Signal(Indicator indicator, State state, double sum, int since, int raised) {
    /** What the sums say. */
    public enum State {
        /** Fewer than three values: nothing can be said. */
        NOT_YET,
        /** No change. */
        QUIET,
        /** Changed for the worse: the warning. */
        WORSE,
        /** Changed for the better. */
        BETTER
    }

    public boolean warns() {
        return state == State.WORSE;
    }

    /** "recall falling since generation 3 (CUSUM 4.6, limit 4)". */
    public String inSentence() {
        return String.format(
                Locale.ROOT,
                "%s %s since generation %d (CUSUM %.1f, limit %.0f)",
                indicator.inSentence(),
                indicator.harm() > 0 ? "rising" : "falling",
                since,
                sum,
                EarlyWarning.LIMIT);
    }
}
