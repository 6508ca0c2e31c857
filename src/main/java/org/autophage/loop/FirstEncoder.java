package org.autophage.loop;

import java.util.Optional;
import java.util.function.IntFunction;
import org.autophage.data.Encoder;
import org.autophage.model.GenerativeModel;
import org.jspecify.annotations.Nullable;

/** The way from images to codes of a run's first model, kept for all generations; nothing for models that have none. */
final class FirstEncoder implements AutoCloseable {
    private final IntFunction<GenerativeModel> finished;
    private @Nullable Encoder first;

    /** @param finished reads back the model of a finished generation, in a run that was resumed */
    FirstEncoder(IntFunction<GenerativeModel> finished) {
        this.finished = finished;
    }

    /**
     * The first model's.
     *
     * @param model of generation t
     */
    Optional<Encoder> of(int t, GenerativeModel model) {
        if (first == null) {
            first = firstOf(t, model);
        }
        return Optional.ofNullable(first);
    }

    private @Nullable Encoder firstOf(int t, GenerativeModel model) {
        Optional<Encoder> own = model.encoder();
        if (own.isEmpty() || t == 1) {
            return own.orElse(null);
        }
        own.get().close();
        try (GenerativeModel firstModel = finished.apply(1)) {
            return firstModel.encoder().orElseThrow();
        }
    }

    @Override
    public void close() {
        if (first != null) {
            first.close();
        }
    }
}
