package org.autophage.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Linear regression by the fused step, against Adam, clipping and the moving average written out in Java. */
class TrainingStepTest extends OnCpu {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.99;

    private static Program program;
    private static Parameters parameters;

    @BeforeAll
    static void build() {
        parameters = new Parameters();
        Graph network = network(parameters);
        program = new Program(device, network, step(0, 0));
    }

    @AfterAll
    static void close() {
        program.close();
    }

    @Test
    void parametersStartAtMultiplesOf256Bytes() {
        assertThat(parameters.size()).isEqualTo(2 * 64);
        assertThat(parameters.count()).isEqualTo(8);
        assertThat(parameters.all()).allMatch(parameter -> parameter.offset() % 64 == 0);
    }

    @Test
    void stepsEqualAdamWithClippingAndMovingAverage() {
        float[] initial = parameters.initialize(7);
        double[] expected = widen(initial);
        double[] average = expected.clone();
        double[] mean = new double[expected.length];
        double[] square = new double[expected.length];
        float[] x = {1, 2, -1, 0.5f, -2, 3};
        float[] y = {10, -20, 5, 7};
        try (TrainingState state = TrainingState.initial(device, initial)) {
            for (int t = 1; t <= 5; t++) {
                double rate = 0.1 / t;
                double norm;
                try (Scope scope = device.newScope()) {
                    var results = program.run(
                            scope, "step", state.arguments(rate, 0.25, scope.floats(x, 2, 3), scope.floats(y, 2, 2)));
                    norm = results.get(1).toNumber();
                }
                double[] gradient = gradient(expected, x, y);
                double length = Math.sqrt(
                        java.util.Arrays.stream(gradient).map(g -> g * g).sum());
                assertThat(norm).isCloseTo(length, within(1e-3 * length));
                assertThat(length).isGreaterThan(1);
                for (int i = 0; i < expected.length; i++) {
                    double g = gradient[i] / (length + 1e-6);
                    mean[i] = BETA1 * mean[i] + (1 - BETA1) * g;
                    square[i] = BETA2 * square[i] + (1 - BETA2) * g * g;
                    double unbiasedMean = mean[i] / (1 - Math.pow(BETA1, t));
                    double unbiasedSquare = square[i] / (1 - Math.pow(BETA2, t));
                    expected[i] -= rate * unbiasedMean / (Math.sqrt(unbiasedSquare) + 1e-8);
                    average[i] += 0.25 * (expected[i] - average[i]);
                }
                float[] actual = state.parameters().toFloats();
                float[] actualAverage = state.average().toFloats();
                for (int i = 0; i < expected.length; i++) {
                    assertThat((double) actual[i]).isCloseTo(expected[i], within(1e-5));
                    assertThat((double) actualAverage[i]).isCloseTo(average[i], within(1e-5));
                }
            }
            assertThat(state.steps()).isEqualTo(5);
            assertThat(state.parameters().toFloats()).isNotEqualTo(initial);
        }
    }

    @Test
    void aSavedStateGoesOnToTheBit(@TempDir Path folder) throws Exception {
        float[] x = {1, 2, -1, 0.5f, -2, 3};
        float[] y = {1, -2, 3, 7};
        try (TrainingState whole = TrainingState.initial(device, parameters.initialize(1));
                TrainingState first = TrainingState.initial(device, parameters.initialize(1))) {
            run(whole, x, y, 6);
            run(first, x, y, 3);
            first.save(folder.resolve("state.safetensors"), java.util.Map.of());
            try (TrainingState second = TrainingState.load(device, folder.resolve("state.safetensors"))) {
                run(second, x, y, 3);
                assertThat(second.parameters().toFloats())
                        .isEqualTo(whole.parameters().toFloats());
                assertThat(second.average().toFloats())
                        .isEqualTo(whole.average().toFloats());
            }
        }
    }

    @Test
    void handlesAndMemoryStayFlatOver2000Steps() throws Exception {
        try (TrainingState state = TrainingState.initial(device, parameters.initialize(1))) {
            float[] x = new float[3 * 4096];
            float[] y = new float[2 * 4096];
            run(state, x, y, 1000);
            int handles = device.handles();
            long memory = residentKilobytes();
            run(state, x, y, 2000);
            assertThat(device.handles()).isEqualTo(handles);
            // A leak of one batch of inputs a step would be 160 MB.
            assertThat(residentKilobytes() - memory).isLessThan(60_000);
        }
    }

    private static void run(TrainingState state, float[] x, float[] y, int steps) {
        for (int i = 0; i < steps; i++) {
            try (Scope scope = device.newScope()) {
                program.run(
                        scope,
                        "step",
                        state.arguments(0.01, 0.1, scope.floats(x, x.length / 3, 3), scope.floats(y, y.length / 2, 2)));
            }
        }
    }

