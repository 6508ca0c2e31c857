package org.autophage.remedy;

import java.util.Objects;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.jspecify.annotations.Nullable;

/** A choice of so many samples of a set, by where they lie among features. */
interface SizedChoice extends SetRemedy {
    /** What the key {@code samples} means. */
    String SAMPLES =
            "How many samples of a training set are kept, at least 1; all where there are fewer; left out, loop.initial";

    /** How many samples are kept; null as long as that is left to the experiment. */
    @Nullable
    Integer samples();

    /** Among which features, see {@link SetFeatures}. */
    @Nullable
    String features();

    /** Refuses values that neither key can have. */
    static void checkKeys(@Nullable Integer samples, @Nullable String features) {
        Checks.within("samples", samples, Range.atLeast(1));
        SetFeatures.checkName(features);
    }

    /** How many are kept: as many as the first training set has where that was left out. */
    default Integer wanted(Setting setting) {
        Integer given = samples();
        return given == null ? Integer.valueOf(setting.plan().spec().initial()) : given;
    }

    @Override
    default void check(Setting setting) {
        setting.requireEnough(wanted(setting));
        SetFeatures.check(features(), setting);
    }

    @Override
    default Cost cost(Setting setting) {
        return new Cost(
                0, 0, "each later model is trained on at most %d samples".formatted(Objects.requireNonNull(samples())));
    }
}
