package org.autophage.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autophage.data.TokenShape;
import org.autophage.model.Precision;
import org.autophage.model.SequenceSampling;
import org.autophage.model.Truncation;
import org.autophage.program.OnCpu;
import org.autophage.program.SafeTensors;
import org.autophage.program.SafeTensors.FloatArray;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.TrainingState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Outputs and a step against PyTorch 2.13 in float64, of {@code benchmarks/pytorch/transformer.py} with 7 tokens, 2 layers, width 8 and 2
 * heads: element k of parameter j, counted in the order of declaration, is 0.4 · sin(1 + 2j + 1.7k + k²/100), of norms 1 more.
 */
class TransformerNetworkTest extends OnCpu {
    private static final TokenShape SHAPE = TokenSets.ofLength(7, 6);
    private static final long[] ROWS = {7, 0, 3, 6, 2, 5, 1, 7, 1, 1, 4, 0, 6, 6};
    private static final long[] TOKENS = {7, 0, 3, 6, 2, 5, 7, 1, 1, 4, 0, 6};
    private static final Path NOWHERE = Path.of("reference");

    private static TransformerSpec spec(int layers, int context, Precision precision, @Nullable Double lossCap) {
        return new TransformerSpec(
                layers, 8, 2, context, false, 1, 2, 1e-2, 1, 0, 0.1, 0.5, precision, null, lossCap, null);
    }

    private static TransformerProgram program(TransformerSpec spec) {
        return new TransformerProgram(spec, new SequenceSampling(device, SHAPE, 4), Truncation.NONE);
    }

    private static float[] weights(TransformerProgram program) {
        Map<String, FloatArray> arrays = new LinkedHashMap<>();
        int parameter = 0;
        for (var each : program.parameters().all()) {
            float[] elements = new float[(int) each.count()];
            for (int k = 0; k < elements.length; k++) {
                double wave = 0.4 * Math.sin(1 + 2 * parameter + 1.7 * k + .01 * k * k);
                elements[k] = (float) (each.dims().length == 1 ? 1 + wave : wave);
            }
            arrays.put(each.name(), new FloatArray(elements, each.dims()));
            parameter++;
        }
        return program.parameters().join(arrays, NOWHERE);
    }

    /** Logits (N, T, V) as one array. */
    private static float[] logits(TransformerProgram program, String method, long[] tokens, int length) {
        float[] weights = weights(program);
        try (Scope scope = device.newScope()) {
            Tensor flat = scope.floats(weights, weights.length);
            return program.run(scope, method, flat, scope.longs(tokens, tokens.length / length, length))
                    .get(0)
                    .toFloats();
        }
    }

    @Test
    void logitsAreThoseOfPyTorch() {
        try (TransformerProgram program = program(spec(2, 6, Precision.FLOAT32, null))) {
            float[] found = logits(program, "logits", TOKENS, 6);
            assertThat(Arrays.copyOfRange(found, 35, 42))
                    .containsExactly(
                            new float[] {
                                0.7814519f, -1.446986f, 1.1158125f, 0.4419683f, -0.0214074f, -0.1673092f, 0.468307f
                            },
                            within(2e-6f));
            assertThat(Arrays.copyOfRange(found, 56, 63))
                    .containsExactly(
                            new float[] {
                                1.1978211f, -0.9115149f, 1.5190934f, 0.5650452f, 0.7942717f, 0.6254817f, -0.8812589f
                            },
                            within(2e-6f));
        }
    }

