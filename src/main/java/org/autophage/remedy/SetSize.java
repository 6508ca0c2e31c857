package org.autophage.remedy;

import java.util.Objects;
import org.autophage.base.AutophageException;
import org.jspecify.annotations.Nullable;

/** How many samples of a set a choice keeps. */
final class SetSize {
    static final String DESCRIPTION =
            "How many samples of a training set are kept, at least 1; all where there are fewer; left out, loop.initial";

    private SetSize() {}

    /** Refuses a number that is none. */
    static void checkSize(@Nullable Integer samples) {
        if (samples != null && samples < 1) {
            throw AutophageException.usage("samples is %d: must be at least 1".formatted(samples));
        }
    }

    /** The number, as large as the first training set where it was left out. */
    static Integer complete(@Nullable Integer samples, Setting setting) {
        return samples == null ? Integer.valueOf(setting.plan().spec().initial()) : samples;
    }

    /** Refuses a number that no model can be fitted to. */
    static void check(@Nullable Integer samples, Setting setting) {
        if (samples != null && samples < setting.model().fewestSamples()) {
            throw AutophageException.usage("samples is %d: this model needs at least %d to learn from"
                    .formatted(samples, setting.model().fewestSamples()));
        }
    }

    /** What a choice among so many costs. */
    static Remedy.Cost cost(@Nullable Integer samples) {
        return new Remedy.Cost(
                0, 0, "each later model is trained on at most %d samples".formatted(Objects.requireNonNull(samples)));
    }
}
