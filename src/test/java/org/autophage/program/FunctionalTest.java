package org.autophage.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every op: values against known results, gradients against central differences, both in float64. */
class FunctionalTest extends OnCpu {
    /** An op of some inputs; {@code dims} are the inputs' shapes. */
    private record Op(String name, Function<List<Value>, Value> function, long[]... dims) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Op op(String name, Function<List<Value>, Value> function, long[]... dims) {
        return new Op(name, function, dims);
    }

    private static long[] dims(long... dims) {
        return dims;
    }

    static Stream<Op> differentiableOps() {
        return Stream.of(
                op("plus, broadcast", v -> v.get(0).plus(v.get(1)), dims(2, 3), dims(3)),
                op("plus a number", v -> v.get(0).plus(1.5), dims(4)),
                op("minus", v -> v.get(0).minus(v.get(1)), dims(2, 3), dims(2, 1)),
                op("minus a number", v -> v.get(0).minus(1.5), dims(4)),
                op("times", v -> v.get(0).times(v.get(1)), dims(2, 3), dims(2, 3)),
                op("times a number", v -> v.get(0).times(-3), dims(4)),
                op("divided by", v -> v.get(0).dividedBy(v.get(1).exp()), dims(3), dims(3)),
                op("negate", v -> v.get(0).negate(), dims(3)),
                op("square", v -> v.get(0).square(), dims(3)),
                op("square root", v -> v.get(0).exp().squareRoot(), dims(3)),
                op("reciprocal", v -> v.get(0).exp().reciprocal(), dims(3)),
                op("log", v -> v.get(0).exp().plus(1).log(), dims(3)),
                op("sine and cosine", v -> v.get(0).sine().plus(v.get(0).cosine()), dims(3)),
                op("relu", v -> v.get(0).relu(), dims(7)),
                op("silu", v -> v.get(0).silu(), dims(7)),
                op("leaky relu", v -> v.get(0).leakyRelu(0.2), dims(7)),
                op("softplus", v -> v.get(0).softplus(), dims(7)),
                op("flip", v -> v.get(0).flip(1), dims(2, 3)),
                op("repeat", v -> Functional.repeat(v.get(0), 2, 1, 3), dims(2, 3, 1)),
                op(
                        "matrix products of batches that broadcast",
                        v -> v.get(0).matmul(v.get(1)),
                        dims(2, 1, 2, 3),
                        dims(2, 2, 3, 2)),
                op("linear interpolation", v -> Functional.upsampleBilinear(v.get(0), 2), dims(1, 2, 2, 3)),
                op(
                        "transposed convolution",
                        v -> Functional.convTranspose2d(v.get(0), v.get(1), v.get(2), 2, 1),
                        dims(2, 2, 3, 3),
                        dims(2, 3, 4, 4),
                        dims(3)),
                op("tanh", v -> v.get(0).tanh(), dims(7)),
                op("sigmoid", v -> v.get(0).sigmoid(), dims(7)),
                op("clamp", v -> v.get(0).clamp(-0.5, 0.5), dims(9)),
                op("reshape and transpose", v -> v.get(0).reshape(3, 4).transpose(0, 1), dims(2, 6)),
                op("slice", v -> v.get(0).slice(1, 1, 3), dims(2, 4)),
                op("mean", v -> v.get(0).mean(), dims(2, 4)),
                op(
                        "sum and mean over a dimension",
                        v -> v.get(0).sum(0).plus(v.get(0).mean(1)),
                        dims(2, 4)),
                op("matrix product", v -> v.get(0).matmul(v.get(1)), dims(2, 3), dims(3, 4)),
                op("concatenate", v -> Value.concatenate(1, v.get(0), v.get(1)), dims(2, 3), dims(2, 1)),
                op("linear", v -> Functional.linear(v.get(0), v.get(1), v.get(2)), dims(2, 3), dims(4, 3), dims(4)),
                op(
                        "convolution",
                        v -> Functional.conv2d(v.get(0), v.get(1), v.get(2), 2, 1),
                        dims(2, 2, 5, 5),
                        dims(3, 2, 3, 3),
                        dims(3)),
                op(
                        "transposed convolution",
                        v -> Functional.convTranspose2d(v.get(0), v.get(1), v.get(2), 2, 1),
                        dims(2, 3, 2, 3),
                        dims(3, 2, 4, 4),
                        dims(2)),
                op(
                        "binary cross-entropy",
                        v -> Functional.binaryCrossEntropy(v.get(0), v.get(1).sigmoid()),
                        dims(2, 3),
                        dims(2, 3)),
                op(
                        "group norm",
                        v -> Functional.groupNorm(v.get(0), 2, v.get(1), v.get(2)),
                        dims(2, 4, 2, 3),
                        dims(4),
                        dims(4)),
                op(
                        "attention",
                        v -> Functional.attention(v.get(0), v.get(1), v.get(2)),
                        dims(2, 3, 4),
                        dims(2, 3, 4),
                        dims(2, 3, 4)),
                op("upsample", v -> Functional.upsampleNearest(v.get(0), 2), dims(1, 2, 2, 3)),
                op("average pool", v -> Functional.averagePool(v.get(0), 2), dims(1, 2, 4, 4)),
                op("maximum pool", v -> Functional.maxPool(v.get(0), 2), dims(1, 2, 4, 4)),
                op("pixel unshuffle", v -> Functional.pixelUnshuffle(v.get(0), 2), dims(1, 2, 4, 4)),
                op("pixel shuffle", v -> Functional.pixelShuffle(v.get(0), 2), dims(1, 4, 2, 2)),
                op("softmax", v -> Functional.softmax(v.get(0)), dims(2, 5)),
                op("distances", v -> Functional.distances(v.get(0), v.get(1)), dims(3, 4), dims(2, 4)));
    }

