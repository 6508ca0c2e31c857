package org.autophage.metrics;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The classes of both sets under common names: by their names or by their numbers; where one side has names only, in their order.
 *
 * @param names of the classes of which either set has samples; of all, where they are compared in their order
 * @param real the class of every real sample, as its place among the names
 * @param fake likewise of every generated one
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; the arrays are the point
public record PairedClasses(List<String> names, int[] real, int[] fake) {
    /**
     * Pairs the classes of two sets.
     *
     * @param notes is told why classes are not compared, or that they are compared in their order
     * @return empty where a set has none, or they have nothing in common
     */
    public static Optional<PairedClasses> of(MeasuredPair pair, Consumer<String> notes) {
        if (pair.real().classes().isEmpty() || pair.fake().classes().isEmpty()) {
            return Optional.empty();
        }
        SetClasses reals = pair.real().classes().get();
        SetClasses fakes = pair.fake().classes().get();
        boolean alike = reals.areCalledLike(fakes);
        if (alike
                ? reals.hasNoneOf(fakes)
                : reals.names().count() != fakes.names().count()) {
            notes.accept("classes are not compared: those of %s (%s) are not those of %s (%s)"
                    .formatted(pair.real().name(), reals.list(), pair.fake().name(), fakes.list()));
            return Optional.empty();
        }
        if (!alike) {
            notes.accept("classes are compared in their order: those of %s are %s, those of %s %s"
                    .formatted(pair.real().name(), reals.list(), pair.fake().name(), fakes.list()));
            return Optional.of(new PairedClasses(reals.names().all(), reals.labels(), fakes.labels()));
        }
        List<String> names = reals.together(fakes);
        return Optional.of(new PairedClasses(names, reals.labelsIn(names), fakes.labelsIn(names)));
    }

    /** How many real samples are of each class. */
    public ClassHistogram ofReal() {
        return ClassHistogram.of(real, names.size());
    }

    /** How many generated samples are of each class. */
    public ClassHistogram ofFake() {
        return ClassHistogram.of(fake, names.size());
    }
}
