package org.autophage.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.autophage.run.RunClasses;
import org.junit.jupiter.api.Test;

class ClassLegendTest {
    private static String legend(int classes, int columns, boolean grouped, List<Integer> shown) {
        List<String> names =
                IntStream.range(0, classes).mapToObj(label -> "c" + label).toList();
        return ClassLegend.of(Optional.of(new RunClasses(names, null, new RunClasses.Grid(columns, grouped, shown))));
    }

    @Test
    void everyLayoutIsSaid() {
        assertThat(legend(3, 3, false, List.of(34, 33, 33))).isEqualTo("one class a column: c0, c1, c2");
        assertThat(legend(3, 9, false, List.of(34, 33, 33)))
                .isEqualTo("one class a column, 3 times from left to right: c0, c1, c2");
        assertThat(legend(25, 10, false, Collections.nCopies(25, 4)))
                .startsWith("all 25 classes in turn, row by row: c0, c1, ")
                .endsWith("c24");
        List<Integer> hundred = new java.util.ArrayList<>(Collections.nCopies(100, 1));
        hundred.addAll(Collections.nCopies(900, 0));
        assertThat(legend(1000, 10, false, hundred))
                .startsWith("the first 100 of 1000 classes in turn, row by row: c0, ")
                .endsWith("c29 and 70 more");
        assertThat(legend(3, 10, true, List.of(93, 0, 7)))
                .isEqualTo("classes by their shares of the data, one after the other: c0 (93), c2 (7)");
    }

    @Test
    void whatIsNotKnownIsNotSaid() {
        assertThat(ClassLegend.of(Optional.empty())).isEqualTo("samples");
        assertThat(ClassLegend.of(Optional.of(new RunClasses(List.of("a", "b"), null, null))))
                .isEqualTo("samples of a model that is told no classes");
    }
}
