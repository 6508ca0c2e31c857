package org.autophage.run;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What makes two specs one experiment: the values of all keys but the open ones, which ask for more of the same, for the same
 * elsewhere, for less of it, or for another name. An override of an open key leaves a run's name as it is, a run may go on
 * with other values of them, records of runs that differ in nothing else have one hash, and such runs are arms of no
 * comparison. Every other key makes another experiment in all four respects, {@code keep} too: what a folder keeps of its
 * generations is what the next process has to go on from.
 */
public final class Identity {
    /** The open keys as a sentence has them, but for the name, which a run cannot change. */
    public static final String OPEN_IN_WORDS = "seeds, loop.generations, device, stop and sinks";

    /** The open keys; all keys below them are open too. */
    static final Set<String> OPEN = new LinkedHashSet<>(Arrays.asList((OPEN_IN_WORDS + " and name").split(", | and ")));

    private Identity() {}

    /**
     * Whether a key says nothing of which experiment it is.
     *
     * @param key written with dots
     */
    public static boolean isOpen(String key) {
        return OPEN.stream().anyMatch(open -> key.equals(open) || key.startsWith(open + "."));
    }
}