    /** Σ sin(i)·op(x)_i, whose gradient with respect to every input element is compared with a central difference. */
    @ParameterizedTest
    @MethodSource("differentiableOps")
    void gradientsEqualCentralDifferences(Op op) {
        Graph value = new Graph("value");
        value.returns(weighted(value, op, inputs(value, op)));
        Graph gradient = new Graph("gradient");
        List<Value> leaves =
                inputs(gradient, op).stream().map(gradient::differentiable).toList();
        Value scalar = weighted(gradient, op, leaves);
        List<Value> gradients = new ArrayList<>();
        for (int i = 0; i < leaves.size(); i++) {
            // The graph is kept for the next input.
            gradients.add(gradient.gradient(scalar, leaves.get(i), true));
        }
        gradient.returns(gradients.toArray(Value[]::new));

        SplittableRandom random = new SplittableRandom(1);
        double[][] data = Arrays.stream(op.dims())
                .map(dims -> random.doubles(Value.product(dims), -1.5, 1.5).toArray())
                .toArray(double[][]::new);
        try (Program program = new Program(device, value, gradient);
                Scope scope = device.newScope()) {
            List<Tensor> results = program.run(scope, "gradient", tensors(scope, op, data));
            double step = 1e-5;
            for (int input = 0; input < data.length; input++) {
                double[] analytic = results.get(input).toDoubles();
                for (int i = 0; i < analytic.length; i++) {
                    double middle = data[input][i];
                    data[input][i] = middle + step;
                    double above = program.run(scope, "value", tensors(scope, op, data))
                            .get(0)
                            .toNumber();
                    data[input][i] = middle - step;
                    double below = program.run(scope, "value", tensors(scope, op, data))
                            .get(0)
                            .toNumber();
                    data[input][i] = middle;
                    assertThat(analytic[i])
                            .describedAs("input %d element %d", input, i)
                            .isCloseTo((above - below) / (2 * step), within(2e-8));
                }
            }
        }
    }

