package org.autophage.measure;

/**
 * A number that can be measured of samples, or what measuring them cost.
 *
 * @param key its name in records and in results of {@code evaluate}; numbers of nested objects have dotted names,
 *     {@code vendiScore.fake}
 * @param label its name on a page
 * @param inSentence the same inside a sentence
 * @param meaning one line that says what it is, and which way is better; empty where the label says all
 * @param scale the numbers it can be
 * @param better where samples are better
 */
public record Metric(String key, String label, String inSentence, String meaning, Scale scale, Better better) {
    /** The numbers that a metric can be, which decides on axis and digits. */
    public enum Scale {
        /** Between 0 and 1; three decimals. */
        SHARE,
        /** Any number; three significant digits, for retraining moves more than that. */
        NUMBER,
        /** What a generation cost, such as wall time in seconds; one decimal. */
        COST
    }

    /** Where samples are better. */
    public enum Better {
        HIGHER,
        LOWER,
        /** Neither: it is best at some value, or describes. */
        NEITHER
    }

    /** Whether it is what a generation cost, not how good it was. */
    public boolean isCost() {
        return scale == Scale.COST;
    }
}
