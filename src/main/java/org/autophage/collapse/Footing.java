package org.autophage.collapse;

/** What an early warning stands on: by how much an indicator varies while nothing changes, and how that is known. */
public enum Footing {
    /** The standard errors of means over replicas, each of which was trained and sampled by itself. */
    REPLICAS("by the spread of the replicas"),
    /** Generation 1 of enough seeds: training noise, measured, with sampling noise in it. */
    TRAININGS("by the spread of generation 1 over %d trainings"),
    /** The sampling noise that records have, and a training noise that is a guess. */
    ASSUMED("by sampling noise, training noise taken to be " + EarlyWarning.ASSUMED + " times that"),
    /** The loop's own generations, one against those before it. */
    OWN("by the spread of the generations before");

    private final String words;

    Footing(String words) {
        this.words = words;
    }

    /** "by the spread of generation 1 over 5 trainings". */
    String inSentence(int trainings) {
        return words.formatted(trainings);
    }
}