    private static long residentKilobytes() throws Exception {
        System.gc();
        Path status = Path.of("/proc/self/status");
        org.junit.jupiter.api.Assumptions.assumeTrue(
                java.nio.file.Files.exists(status), "process memory is read from /proc, which is not here");
        return java.nio.file.Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    private static double[] gradient(double[] p, float[] x, float[] y) {
        double[] gradient = new double[p.length];
        for (int n = 0; n < 2; n++) {
            for (int o = 0; o < 2; o++) {
                double output = p[64 + o];
                for (int i = 0; i < 3; i++) {
                    output += p[o * 3 + i] * x[n * 3 + i];
                }
                double slope = 2 * (output - y[n * 2 + o]) / 4;
                gradient[64 + o] += slope;
                for (int i = 0; i < 3; i++) {
                    gradient[o * 3 + i] += slope * x[n * 3 + i];
                }
            }
        }
        return gradient;
    }

    private static double[] widen(float[] floats) {
        double[] doubles = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }

    @Test
    void assignedPartsAndFiguresAreThoseOfTheStep() {
        Parameters layout = new Parameters();
        Graph network = new Graph("network", layout);
        Value x = network.input("x", 3);
        Value scale = network.parameter("scale", Initializer.ONES, 3);
        network.parameter("mean", Initializer.ZEROS, 2);
        network.returns(x.times(scale));
        Graph graph = new Graph("step");
        TrainingStep training = new TrainingStep(graph, layout);
        Value input = graph.input("x", 3);
        Value output = graph.call(new long[] {3}, "network", training.parameters(), input);
        training.assign("mean", input.slice(0, 0, 2).times(10));
        training.minimize(output.sum(), TrainingStep.Adam.SHORT_RUNS, input.max());
        try (Program assigning = new Program(device, network, graph);
                Scope scope = device.newScope();
                TrainingState state = TrainingState.initial(scope, layout.initialize(1))) {
            for (int step = 1; step <= 2; step++) {
                Tensor data = scope.floats(new float[] {step, 2 * step, -1}, 3);
                java.util.List<Tensor> results = assigning.run(scope, "step", state.arguments(1e-3, 0.25, data));
                assertThat(results).hasSize(3);
                assertThat(results.get(2).toNumber()).isEqualTo(2 * step);
            }
            assertThat(SafeTensors.require(layout.split(state.parameters().toFloats()), "mean", Path.of("nowhere")))
                    .containsExactly(20, 40);
            // The moving average of 10 and 20, from 0 on: a quarter of the way each time.
            assertThat(SafeTensors.require(layout.split(state.average().toFloats()), "mean", Path.of("nowhere")))
                    .containsExactly(6.875f, 13.75f);
        }
    }

    /** Fused AdamW with Σ|θ| beside the loss: the decay is taken before the step, by rate · decay, and the loss is told alone. */
    @Test
    void decayAndAbsoluteValuesEqualTheirFormulas() {
        double decay = 0.3;
        double l1 = 0.7;
        float[] initial = parameters.initialize(7);
        float[] x = {1, 2, -1, 0.5f, -2, 3};
        float[] y = {10, -20, 5, 7};
        double[] start = widen(initial);
        double[] gradient = gradient(start, x, y);
        double squares = 0;
        for (int i = 0; i < start.length; i++) {
            gradient[i] += l1 * Math.signum(start[i]);
            squares += gradient[i] * gradient[i];
        }
        try (Program regularized = new Program(device, network(new Parameters()), step(decay, l1));
                TrainingState state = TrainingState.initial(device, initial);
                TrainingState plain = TrainingState.initial(device, initial);
                Scope scope = device.newScope()) {
            var taken = regularized.run(
                    scope, "step", state.arguments(0.1, 1, scope.floats(x, 2, 3), scope.floats(y, 2, 2)));
            var without =
                    program.run(scope, "step", plain.arguments(0.1, 1, scope.floats(x, 2, 3), scope.floats(y, 2, 2)));
            assertThat(taken.get(0).toNumber()).isEqualTo(without.get(0).toNumber());
            assertThat(taken.get(1).toNumber()).isCloseTo(Math.sqrt(squares), within(1e-3));
            float[] actual = state.parameters().toFloats();
            for (int i = 0; i < start.length; i++) {
                // Adam's first step is the rate, in the gradient's direction
                double expected = start[i] * (1 - 0.1 * decay) - 0.1 * Math.signum(gradient[i]);
                assertThat((double) actual[i]).isCloseTo(expected, within(1e-5));
            }
        }
    }

    private static Graph network(Parameters layout) {
        Graph network = new Graph("network", layout);
        Value x = network.input("x", Graph.ANY, 3);
        Value weight = network.parameter("weight", Initializer.uniformFanIn(3), 2, 3);
        Value bias = network.parameter("bias", Initializer.ZEROS, 2);
        return network.returns(Functional.linear(x, weight, bias));
    }

    private static Graph step(double decay, double l1) {
        Graph step = new Graph("step");
        TrainingStep training = new TrainingStep(step, parameters);
        Value input = step.input("x", Graph.ANY, 3);
        Value target = step.input("y", Graph.ANY, 2);
        Value output = step.call(new long[] {Graph.ANY, 2}, "network", training.parameters(), input);
        training.regularize(decay, l1);
        training.minimize(output.minus(target).square().mean(), TrainingStep.Adam.SHORT_RUNS);
        return step;
    }
}