    private static List<Value> inputs(Graph graph, Op op) {
        List<Value> inputs = new ArrayList<>();
        for (int i = 0; i < op.dims().length; i++) {
            inputs.add(graph.input("x" + i, op.dims()[i]));
        }
        return inputs;
    }

    private static Value weighted(Graph graph, Op op, List<Value> inputs) {
        Value result = op.function().apply(inputs);
        long count = Value.product(result.dims());
        Value weights = graph.emit(
                        new long[] {count},
                        "torch.arange",
                        count,
                        new Graph.Keyword("dtype", Graph.ElementType.FLOAT64))
                .plus(1)
                .sine();
        return result.reshape(count).times(weights).sum();
    }

    private static Object[] tensors(Scope scope, Op op, double[][] data) {
        Object[] tensors = new Object[data.length];
        for (int i = 0; i < data.length; i++) {
            tensors[i] = scope.doubles(data[i], op.dims()[i]);
        }
        return tensors;
    }

    @Test
    void doubleBackwardIsExact() {
        // f(x) = Σ x³; the gradient of ‖∇f‖² = Σ 9x⁴ is 36x³.
        Graph graph = new Graph("penalty");
        Value x = graph.differentiable(graph.input("x", 3));
        Value slope = graph.gradient(x.square().times(x).sum(), x, true);
        graph.returns(graph.gradient(slope.square().sum(), x, false));
        try (Program program = new Program(device, graph);
                Scope scope = device.newScope()) {
            double[] result = program.run(scope, "penalty", scope.doubles(new double[] {-1, 0.5, 2}, 3))
                    .get(0)
                    .toDoubles();
            assertThat(result).containsExactly(new double[] {-36, 4.5, 288}, within(1e-12));
        }
    }

    @Test
    void valuesOfConvolutionPoolingAndShuffles() {
        double[] image = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
        assertThat(run(v -> Functional.averagePool(v, 2), image, 1, 1, 4, 4)).containsExactly(3.5, 5.5, 11.5, 13.5);
        assertThat(run(v -> Functional.maxPool(v, 2), image, 1, 1, 4, 4)).containsExactly(6, 8, 14, 16);
        assertThat(run(v -> Functional.pixelUnshuffle(v, 2), image, 1, 1, 4, 4))
                .containsExactly(1, 3, 9, 11, 2, 4, 10, 12, 5, 7, 13, 15, 6, 8, 14, 16);
        assertThat(run(v -> Functional.pixelShuffle(Functional.pixelUnshuffle(v, 2), 2), image, 1, 1, 4, 4))
                .containsExactly(image);
        assertThat(run(v -> Functional.upsampleNearest(v, 2), new double[] {1, 2}, 1, 1, 1, 2))
                .containsExactly(1, 1, 2, 2, 1, 1, 2, 2);
        assertThat(run(v -> v.reshape(4, 4).transpose(0, 1), image, 1, 1, 4, 4)).startsWith(1, 5, 9, 13, 2);
        assertThat(run(v -> Functional.upsampleBilinear(v, 2), new double[] {1, 3, 7}, 1, 1, 1, 3))
                .containsExactly(1, 1.5, 2.5, 4, 6, 7, 1, 1.5, 2.5, 4, 6, 7);
        assertThat(run(v -> v.flip(3), new double[] {1, 3, 7}, 1, 1, 1, 3)).containsExactly(7, 3, 1);
        assertThat(run(Value::floor, new double[] {-0.5, 0, 1.9}, 3)).containsExactly(-1, 0, 1);
        assertThat(run(v -> v.leakyRelu(0.2), new double[] {-5, 2}, 2)).containsExactly(-1, 2);
        assertThat(run(Value::softplus, new double[] {0, 100}, 2)).containsExactly(Math.log(2), 100);
        assertThat(run(
                        v -> Functional.equal(v.reshape(3, 1), Functional.range(v, 2, Graph.ElementType.FLOAT64))
                                .to(Graph.ElementType.FLOAT64),
                        new double[] {1, 0, 5},
                        3))
                .containsExactly(0, 1, 1, 0, 0, 0);
    }

