package org.autophage.collapse;

import java.util.Locale;

/**
 * How an indicator of a running loop stands.
 *
 * @param indicator what is watched
 * @param state what can be said of it
 * @param footing what that stands on
 * @param trainings how many generations 1 of other seeds and this one were known
 * @param first the value that the loop began with
 * @param last the value of the last generation
 * @param size the change for the worse, in standard errors of the footing; of {@link Footing#OWN} the cumulative sum; NaN before
 *     there is any
 * @param limit the size that is a warning
 * @param samplingErrors the change for the worse in standard errors of sampling alone; NaN where the records have none
 * @param since the generation with which the change began: the first of those without a break that are beyond sampling noise, or
 *     that warn where the records do not have it; as the sum estimates it where there is one; 0 where there is no change
 * @param raised the first generation without a break that warns; 0 while none does
 */
public record Signal(
        Indicator indicator,
        State state,
        Footing footing,
        int trainings,
        double first,
        double last,
        double size,
        double limit,
        double samplingErrors,
        int since,
        int raised) {
    /** What can be said of a change. */
    public enum State {
        /** There is nothing to compare yet. */
        NOT_YET,
        /** No change. */
        QUIET,
        /** Worse by more than sampling noise, which a model trained anew on the same data may be, too. */
        CHANGED,
        /** Worse by more than noise: the warning. */
        WORSE,
        /** Better by more than noise. */
        BETTER
    }

    /** The same with the change in standard errors of sampling. */
    Signal with(double changeInSamplingErrors) {
        return new Signal(
                indicator, state, footing, trainings, first, last, size, limit, changeInSamplingErrors, since, raised);
    }

    public boolean warns() {
        return state == State.WORSE;
    }

    /** Whether it is worse by more than sampling noise, be that a warning or not. */
    public boolean isBeyondSampling() {
        return state == State.CHANGED || state == State.WORSE && !Double.isNaN(samplingErrors);
    }

    /** What the warning stands on: "by the spread of the replicas". */
    public String standsOn() {
        return footing.inSentence(trainings);
    }

    /** "recall falling since generation 3 (0.9 → 0.6: 5.1 standard errors, limit 3.2)". */
    public String change() {
        return String.format(
                Locale.ROOT,
                footing == Footing.OWN
                        ? "%s (%.3g → %.3g: CUSUM %.1f, limit %.0f)"
                        : "%s (%.3g → %.3g: %.1f standard errors, limit %.1f)",
                began(),
                first,
                last,
                size,
                limit);
    }

    /** "recall falling since generation 3 (0.9 → 0.87: 6.1 standard errors of sampling)". */
    public String changeBeyondSampling() {
        return String.format(
                Locale.ROOT,
                "%s (%.3g → %.3g: %.1f standard errors of sampling)",
                began(),
                first,
                last,
                samplingErrors);
    }

    /** The change and what the warning of it stands on. */
    public String inSentence() {
        return change() + ", " + standsOn();
    }

    private String began() {
        return indicator.inSentence() + (indicator.harm() > 0 ? " rising" : " falling") + " since generation " + since;
    }
}
