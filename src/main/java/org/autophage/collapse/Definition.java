package org.autophage.collapse;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What "collapse" is meant to say. The literature uses at least eight definitions that contradict each other
 * (arXiv 2503.03150), so whoever speaks of it has to name one. These three can be read off a loop's records.
 */
public enum Definition {
    /** The models stop producing part of what is real. */
    DIVERSITY("diversity", "diversity loss"),
    /** The models' law moves away from the real one: a rising population risk. */
    DISTANCE("distance", "distance growth"),
    /** Whole modes of the real law get no samples. */
    MODES("modes", "mode loss");

    private final String specName;
    private final String inSentence;

    Definition(String specName, String inSentence) {
        this.specName = specName;
        this.inSentence = inSentence;
    }

    /** The name that a spec and the command line have for it. */
    @JsonValue
    public String specName() {
        return specName;
    }

    /** The name inside a sentence: "diversity loss". */
    public String inSentence() {
        return inSentence;
    }
}