    /** The same figures: loss, norm of the gradient and parameters after a step, with γ = 0.2 too, of which five tokens are above. */
    @ParameterizedTest
    @ValueSource(doubles = {1, .2})
    void aStepIsThatOfPyTorch(double cap) {
        boolean capped = cap < 1;
        try (TransformerProgram program = program(spec(2, 6, Precision.FLOAT32, capped ? cap : null));
                Scope scope = device.newScope();
                TrainingState state = TrainingState.initial(scope, weights(program))) {
            List<Tensor> taken = step(program, scope, state);
            assertThat(taken.get(0).toNumber()).isCloseTo(capped ? 1.22647782 : 2.03443902, within(2e-6));
            assertThat(taken.get(1).toNumber()).isCloseTo(capped ? 2.43849186 : 2.41283839, within(5e-6));
            Map<String, FloatArray> after =
                    program.parameters().split(state.parameters().toFloats());
            assertThat(SafeTensors.require(after, "embedding.weight", NOWHERE)[0])
                    .isCloseTo(capped ? 0.32625183f : 0.32625181f, within(2e-6f));
            assertThat(SafeTensors.require(after, "block.0.attention.in.weight", NOWHERE)[3 * 8 + 2])
                    .isCloseTo(capped ? -0.21187938f : -0.23187930f, within(2e-6f));
            assertThat(SafeTensors.require(after, "block.0.layer.out.weight", NOWHERE)[32 + 30])
                    .isCloseTo(-0.08484341f, within(2e-6f));
            assertThat(SafeTensors.require(after, "norm.weight", NOWHERE)[2]).isCloseTo(0.67804267f, within(2e-6f));
        }
    }

    @Test
    void tokensAboveTheCapHaveNoGradient() {
        try (TransformerProgram program = program(spec(2, 6, Precision.FLOAT32, 0.02));
                Scope scope = device.newScope();
                TrainingState state = TrainingState.initial(scope, weights(program))) {
            List<Tensor> taken = step(program, scope, state);
            assertThat(taken.get(0).toNumber()).isZero();
            assertThat(taken.get(1).toNumber()).isZero();
        }
    }

    private static List<Tensor> step(TransformerProgram program, Scope scope, TrainingState state) {
        float[] weights = {1, 1, 1, 1, 1, 1, .5f, .5f, .5f, .5f, 0, 0};
        return program.run(
                scope,
                "step",
                state.arguments(
                        1e-2,
                        0.5,
                        scope.longs(ROWS, 2, 7),
                        scope.floats(weights, 2, 6),
                        scope.longs(new long[] {1, 0}, 2)));
    }

    /** Of every tenth parameter, by central differences in float32, whose error is about 1e-3. */
    @Test
    void theLossHasTheGradientThatDifferencesGive() {
        TransformerSpec spec = spec(1, 6, Precision.FLOAT32, null);
        try (TransformerProgram program = program(spec);
                Scope scope = device.newScope()) {
            float[] start = weights(program);
            TrainingState state = TrainingState.initial(scope, start);
            step(program, scope, state);
            // After one step Adam's mean is (1 - 0.9) times the gradient, clipped to norm 1.
            double norm = step(program, scope, TrainingState.initial(scope, start))
                    .get(1)
                    .toNumber();
            float[] mean = SafeTensors.require(state.arrays(""), "adam.mean", NOWHERE);
            for (var parameter : program.parameters().all()) {
                for (int k = 0; k < parameter.count(); k += 10) {
                    int at = (int) parameter.offset() + k;
                    double difference = (lossAt(program, start, at, 1e-2f) - lossAt(program, start, at, -1e-2f)) / 2e-2;
                    assertThat(mean[at] * 10 * Math.max(1, norm))
                            .describedAs("%s, element %d", parameter.name(), k)
                            .isCloseTo(difference, within(2e-3));
                }
            }
        }
    }

    private static double lossAt(TransformerProgram program, float[] start, int at, float change) {
        float[] changed = start.clone();
        changed[at] += change;
        try (Scope scope = device.newScope();
                TrainingState state = TrainingState.initial(scope, changed)) {
            return step(program, scope, state).get(0).toNumber();
        }
    }

    @Test
    void laterTokensChangeNothingBefore() {
        try (TransformerProgram program = program(spec(2, 6, Precision.FLOAT32, null))) {
            float[] found = logits(program, "logits", TOKENS, 6);
            long[] others = TOKENS.clone();
            others[4] = 6;
            others[5] = 0;
            float[] changed = logits(program, "logits", others, 6);
            assertThat(Arrays.copyOf(changed, 4 * 7)).containsExactly(Arrays.copyOf(found, 4 * 7));
            assertThat(Arrays.copyOfRange(changed, 4 * 7, 5 * 7)).isNotEqualTo(Arrays.copyOfRange(found, 4 * 7, 5 * 7));
        }
    }

