package org.autophage.loop;

import java.util.ArrayList;
import java.util.List;
import org.autophage.base.CheckpointStore;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.run.GenerationRecord;

/** Keeps the records of a run that leaves nothing on disk and ends with the process. */
public final class MemoryLog implements GenerationLog {
    private final long seed;
    private final List<GenerationRecord> records = new ArrayList<>();

    /** The log of a run that has not begun. */
    public MemoryLog(long seed) {
        this.seed = seed;
    }

    /** The records of all finished generations, in order. */
    public List<GenerationRecord> records() {
        return List.copyOf(records);
    }

    @Override
    public long seed() {
        return seed;
    }

    @Override
    public int nextGeneration() {
        return records.size() + 1;
    }

    @Override
    public boolean replays() {
        return false;
    }

    @Override
    public Given given(int generation) {
        throw new IllegalStateException("a run in memory is never resumed, so its pool has generation " + generation);
    }

    @Override
    public GenerativeModel model(int generation, ModelFamily family) {
        throw new IllegalStateException("a run in memory is never resumed, so its lineage has " + generation);
    }

    @Override
    public CheckpointStore checkpoints(int generation) {
        return CheckpointStore.NONE;
    }

    @Override
    public void complete(Finished generation) {
        records.add(generation.record());
    }
}
