package org.autophage.collapse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Locale;
import org.autophage.base.AutophageException;

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
        require(diversity > 0 && diversity < 1, Definition.DIVERSITY, diversity, "above 0 and below 1");
        require(distance > 1 && Double.isFinite(distance), Definition.DISTANCE, distance, "above 1");
        require(modes > 0 && Double.isFinite(modes), Definition.MODES, modes, "above 0");
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

    private static void require(boolean holds, Definition definition, double value, String right) {
        if (!holds) {
            throw AutophageException.usage(
                    "threshold of " + definition.specName() + " is " + value + ": must be " + right);
        }
    }
}