    /**
     * One layer sees the context alone, and positions only by how far they are apart: 9 tokens end as their last 4 do by themselves.
     */
    @Test
    void positionsAreRelativeAndTheContextEnds() {
        try (TransformerProgram program = program(spec(1, 4, Precision.FLOAT32, null))) {
            long[] nine = {7, 2, 5, 5, 1, 0, 3, 6, 2};
            float[] whole = logits(program, "long_logits", nine, 9);
            float[] last = logits(program, "logits", Arrays.copyOfRange(nine, 5, 9), 4);
            assertThat(Arrays.copyOfRange(whole, 8 * 7, 9 * 7))
                    .containsExactly(Arrays.copyOfRange(last, 3 * 7, 4 * 7), within(5e-6f));
            assertThat(Arrays.copyOfRange(logits(program, "long_logits", nine, 9), 0, 4 * 7))
                    .containsExactly(logits(program, "logits", Arrays.copyOf(nine, 4), 4), within(5e-6f));
        }
    }

    /** With 4 positions in a cache that is written round and round, or with all of them. */
    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void aCacheGivesTheSameLogits(int context) {
        try (TransformerProgram program = program(spec(2, context, Precision.FLOAT32, null));
                Scope scope = device.newScope()) {
            float[] expected = logits(program, "long_logits", TOKENS, 6);
            float[] weights = weights(program);
            Tensor flat = scope.floats(weights, weights.length);
            Tensor cache =
                    program.run(scope, "cache", flat, 2.0, (double) context).get(0);
            for (int t = 0; t < 6; t++) {
                double slot = t % context;
                float[] found = program.run(
                                scope,
                                "next_logits",
                                flat,
                                List.of(cache),
                                scope.longs(new long[] {TOKENS[t], TOKENS[6 + t]}, 2),
                                scope.floats(new float[] {t}, 1),
                                slot,
                                slot + 1,
                                (double) Math.min(t + 1, context))
                        .get(0)
                        .toFloats();
                assertThat(Arrays.copyOf(found, 7))
                        .containsExactly(Arrays.copyOfRange(expected, t * 7, t * 7 + 7), within(1e-5f));
                assertThat(Arrays.copyOfRange(found, 7, 14))
                        .containsExactly(Arrays.copyOfRange(expected, 42 + t * 7, 49 + t * 7), within(1e-5f));
            }
        }
    }

    @Test
    void bfloat16IsNear() {
        try (TransformerProgram exact = program(spec(2, 6, Precision.FLOAT32, null));
                TransformerProgram rounded = program(spec(2, 6, Precision.BFLOAT16, null));
                Scope scope = device.newScope()) {
            double[] losses = IntStream.range(0, 2)
                    .mapToDouble(i -> {
                        TransformerProgram program = i == 0 ? exact : rounded;
                        TrainingState state = TrainingState.initial(scope, weights(program));
                        return step(program, scope, state).get(0).toNumber();
                    })
                    .toArray();
            assertThat(losses[1]).isCloseTo(losses[0], within(.02)).isNotEqualTo(losses[0]);
        }
    }

    @Test
    void initialLogitsAreOfTheirUsualSize() {
        try (TransformerProgram program = program(spec(2, 6, Precision.FLOAT32, null));
                Scope scope = device.newScope()) {
            float[] start = program.parameters().initialize(new SplittableRandom(1).nextLong());
            Tensor flat = scope.floats(start, start.length);
            float[] logits = program.run(scope, "logits", flat, scope.longs(TOKENS, 2, 6))
                    .get(0)
                    .toFloats();
            double square = IntStream.range(0, logits.length)
                    .mapToDouble(i -> logits[i] * logits[i])
                    .average()
                    .orElseThrow();
            assertThat(Math.sqrt(square)).isBetween(0.5, 2.0);
        }
    }
}
