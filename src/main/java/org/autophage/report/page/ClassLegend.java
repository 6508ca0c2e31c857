package org.autophage.report.page;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.autophage.report.format.Prose;
import org.autophage.run.RunClasses;

/** Which classes a sample grid shows where, in words. */
final class ClassLegend {
    /** Classes that are named; a legend of a thousand names is none. */
    private static final int NAMED = 30;

    private ClassLegend() {}

    /** The words for a run; where it says nothing of classes, nor do they. */
    static String of(Optional<RunClasses> classes) {
        if (classes.isEmpty()) {
            return "samples";
        }
        RunClasses known = classes.get();
        RunClasses.Grid grid = known.grid();
        if (grid == null) {
            return "samples of a model that is told no classes";
        }
        int count = known.names().size();
        if (grid.grouped()) {
            return "classes by their shares of the data, one after the other: " + grouped(known.names(), grid.shown());
        }
        if (grid.columns() == count) {
            return "one class a column: " + named(known.names());
        }
        if (grid.columns() % count == 0) {
            return "one class a column, %d times from left to right: %s"
                    .formatted(grid.columns() / count, named(known.names()));
        }
        int shown = (int) grid.shown().stream().filter(images -> images > 0).count();
        String which = shown < count
                ? "the first %d of %d classes".formatted(shown, count)
                : "all %d classes".formatted(count);
        return "%s in turn, row by row: %s".formatted(which, named(known.names().subList(0, shown)));
    }

    private static String named(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        return names.size() > NAMED ? first + " and " + Prose.count(names.size() - NAMED) + " more" : first;
    }

    private static String grouped(List<String> names, List<Integer> shown) {
        return named(IntStream.range(0, names.size())
                .filter(label -> shown.get(label) > 0)
                .mapToObj(label -> names.get(label) + " (" + shown.get(label) + ")")
                .collect(Collectors.toList()));
    }
}
