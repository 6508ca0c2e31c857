package org.autophage.report.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PlotAxisTest {
    @Test
    void aDecadeMakesItLogarithmic() {
        assertThat(PlotAxis.of("n", List.of(1000.0, 100.0, 300.0)).logarithmic())
                .isTrue();
        assertThat(PlotAxis.of("n", List.of(100.0, 900.0)).logarithmic()).isFalse();
        assertThat(PlotAxis.of("n", List.of(0.0, 900.0)).logarithmic()).isFalse();
    }

    @Test
    void bandsMeetHalfwayBetweenNeighbours() {
        assertThat(PlotAxis.of("n", List.of(1.0, 2.0, 4.0)).borders()).containsExactly(0.5, 1.5, 3, 5);
        assertThat(PlotAxis.of("n", List.of(10.0, 1000.0)).borders()).containsExactly(0, 2, 4);
        assertThat(PlotAxis.of("n", List.of(7.0)).borders()).containsExactly(6.5, 7.5);
    }

    @Test
    void numbersAreWrittenAsPeopleWriteThem() {
        assertThat(PlotAxis.text(3000)).isEqualTo("3000");
        assertThat(PlotAxis.text(0.7)).isEqualTo("0.7");
        assertThat(PlotAxis.text(0.1 + 0.2)).isEqualTo("0.3");
        assertThat(PlotAxis.text(1e-5)).isEqualTo("0.00001");
    }

    @Test
    void textContrastsWithItsCell() {
        ColourScale colours = ColourScale.around(1, List.of(0.25, 4.0));
        assertThat(colours.ink(1)).isEqualTo("#111111");
        assertThat(colours.ink(4)).isEqualTo("#ffffff");
        assertThat(colours.css(1)).isEqualTo("#f6f4ef");
        // as far from the level as 4 is
        assertThat(colours.css(0.25)).isEqualTo("#a03e00");
        assertThat(colours.css(0.01)).isEqualTo("#a03e00");
    }

    @Test
    void aMapHasItsLevelWhereValuesCrossIt() {
        PlotAxis x = PlotAxis.of("n", List.of(10.0, 100.0, 1000.0));
        PlotAxis y = PlotAxis.of("bias", List.of(0.5, 1.0));
        List<Place> places = x.values().stream()
                .flatMap(n -> y.values().stream()
                        .map(bias -> new Place(n, bias, n / 100, OptionalDouble.empty(), "" + n / 100, "")))
                .toList();
        HeatMap map =
                HeatMap.of(Frame.PAGE, x, y, places, ColourScale.around(1, List.of(0.1, 10.0)), OptionalDouble.of(1));
        assertThat(map.cells()).hasSize(6);
        // a vertical line through the middle column, whatever the bias
        double middle = Frame.PAGE.middle();
        assertThat(map.level().substring(1).split(" L"))
                .allSatisfy(point ->
                        assertThat(Double.parseDouble(point.split(" ")[0])).isCloseTo(middle, within(0.06)));
        assertThat(map.columns()).extracting(Tick::text).containsExactly("10", "100", "1000");
    }
}
