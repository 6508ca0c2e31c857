package org.autophage.data;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the classes 0, 1, … of images are called where they come from: folders, ids in a list of labels, words.
 *
 * @param count number of classes, at least 1
 * @param given their names; null where they are called by their numbers
 */
public record ClassNames(int count, @Nullable List<String> given) {
    /** Numbers below it are classes' numbers as they are, whether there are pictures of all of them or not. */
    public static final int MOST_NUMBERS = 1 << 20;

    /** Names in one line of a message. */
    private static final int LISTED = 8;

    public ClassNames {
        given = given == null ? null : List.copyOf(given);
        if (given != null && given.size() != count) {
            throw new IllegalArgumentException(given.size() + " names of " + count + " classes");
        }
    }

    /** Classes that are called 0, 1, … */
    public static ClassNames numbered(int count) {
        return new ClassNames(count, null);
    }

    /** Classes of these names; those that are 0, 1, … need none. */
    public static ClassNames of(List<String> names) {
        boolean numbers =
                IntStream.range(0, names.size()).allMatch(i -> names.get(i).equals(String.valueOf(i)));
        return new ClassNames(names.size(), numbers ? null : names);
    }

    /** What a class is called. */
    public String name(int label) {
        return given == null ? String.valueOf(label) : given.get(Objects.checkIndex(label, count));
    }

    /** All names, in the order of the classes. */
    public List<String> all() {
        return given != null
                ? given
                : IntStream.range(0, count).mapToObj(this::name).toList();
    }

    /** The names of some classes only, which are then 0, 1, … */
    ClassNames select(int[] labels) {
        return of(IntStream.of(labels).mapToObj(this::name).toList());
    }

    /** The names of some classes in a message: all where they are few, otherwise the first and how many more. */
    public String list(int[] labels) {
        String first = IntStream.of(labels).limit(LISTED).mapToObj(this::name).collect(Collectors.joining(", "));
        return labels.length > LISTED ? first + " and %,d more".formatted(labels.length - LISTED) : first;
    }
}
