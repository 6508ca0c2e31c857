package org.autophage.collapse;

import com.fasterxml.jackson.annotation.JsonValue;
import org.autophage.base.Range;

/**
 * What "collapse" is meant to say. The literature uses at least eight definitions that contradict each other
 * (arXiv 2503.03150), so whoever speaks of it has to name one. These can be read off a loop's records.
 */
public enum Definition {
    /** The models stop producing part of what is real. */
    DIVERSITY("diversity", "diversity loss", Range.open(0, 1)),
    /** The models' law moves away from the real one: a rising population risk. */
    DISTANCE("distance", "distance growth", Range.above(1)),
    /** Whole modes of the real law, or classes, get no samples. */
    MODES("modes", "mode loss", Range.above(0)),
    /** Samples come to lie closer together. */
    VARIANCE("spread", "shrinking variance", Range.open(0, 1)),
    /** Real samples that have few others around them get no samples. */
    TAILS("tails", "lost tails", Range.open(0, 1)),
    /** There are fewer different samples. */
    ENTROPY("entropy", "entropy loss", Range.open(0, 1)),
    /** Samples gather where nothing is real. */
    HALLUCINATION("hallucination", "hallucinated modes", Range.open(0, 1));

    private final String specName;
    private final String inSentence;
    private final Range threshold;

    Definition(String specName, String inSentence, Range threshold) {
        this.specName = specName;
        this.inSentence = inSentence;
        this.threshold = threshold;
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

    /** What its threshold can be. */
    Range threshold() {
        return threshold;
    }
}