    @Test
    void valuesOfNormalizationAndAttention() {
        double[] normalized = run(
                v -> Functional.groupNorm(
                        v,
                        1,
                        v.graph()
                                .emit(
                                        dims(1),
                                        "torch.add",
                                        v.slice(0, 0, 1).sum().reshape(1).times(0),
                                        2.0),
                        v.graph()
                                .emit(
                                        dims(1),
                                        "torch.add",
                                        v.slice(0, 0, 1).sum().reshape(1).times(0),
                                        1.0)),
                new double[] {1, 2, 3, 4},
                1,
                1,
                2,
                2);
        double deviation = Math.sqrt(1.25 + 1e-5);
        assertThat(normalized)
                .containsExactly(
                        new double[] {1 - 3 / deviation, 1 - 1 / deviation, 1 + 1 / deviation, 1 + 3 / deviation},
                        within(1e-12));
        // Two tokens of width 1: weights softmax(q·k) on the values.
        double[] mixed = run(v -> Functional.attention(v, v, v), new double[] {1, 2}, 1, 2, 1);
        double first = (Math.exp(1) + 2 * Math.exp(2)) / (Math.exp(1) + Math.exp(2));
        double second = (Math.exp(2) + 2 * Math.exp(4)) / (Math.exp(2) + Math.exp(4));
        assertThat(mixed).containsExactly(new double[] {first, second}, within(1e-12));
    }

    @Test
    void valuesOfClassificationOps() {
        Graph graph = new Graph("classify");
        Value logits = graph.input("logits", 2, 3);
        Value labels = graph.input("labels", 2);
        graph.returns(Functional.crossEntropy(logits, labels), Functional.argmax(logits));
        try (Program program = new Program(device, graph);
                Scope scope = device.newScope()) {
            List<Tensor> results = program.run(
                    scope,
                    "classify",
                    scope.doubles(new double[] {0, Math.log(2), 0, 1, 1, 1}, 2, 3),
                    scope.longs(new long[] {1, 0}, 2));
            assertThat(results.get(0).toNumber()).isCloseTo((Math.log(2) + Math.log(3)) / 2, within(1e-12));
            assertThat(results.get(1).toLongs()[0]).isEqualTo(1);
        }
    }

    @Test
    void bytesToUnitAndBackIsTheIdentity() {
        byte[] all = new byte[256];
        for (int i = 0; i < 256; i++) {
            all[i] = (byte) i;
        }
        Graph graph = new Graph("convert");
        Value unit = Pixels.bytesToUnit(graph.input("bytes", 256));
        graph.returns(unit, Pixels.unitToBytes(unit.times(1.0)), Pixels.unitToBytes(unit.times(2.0)));
        try (Program program = new Program(device, graph);
                Scope scope = device.newScope()) {
            List<Tensor> results = program.run(scope, "convert", scope.bytes(all, 256));
            float[] unit01 = results.get(0).toFloats();
            assertThat(unit01[0]).isEqualTo(-1);
            assertThat(unit01[255]).isEqualTo(1);
            assertThat(results.get(1).toBytes()).isEqualTo(all);
            assertThat(results.get(2).toBytes()[255] & 0xff).isEqualTo(255);
        }
    }

