package org.autophage.evaluation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.autophage.data.ClassNames;
import org.autophage.metrics.ClassHistogram;

/**
 * How many samples of a set are of each class, and what the classes are called.
 *
 * @param names as many as the histogram has counts
 */
record SetClasses(ClassNames names, ClassHistogram histogram) {
    SetClasses {
        if (names.count() != histogram.counts().length) {
            throw new IllegalArgumentException(
                    "%d names of %d classes".formatted(names.count(), histogram.counts().length));
        }
    }

    static SetClasses of(ClassNames names, int[] labels) {
        return new SetClasses(names, ClassHistogram.of(labels, names.count()));
    }

    /** Whether the classes of both are called, or both numbered. */
    boolean areCalledLike(SetClasses other) {
        return (names.given() == null) == (other.names.given() == null);
    }

    /** The names of these classes and of the other's, each once. */
    List<String> together(SetClasses other) {
        Set<String> together = new LinkedHashSet<>(names.all());
        together.addAll(other.names.all());
        return List.copyOf(together);
    }

    /** Their names in a message, the first few where they are many. */
    String list() {
        return names.list(IntStream.range(0, names.count()).toArray());
    }

    boolean hasNoneOf(SetClasses other) {
        return names.all().stream().noneMatch(other.names.all()::contains);
    }

    /** The counts of classes of these names; 0 of those that there are none of. */
    ClassHistogram in(List<String> order) {
        List<String> own = names.all();
        return new ClassHistogram(order.stream()
                .mapToLong(name -> own.contains(name) ? histogram.counts()[own.indexOf(name)] : 0)
                .toArray());
    }
}
