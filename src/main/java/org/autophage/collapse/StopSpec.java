package org.autophage.collapse;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.autophage.base.Checks;
import org.autophage.base.Range;

/**
 * When a seed's loop ends before its last generation.
 */
public record StopSpec(
        @JsonPropertyDescription(
                        "What ends a seed's loop early: never, warned, an early warning, or collapsed, a threshold that is passed")
                When when,
        @JsonPropertyDescription("For how many generations in a row that has to hold, at least 1") int patience,
        @JsonPropertyDescription("From where on a loop is collapsed, against its own generation 1")
                Thresholds thresholds) {
    /** What ends a loop early. */
    public enum When {
        @JsonProperty("never")
        NEVER,
        /** An indicator's early warning is raised. */
        @JsonProperty("warned")
        WARNED,
        /** An indicator is past its threshold. */
        @JsonProperty("collapsed")
        COLLAPSED
    }

    /** Loops run to their last generation. */
    public static final StopSpec DEFAULTS = new StopSpec(When.NEVER, 2, Thresholds.DEFAULTS);

    public StopSpec {
        Checks.within("stop.patience", patience, Range.atLeast(1));
    }
}