    @Test
    void valuesOfRowsEmbeddingWhereAndEigenvalues() {
        Graph graph = new Graph("mixed");
        Value table = graph.input("table", 3, 2);
        Value indices = graph.input("indices", 2);
        Value matrix = graph.input("matrix", 2, 2);
        List<Value> eigen = Functional.symmetricEigen(matrix);
        graph.returns(
                table.rows(indices),
                Functional.embedding(table, indices),
                Functional.where(Functional.lessThan(table, 3), table.zeros(), table),
                Functional.symmetricEigenvalues(matrix),
                eigen.get(1).matmul(eigen.get(1).transpose(0, 1)));
        try (Program program = new Program(device, graph);
                Scope scope = device.newScope()) {
            List<Tensor> results = program.run(
                    scope,
                    "mixed",
                    scope.doubles(new double[] {1, 2, 3, 4, 5, 6}, 3, 2),
                    scope.longs(new long[] {2, 0}, 2),
                    scope.doubles(new double[] {2, 1, 1, 2}, 2, 2));
            assertThat(results.get(0).toDoubles()).containsExactly(5, 6, 1, 2);
            assertThat(results.get(1).toDoubles()).containsExactly(5, 6, 1, 2);
            assertThat(results.get(2).toDoubles()).containsExactly(0, 0, 3, 4, 5, 6);
            assertThat(results.get(3).toDoubles()).containsExactly(new double[] {1, 3}, within(1e-12));
            assertThat(results.get(4).toDoubles()).containsExactly(new double[] {1, 0, 0, 1}, within(1e-12));
        }
    }

    @Test
    void noiseHasItsMomentsAndFollowsTheSeed() {
        Graph graph = new Graph("draw");
        Value template = graph.input("template", 100_000);
        graph.returns(template.noise(), template.uniformNoise(), Functional.dropout(template.plus(1), 0.25));
        try (Program program = new Program(device, graph);
                Scope scope = device.newScope()) {
            Tensor zeros = scope.zeros(100_000);
            device.seed(5);
            List<Tensor> first = program.run(scope, "draw", zeros);
            device.seed(5);
            List<Tensor> again = program.run(scope, "draw", zeros);
            device.seed(6);
            List<Tensor> other = program.run(scope, "draw", zeros);
            assertThat(first.get(0).toFloats()).isEqualTo(again.get(0).toFloats());
            assertThat(first.get(0).toFloats()).isNotEqualTo(other.get(0).toFloats());
            // Five standard errors of a mean of 100,000: a correct generator fails one time in a million.
            assertThat(mean(first.get(0).toFloats())).isCloseTo(0, within(5 / Math.sqrt(100_000)));
            assertThat(mean(first.get(1).toFloats())).isCloseTo(0.5, within(5 * Math.sqrt(1 / 12.0 / 100_000)));
            assertThat(mean(first.get(2).toFloats())).isCloseTo(1, within(5 * Math.sqrt(1 / 3.0 / 100_000)));
        }
    }

    @Test
    void shapesThatDoNotFitAreRefusedWhileRecording() {
        Graph graph = new Graph("wrong");
        Value matrix = graph.input("matrix", 2, 3);
        assertThatThrownBy(() -> matrix.plus(graph.input("other", 2, 4)))
                .hasMessage("shapes [2, 3] and [2, 4] do not fit together");
        assertThatThrownBy(() -> matrix.matmul(matrix)).hasMessageContaining("[2, 3]");
        assertThatThrownBy(() -> matrix.reshape(5)).hasMessageContaining("cannot be reshaped");
        assertThatThrownBy(() -> matrix.slice(1, 0, 4)).hasMessageContaining("slice to 4");
        assertThatThrownBy(() -> Functional.linear(matrix, matrix.transpose(0, 1), null))
                .hasMessageContaining("linear does not take shapes");
        assertThatThrownBy(() -> Value.concatenate(0, matrix, graph.input("third", 2, 5)))
                .hasMessageContaining("differ in dimension 1");
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double[] run(Function<Value, Value> function, double[] data, long... dims) {
        Graph graph = new Graph("one");
        graph.returns(function.apply(graph.input("x", dims)));
        try (Program program = new Program(device, graph);
                Scope scope = device.newScope()) {
            return program.run(scope, "one", scope.doubles(data, dims)).get(0).toDoubles();
        }
    }
}
