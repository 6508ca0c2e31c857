package org.autophage.loop;

import java.util.function.IntFunction;
import org.autophage.model.GenerativeModel;
import org.jspecify.annotations.Nullable;

/**
 * The model of the generation that finished last, kept until the next one has finished where somebody may start from it or look
 * back at it; a run that was resumed reads it back.
 */
final class PreviousModel implements AutoCloseable {
    private final IntFunction<GenerativeModel> finished;
    private final boolean wanted;
    private @Nullable GenerativeModel newest;

    /**
     * @param finished reads back the model of a finished generation, in a run that was resumed
     * @param wanted whether anybody may ask; if not, no model outlives its generation
     */
    PreviousModel(IntFunction<GenerativeModel> finished, boolean wanted) {
        this.finished = finished;
        this.wanted = wanted;
    }

    /**
     * The model of generation t − 1, as it was kept; whoever asks does not close it.
     *
     * @param t at least 2
     */
    GenerativeModel of(int t) {
        if (t < 2) {
            throw new IllegalStateException("no model comes before that of generation " + t);
        }
        if (newest == null) {
            newest = finished.apply(t - 1);
        }
        return newest;
    }

    /** What a stage may look at whose generation's model is trained and not kept yet. */
    TurnModels before(int t) {
        return new TurnModels() {
            @Override
            public GenerativeModel own() {
                return NONE.own();
            }

            @Override
            public GenerativeModel first() {
                return NONE.first();
            }

            @Override
            public GenerativeModel previous() {
                return of(t);
            }
        };
    }

    /** Takes over the model of a generation that has just finished. */
    void follow(GenerativeModel model) {
        close();
        if (wanted) {
            newest = model;
        } else {
            model.close();
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
