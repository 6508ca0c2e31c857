package org.autophage.collapse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Locale;
import org.autophage.base.Checks;
import org.autophage.base.Range;

/**
 * How far a loop must have gone from its own generation 1, which saw real data only, to be called collapsed.
 */
public record Thresholds(
        @JsonPropertyDescription("Share of generation 1's recall, coverage or variance that is left, in (0, 1)")
                double diversity,
        @JsonPropertyDescription("How many times generation 1's distance it is, above 1") double distance,
        @JsonPropertyDescription(
                        "How many modes more than in generation 1 are lost, above 0; a mean over replicas need not be whole")
                double modes) {
    /** Half the diversity, twice the distance, one mode. */
    public static final Thresholds DEFAULTS = new Thresholds(.5, 2, 1);

    public Thresholds {
        check(Definition.DIVERSITY.specName(), Definition.DIVERSITY, diversity);
        check(Definition.DISTANCE.specName(), Definition.DISTANCE, distance);
        check(Definition.MODES.specName(), Definition.MODES, modes);
    }

    /** The same with another threshold for one definition. */
    public Thresholds with(Definition definition, double value) {
        return switch (definition) {
            case DIVERSITY -> new Thresholds(value, distance, modes);
            case DISTANCE -> new Thresholds(diversity, value, modes);
            case MODES -> new Thresholds(diversity, distance, value);
        };
    }

    /** The threshold in words: "0.5 times generation 1’s", "1 mode more than generation 1’s". */
    public String inSentence(Definition definition) {
        return switch (definition) {
            case DIVERSITY -> plain(diversity) + " times generation 1’s";
            case DISTANCE -> plain(distance) + " times generation 1’s";
            case MODES -> plain(modes) + (modes == 1 ? " mode" : " modes") + " more than generation 1’s";
        };
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : String.valueOf(value);
    }

    /**
     * Refuses a threshold that none can be.
     *
     * @param key that the value was given for
     * @throws org.autophage.base.WrongValue which knows the key
     */
    public static void check(String key, Definition definition, double value) {
        Checks.within(
                key,
                value,
                switch (definition) {
                    case DIVERSITY -> Range.open(0, 1);
                    case DISTANCE -> Range.above(1);
                    case MODES -> Range.above(0);
                });
    }
}
