package org.autophage.loop;

import java.util.function.IntFunction;
import org.autophage.model.GenerativeModel;
import org.jspecify.annotations.Nullable;

/** The models of a run one after the other: keeps the newest one for as long as the next may be fine-tuned from it. */
final class Lineage implements AutoCloseable {
    private final Start start;
    private final IntFunction<GenerativeModel> finished;
    private @Nullable GenerativeModel newest;

    /**
     * @param start what training starts from
     * @param finished reads back the model of a finished generation, in a run that was resumed
     */
    Lineage(Start start, IntFunction<GenerativeModel> finished) {
        this.start = start;
        this.finished = finished;
    }

    /**
     * The model that generation t is fine-tuned from, or null where it is trained from scratch. It stays the lineage's.
     */
    @Nullable
    GenerativeModel before(int t) {
        if (start == Start.SCRATCH || t == 1) {
            return null;
        }
        if (newest == null) {
            newest = finished.apply(t - 1);
        }
        return newest;
    }

    /** Takes over the model of the generation that has just finished. */
    void follow(GenerativeModel model) {
        close();
        if (start == Start.SCRATCH) {
            model.close();
        } else {
            newest = model;
        }
    }

    @Override
    public void close() {
        if (newest != null) {
            newest.close();
            newest = null;
        }
    }
}
