package org.autophage.collapse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Locale;
import org.autophage.base.Checks;

/**
 * How far a loop must have gone from its own generation 1, which saw real data only, to be called collapsed.
 */
public record Thresholds(
        @JsonPropertyDescription("Share of generation 1's recall or coverage that is left, in (0, 1)") double diversity,
        @JsonPropertyDescription("How many times generation 1's distance it is, above 1") double distance,
        @JsonPropertyDescription(
                        "How many modes or classes more than in generation 1 are lost, above 0; a mean over replicas need not be whole")
                double modes,
        @JsonPropertyDescription("Share of generation 1's variance that is left, in (0, 1)") double spread,
        @JsonPropertyDescription("Share of generation 1's coverage of the tail that is left, in (0, 1)") double tails,
        @JsonPropertyDescription("Share of generation 1's effective number of samples that is left, in (0, 1)")
                double entropy,
        @JsonPropertyDescription(
                        "How much more than in generation 1 the share of samples is that gather where nothing is real, in (0, 1)")
                double hallucination) {
    /** Half of what shrinks, twice the distance, one mode, a tenth of the samples. */
    public static final Thresholds DEFAULTS = new Thresholds(.5, 2, 1, .5, .5, .5, .1);

    public Thresholds {
        check(Definition.DIVERSITY.specName(), Definition.DIVERSITY, diversity);
        check(Definition.DISTANCE.specName(), Definition.DISTANCE, distance);
        check(Definition.MODES.specName(), Definition.MODES, modes);
        check(Definition.VARIANCE.specName(), Definition.VARIANCE, spread);
        check(Definition.TAILS.specName(), Definition.TAILS, tails);
        check(Definition.ENTROPY.specName(), Definition.ENTROPY, entropy);
        check(Definition.HALLUCINATION.specName(), Definition.HALLUCINATION, hallucination);
    }

    /** That of one definition. */
    public double of(Definition definition) {
        return switch (definition) {
            case DIVERSITY -> diversity;
            case DISTANCE -> distance;
            case MODES -> modes;
            case VARIANCE -> spread;
            case TAILS -> tails;
            case ENTROPY -> entropy;
            case HALLUCINATION -> hallucination;
        };
    }

    /** The same with another threshold for one definition. */
    public Thresholds with(Definition changed, double value) {
        return new Thresholds(
                changed == Definition.DIVERSITY ? value : diversity,
                changed == Definition.DISTANCE ? value : distance,
                changed == Definition.MODES ? value : modes,
                changed == Definition.VARIANCE ? value : spread,
                changed == Definition.TAILS ? value : tails,
                changed == Definition.ENTROPY ? value : entropy,
                changed == Definition.HALLUCINATION ? value : hallucination);
    }

    /** The threshold in words: "0.5 times generation 1’s", "1 mode more than generation 1’s". */
    public String inSentence(Definition definition) {
        String value = plain(of(definition));
        return switch (definition) {
            case DIVERSITY, DISTANCE, VARIANCE, TAILS, ENTROPY -> value + " times generation 1’s";
            case MODES -> value + (modes == 1 ? " mode" : " modes") + " more than generation 1’s";
            case HALLUCINATION -> value + " of the samples more than generation 1’s";
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
        Checks.within(key, value, definition.threshold());
    }
}
