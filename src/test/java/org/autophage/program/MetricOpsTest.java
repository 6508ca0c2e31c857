package org.autophage.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.function.Function;
import org.autophage.program.Graph.ElementType;
import org.junit.jupiter.api.Test;

/** Ops that metrics and classifiers use, against values worked out by hand. */
class MetricOpsTest extends OnCpu {
    @Test
    void choleskySaysWhetherTheMatrixIsPositiveDefinite() {
        assertThat(run(
                        graph -> Functional.cholesky(graph.input("x", 2, 2)).get(0),
                        doubles(new double[] {4, 2, 2, 10}, 2, 2)))
                .containsExactly(2, 0, 1, 3);
        for (double[] matrix : new double[][] {{4, 2, 2, 10}, {1, 2, 2, 1}}) {
            assertThat(run(
                            graph -> Functional.cholesky(graph.input("x", 2, 2))
                                    .get(1)
                                    .to(ElementType.FLOAT64),
                            doubles(matrix, 2, 2)))
                    .containsExactly(matrix[3] > 4 ? 1 : 0);
        }
        assertThat(run(graph -> Functional.diagonal(graph.input("x", 2, 2)), doubles(new double[] {4, 2, 2, 10}, 2, 2)))
                .containsExactly(4, 10);
    }

    @Test
    void chunksMayBeUnequalAndEmpty() {
        double[] x = {1, 2, 3, 4, 5, 6};
        assertThat(run(graph -> Functional.chunks(graph.input("x", 2, 3), 2, 1).get(0), doubles(x, 2, 3)))
                .containsExactly(1, 2, 4, 5);
        assertThat(run(graph -> Functional.chunks(graph.input("x", 2, 3), 4, 1).get(2), doubles(x, 2, 3)))
                .containsExactly(3, 6);
        assertThat(run(graph -> Functional.chunks(graph.input("x", 2, 3), 4, 1).get(3), doubles(x, 2, 3)))
                .isEmpty();
    }

    @Test
    void kthSmallestOfEveryRow() {
        double[] x = {5, 1, 3, 2, 2, 2, 9, 0};
        assertThat(run(graph -> kthSmallest(graph), doubles(x, 2, 4), 2.0)).containsExactly(2, 2);
        assertThat(run(graph -> kthSmallest(graph), doubles(x, 2, 4), 4.0)).containsExactly(5, 9);
    }

    private static Value kthSmallest(Graph graph) {
        return Functional.kthSmallest(graph.input("x", 2, 4), graph.inputInteger("k"));
    }

    @Test
    void elementsWhereEitherComparisonHoldsAreTaken() {
        double[] x = {1, 9, 3, 4, 5, 6};
        assertThat(run(
                        graph -> {
                            Value value = graph.input("x", 2, 3);
                            Value chosen = Functional.positions(Functional.either(
                                    Functional.lessThan(value, 2), Functional.lessThan(value.times(-1), -5)));
                            return Functional.take(value, chosen)
                                    .plus(chosen.to(ElementType.FLOAT64).times(100));
                        },
                        doubles(x, 2, 3)))
                .containsExactly(1, 109, 506);
    }

    @Test
    void comparisonsBroadcastAndDifferOnTies() {
        double[] x = {1, 2, 3, 3, 2, 1};
        double[] limits = {2, 2, 3};
        assertThat(run(
                        graph -> Functional.lessThan(graph.input("x", 2, 3), graph.input("limits", 1, 3))
                                .to(ElementType.FLOAT64),
                        doubles(x, 2, 3),
                        doubles(limits, 1, 3)))
                .containsExactly(1, 0, 0, 0, 0, 1);
        assertThat(run(
                        graph -> Functional.atMost(graph.input("x", 2, 3), graph.input("limits", 1, 3))
                                .to(ElementType.FLOAT64),
                        doubles(x, 2, 3),
                        doubles(limits, 1, 3)))
                .containsExactly(1, 1, 1, 0, 1, 1);
    }

    @Test
    void extremesOfAllElements() {
        assertThat(run(graph -> graph.input("x", 2, 2).min(), doubles(new double[] {-4, -1, -2, -3}, 2, 2)))
                .containsExactly(-4);
        assertThat(run(graph -> graph.input("x", 2, 2).max(), doubles(new double[] {-4, -1, -2, -3}, 2, 2)))
                .containsExactly(-1);
    }

    @Test
    void affineMovesByWholeAndHalfPixelsAndRepeatsTheBorder() {
        double[] row = {1, 2, 3, 4};
        // One pixel is half a unit of coordinates, which span 2 over 4 pixels.
        assertThat(affine(row, new double[] {1, 0, 0, 0, 1, 0})).containsExactly(1, 2, 3, 4);
        assertThat(affine(row, new double[] {1, 0, .5, 0, 1, 0})).containsExactly(2, 3, 4, 4);
        assertThat(affine(row, new double[] {1, 0, -.25, 0, 1, 0})).containsExactly(1, 1.5, 2.5, 3.5);
        assertThat(affine(row, new double[] {-1, 0, 0, 0, 1, 0})).containsExactly(4, 3, 2, 1);
    }

    @Test
    void shapesThatDoNotFitAreRefusedWhileRecording() {
        Graph graph = new Graph("m");
        Value x = graph.input("x", 2, 3);
        Value y = graph.input("y", 2, 4);
        assertThatThrownBy(() -> Functional.distances(x, y))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("distances does not take shapes [2, 3] and [2, 4]");
        Value images = graph.input("images", 2, 1, 4, 4);
        Value maps = graph.input("maps", 3, 2, 3);
        assertThatThrownBy(() -> Functional.affine(images, maps))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("affine does not take shapes [2, 1, 4, 4] and [3, 2, 3]");
    }

    private static double[] affine(double[] row, double[] map) {
        return run(
                graph -> Functional.affine(graph.input("x", 1, 1, 1, 4), graph.input("maps", 1, 2, 3)),
                doubles(row, 1, 1, 1, 4),
                doubles(map, 1, 2, 3));
    }

    /** A tensor to be made in the scope of the run. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Elements(double[] values, long[] dims) {}

    private static Elements doubles(double[] values, long... dims) {
        return new Elements(values, dims);
    }

    private static double[] run(Function<Graph, Value> recording, Object... arguments) {
        Graph graph = new Graph("method");
        graph.returns(recording.apply(graph));
        try (Program program = new Program(device, graph);
                Scope scope = device.newScope()) {
            Object[] given = Arrays.stream(arguments)
                    .map(argument -> argument instanceof Elements elements
                            ? scope.doubles(elements.values(), elements.dims())
                            : argument)
                    .toArray();
            return program.run(scope, "method", given).get(0).toDoubles();
        }
    }
}
