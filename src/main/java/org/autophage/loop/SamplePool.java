package org.autophage.loop;

import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * The synthetic samples that training sets may draw from, each generation's under its number. Holds only the generations
 * in memory; what a resumed run has not produced itself is read back when it is first needed.
 */
public final class SamplePool {
    private final Memory memory;
    private final IntFunction<Given> store;
    private final TreeMap<Integer, Given> generations = new TreeMap<>();

    /**
     * @param memory how many of the newest generations training sets draw from
     * @param store where earlier samples are read back from
     */
    public SamplePool(Memory memory, IntFunction<Given> store) {
        this.memory = memory;
        this.store = store;
    }

    /** Adds a generation's samples and forgets the generations that no later one draws from. */
    public void add(int generation, Given given) {
        generations.put(generation, given);
        generations.headMap(memory.oldest(generation + 1)).clear();
    }

    /** The samples of a generation. */
    public Given of(int generation) {
        return generations.computeIfAbsent(generation, store::apply);
    }
}
