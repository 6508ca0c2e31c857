package org.autophage.metrics;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.autophage.data.ClassNames;

/**
 * How many samples of a set are of each class, and what the classes are called.
 *
 * @param names of all classes
 * @param labels the class of every sample
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; the array is the point
public record SetClasses(ClassNames names, int[] labels) {
    /** How many samples are of each class. */
    public ClassHistogram histogram() {
        return ClassHistogram.of(labels, names.count());
    }

    /** Whether the classes of both are called by words, or both by numbers, which ids are too. */
    public boolean areCalledLike(SetClasses other) {
        return areNumbers() == other.areNumbers();
    }

    private boolean areNumbers() {
        return names.given() == null || names.given().stream().allMatch(name -> name.matches("\\d+"));
    }

    /** The names of these classes and of the other's of which there are samples, each once. */
    public List<String> together(SetClasses other) {
        Set<String> together = new LinkedHashSet<>(occurring());
        together.addAll(other.occurring());
        return List.copyOf(together);
    }

    private List<String> occurring() {
        long[] counts = histogram().counts();
        return IntStream.range(0, names.count())
                .filter(label -> counts[label] > 0)
                .mapToObj(names::name)
                .toList();
    }

    /** Their names in a message, the first few where they are many. */
    public String list() {
        return names.list(IntStream.range(0, names.count()).toArray());
    }

    /** Whether no class of the one is called like one of the other. */
    public boolean hasNoneOf(SetClasses other) {
        return Collections.disjoint(new HashSet<>(names.all()), other.names.all());
    }

    /** The class of every sample as its place among these names, which have all that occur. */
    int[] labelsIn(List<String> order) {
        Map<String, Integer> places = new HashMap<>();
        for (int place = 0; place < order.size(); place++) {
            places.put(order.get(place), place);
        }
        return IntStream.of(labels)
                .map(label -> Objects.requireNonNull(places.get(names.name(label)), names.name(label)))
                .toArray();
    }
}
