package org.autophage.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.autophage.base.StopSignal;
import org.autophage.loop.Counts;
import org.autophage.loop.Keep;
import org.autophage.loop.LoopSpec;
import org.autophage.loop.Memory;
import org.autophage.loop.MixSpec;
import org.autophage.loop.Start;
import org.autophage.model.density.GaussianFit;
import org.autophage.model.density.GaussianSpec;
import org.autophage.model.density.GaussianSpec.Estimator;
import org.autophage.model.density.KernelSpec;
import org.autophage.program.SafeTensors;
import org.autophage.program.SafeTensors.FloatArray;
import org.autophage.run.GenerationRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Loops of networks in run folders; the moments of ten generations of Gaussians are verify's. */
class InterpolatedWeightsTest extends StoppableRuns {
    private static List<Remedy> steps(Double... steps) {
        return List.of(new InterpolatedWeights(new Strength(List.of(steps))));
    }

    private Map<String, FloatArray> weights(String name, int generation) throws Exception {
        Path file = seed(name).generation(generation).path().resolve("weights.safetensors");
        return SafeTensors.read(file);
    }

    private static float[] elements(Map<String, FloatArray> weights, String name) {
        return Objects.requireNonNull(weights.get(name)).elements();
    }

    /** Generation 2 without the remedy is trained from the same model on the same samples: it is where the line leads. */
    @Test
    void weightsOfNetworksLieOnTheLine() throws Exception {
        process("plain", loop(2), Keep.ALL, List.of(), StopSignal.NEVER);
        process("between", loop(2), Keep.ALL, steps(1.0, .3), StopSignal.NEVER);
        Map<String, FloatArray> before = weights("plain", 1);
        Map<String, FloatArray> trained = weights("plain", 2);
        Map<String, FloatArray> between = weights("between", 2);
        assertThat(before).hasSizeGreaterThan(20);
        double squared = 0;
        for (String name : before.keySet()) {
            float[] from = elements(before, name);
            float[] to = elements(trained, name);
            float[] line = elements(between, name);
            assertThat(elements(weights("between", 1), name)).isEqualTo(from);
            for (int i = 0; i < from.length; i++) {
                float exact = (float) (from[i] + .3 * ((double) to[i] - from[i]));
                assertThat(Math.abs((double) line[i] - exact))
                        .as("%s[%d]", name, i)
                        .isLessThanOrEqualTo(Math.ulp(exact));
                squared += Math.pow((double) to[i] - from[i], 2);
            }
        }
        JsonNode first =
                ExtrapolatedWeightsTest.json(seed("between").records().get(0)).path("remedies");
        assertThat(first.has("interpolate")).isFalse();
        JsonNode second = ExtrapolatedWeightsTest.json(seed("between").records().get(1))
                .path("remedies")
                .path("interpolate");
        assertThat(second.path("step").doubleValue()).isEqualTo(.3);
        assertThat(second.path("distance").doubleValue()).isPositive().isCloseTo(Math.sqrt(squared), within(1e-9));
    }

    /** All of the way is no change, to the bit. */
    @Test
    void aWholeStepChangesNothing() throws Exception {
        process("plain", loop(2), Keep.ALL, List.of(), StopSignal.NEVER);
        process("whole-steps", loop(2), Keep.ALL, steps(1.0), StopSignal.NEVER);
        assertThat(seed("whole-steps").generation(2).path().resolve("weights.safetensors"))
                .hasSameBinaryContentAs(seed("plain").generation(2).path().resolve("weights.safetensors"));
        assertThat(seed("whole-steps").generation(2).samples())
                .hasSameBinaryContentAs(seed("plain").generation(2).samples());
    }

    /** Whatever is kept, a process that goes on finds the model before, and stops and starts change no file. */
    @ParameterizedTest
    @EnumSource(Keep.class)
    void aRunThatIsStoppedOftenGoesOnToTheSameFiles(Keep keep) throws Exception {
        requireTheSameFiles(loop(3), keep, steps(.4), 29);
    }

    /** Mean and covariance go the same way whether the fit or the remedy takes the step: every figure is the same to the bit. */
    @Test
    void forGaussiansItIsTheFitsOwnStep() {
        int n = 20;
        MixSpec mix = new MixSpec(Counts.NONE, Counts.NONE, Counts.ALL, new Memory(1), null, null, Start.FINE_TUNE);
        GaussianSpec fit = new GaussianSpec(Estimator.BIASED, new GaussianFit(null, null, null, null, null, .3));
        List<GenerationRecord> ofFit =
                ExtrapolatedWeightsTest.loop(LoopSpec.mixed(6, n, n, mix), fit, 2, 1, 200, 5, List.of());
        List<GenerationRecord> ofRemedy =
                ExtrapolatedWeightsTest.loop(LoopSpec.fullySynthetic(6, n, n), 2, 1, 200, 5, steps(.3));
        for (int t = 1; t <= 6; t++) {
            assertThat(figures(ofRemedy.get(t - 1)))
                    .isEqualTo(figures(ofFit.get(t - 1)))
                    .hasSizeGreaterThan(5);
        }
    }

    private static Map<String, Double> figures(GenerationRecord record) {
        Map<String, Double> figures = new LinkedHashMap<>(record.measures().values());
        figures.keySet().removeIf(name -> name.endsWith("Seconds"));
        return figures;
    }

    /** E σ² = (1 − 1/n) Π (1 − η_t/n) over generations from the second on. */
    @Test
    void aListIsAStepAGeneration() {
        int n = 10;
        List<GenerationRecord> records =
                ExtrapolatedWeightsTest.loop(LoopSpec.fullySynthetic(4, n, n), 1, 20_000, 9, steps(.9, 1.0, .25));
        double variance = 1 - 1.0 / n;
        ExtrapolatedWeightsTest.requireVariance(records.get(0), variance);
        for (int t = 2; t <= 4; t++) {
            variance *= 1 - (t == 2 ? 1 : .25) / n;
            ExtrapolatedWeightsTest.requireVariance(records.get(t - 1), variance);
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> new InterpolatedWeights(new Strength(List.of(1.0, 0.0))))
                .hasMessage("step is [1.0, 0.0]: must be in (0, 1], 1 is the trained model");
        Setting scratch = setting(LoopSpec.fullySynthetic(2, 8, 8), model(STEPS, 2e-3));
        assertThatThrownBy(() -> Remedies.check(List.of(InterpolatedWeights.DEFAULTS), scratch))
                .hasMessageStartingWith("remedies[0], interpolate: loop.mix.train is not fine-tune");
        assertThatThrownBy(() -> Remedies.check(
                        List.of(InterpolatedWeights.DEFAULTS),
                        setting(LoopSpec.fullySynthetic(2, 8, 8), KernelSpec.DEFAULTS)))
                .hasMessageContaining("no weights that a line");
        Remedies.check(
                List.of(InterpolatedWeights.DEFAULTS),
                setting(LoopSpec.fullySynthetic(2, 8, 8), GaussianSpec.DEFAULTS));
        Remedies.check(List.of(InterpolatedWeights.DEFAULTS), setting(loop(2), model(STEPS, 2e-3)));
    }
}
