package org.autophage.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.autophage.base.AutophageException;
import org.autophage.program.Graph.ElementType;
import org.junit.jupiter.api.Test;

/** Ops on batches, against values worked out by hand, and parameters that several methods share. */
class BatchedTest extends OnCpu {
    private static double[] run(Function<Graph, Value> method, Function<Scope, Object[]> arguments) {
        Graph graph = new Graph("method");
        graph.returns(method.apply(graph));
        try (Program program = new Program(device, graph);
                Scope scope = device.newScope()) {
            return program.run(scope, "method", arguments.apply(scope)).get(0).toDoubles();
        }
    }

    @Test
    void positionsAreDrawnAsOftenAsTheirWeightsSayAndNoneOfWeightZero() {
        device.seed(1);
        double[] drawn = run(graph -> Batched.draw(graph.input("w", 2, 3), 8000).to(ElementType.FLOAT64), scope ->
                new Object[] {scope.doubles(new double[] {1, 3, 0, 0, 0, 5}, 2, 3)});
        long ones =
                Arrays.stream(drawn, 0, 8000).filter(position -> position == 1).count();
        // binomial of 8,000 and ¾: four deviations are 155
        assertThat(ones).isBetween(6000L - 155, 6000L + 155);
        assertThat(Arrays.stream(drawn, 0, 8000)).allMatch(position -> position < 2);
        assertThat(Arrays.stream(drawn, 8000, 16_000)).allMatch(position -> position == 2);
    }

    @Test
    void everyRowSelectsPositionsOfItsOwn() {
        assertThat(run(
                        graph -> Batched.select(graph.input("x", 2, 2, 2), graph.input("i", 2, 3)),
                        scope -> new Object[] {
                            scope.doubles(new double[] {0, 1, 2, 3, 4, 5, 6, 7}, 2, 2, 2),
                            scope.longs(new long[] {1, 0, 1, 0, 0, 1}, 2, 3)
                        }))
                .containsExactly(2, 3, 0, 1, 2, 3, 4, 5, 4, 5, 6, 7);
    }

    @Test
    void sumsOfExponentialsNeitherOverflowNorMindWhatCountsNothing() {
        assertThat(run(graph -> Batched.logSumExp(graph.input("x", 2, 2), 1), scope ->
                        new Object[] {scope.doubles(new double[] {1000, 1000, Double.NEGATIVE_INFINITY, -2000}, 2, 2)}))
                .containsExactly(new double[] {1000 + Math.log(2), -2000}, within(1e-12));
        assertThat(run(graph -> Batched.least(graph.input("x", 2, 2), 0), scope ->
                        new Object[] {scope.doubles(new double[] {3, 1, 2, 4}, 2, 2)}))
                .containsExactly(2, 1);
    }

    @Test
    void distancesAreThoseOfEachPairOfMatrices() {
        assertThat(run(
                        graph -> Batched.distances(graph.input("x", 2, 1, 2), graph.input("y", 2, 2, 2)),
                        scope -> new Object[] {
                            scope.doubles(new double[] {0, 0, 1, 1}, 2, 1, 2),
                            scope.doubles(new double[] {3, 4, 0, 0, 1, 1, 1, 3}, 2, 2, 2)
                        }))
                .containsExactly(5, 0, 0, 2);
    }

    @Test
    void triangularFactorsSolve() {
        double[] matrices = {4, 2, 2, 10, 1, 2, 2, 1};
        assertThat(run(graph -> Batched.cholesky(graph.input("x", 2, 2, 2)), scope ->
                        new Object[] {scope.doubles(matrices, 2, 2, 2)}))
                .startsWith(2, 0, 1, 3)
                .endsWith(infinite(), infinite(), infinite(), infinite());
        // the inverse of [[2, 0], [1, 3]] is [[1/2, 0], [−1/6, 1/3]]
        assertThat(run(
                        graph -> {
                            Value factor = Batched.cholesky(graph.input("x", 1, 2, 2));
                            return Batched.solveLower(factor, Batched.identity(factor, 2));
                        },
                        scope -> new Object[] {scope.doubles(Arrays.copyOf(matrices, 4), 1, 2, 2)}))
                .containsExactly(new double[] {0.5, 0, -1 / 6.0, 1 / 3.0}, within(1e-15));
        assertThat(run(graph -> Batched.diagonal(graph.input("x", 2, 2, 2)), scope ->
                        new Object[] {scope.doubles(matrices, 2, 2, 2)}))
                .containsExactly(4, 10, 1, 1);
    }

    private static double infinite() {
        return Double.POSITIVE_INFINITY;
    }

    @Test
    void methodsShareParametersByName() {
        Parameters parameters = new Parameters();
        Graph one = new Graph("one", parameters);
        one.returns(one.parameter("a", Initializer.ONES, 2).times(one.parameter("b", Initializer.constant(3), 2)));
        Graph two = new Graph("two", parameters);
        two.returns(two.parameter("b"));
        assertThatThrownBy(() -> two.parameter("c")).isInstanceOf(IllegalArgumentException.class);
        float[] flat = parameters.initialize(0);
        try (Program program = new Program(device, one, two);
                Scope scope = device.newScope()) {
            Tensor all = scope.floats(flat, flat.length);
            assertThat(program.run(scope, "one", all).get(0).toFloats()).containsExactly(3, 3);
            assertThat(program.run(scope, "two", all).get(0).toFloats()).containsExactly(3, 3);
        }
        Path file = Path.of("weights.safetensors");
        Map<String, SafeTensors.FloatArray> arrays = new HashMap<>(parameters.split(flat));
        assertThat(parameters.join(arrays, file)).isEqualTo(flat);
        arrays.put("b", SafeTensors.FloatArray.of(new float[3]));
        assertThatThrownBy(() -> parameters.join(arrays, file))
                .isInstanceOf(AutophageException.class)
                .hasMessage("weights.safetensors: b has 3 elements, the spec's model has 2 there");
    }
}
