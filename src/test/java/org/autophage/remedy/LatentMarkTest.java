package org.autophage.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.autophage.base.StopSignal;
import org.autophage.data.ImageShape;
import org.autophage.loop.LoopPlan;
import org.autophage.loop.LoopSpec;
import org.autophage.model.ModelSpec;
import org.autophage.model.Sampling.Solver;
import org.autophage.model.density.FlowSpec;
import org.autophage.model.density.GaussianSpec;
import org.autophage.model.diffusion.DiffusionSpec;
import org.autophage.model.diffusion.SamplerKind;
import org.autophage.model.gan.GanSpec;
import org.autophage.model.vae.VaeSpec;
import org.autophage.remedy.LatentKey.Keys;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What keys do to latents is in LatentKeyTest, and how latents are found in InvertedImagesTest and VaeTest. */
class LatentMarkTest extends StoppableRuns {
    private JsonNode told(String name, int generation) {
        return ExtrapolatedWeightsTest.json(seed(name).records().get(generation - 1))
                .path("remedies")
                .path("latent-mark");
    }

    /**
     * Networks of a few thousand weights. By a key an image the signs of unmarked ones are 2,048 fair coins; four standard errors. Stopped
     * again and again, inside marked draws too.
     */
    @Test
    void markedImagesAreFoundAndARunThatIsStoppedGoesOnToTheSameFiles() throws Exception {
        requireTheSameFiles(List.of(new LatentMark(Keys.EACH, 3, .001, 100, 12)), 90);
        for (int t = 1; t <= 2; t++) {
            JsonNode told = told("stopped", t);
            assertThat(told).isEqualTo(told("whole", t));
            assertThat(told.path("latents").intValue()).isEqualTo(256);
            assertThat(told.path("threshold").intValue()).isEqualTo(154);
            assertThat(told.path("agreementAfter").doubleValue()).isGreaterThan(.9);
            assertThat(told.path("detectedAfter").doubleValue()).isEqualTo(1);
            for (String unmarked : List.of("Before", "Real")) {
                int looked = told.path("looked" + unmarked).intValue();
                assertThat(told.path("agreement" + unmarked).doubleValue())
                        .isCloseTo(.5, within(4 * .5 / Math.sqrt(256.0 * looked)));
                assertThat(told.path("detected" + unmarked).doubleValue()).isZero();
            }
        }
        assertThat(told("whole", 1).path("lookedReal").intValue()).isEqualTo(16);
        assertThat(told("whole", 1).path("lookedAfter").intValue()).isEqualTo(8);
    }

    /** What is measured are the model's own draws: generation 1's are those of a run without the mark, the samples given are not. */
    @Test
    void theModelIsMeasuredByItsOwnDraws() throws Exception {
        process("open", List.of(), StopSignal.NEVER);
        process("marked", List.of(new LatentMark(Keys.ONE, 3, .01, 4, 4)), StopSignal.NEVER);
        assertThat(seed("marked").generation(1).path().resolve("weights.safetensors"))
                .hasSameBinaryContentAs(seed("open").generation(1).path().resolve("weights.safetensors"));
        assertThat(seed("marked").generation(1).samples().toFile())
                .isNotEqualTo(seed("open").generation(1).samples().toFile());
        assertThat(java.nio.file.Files.readAllBytes(seed("marked").generation(1).samples()))
                .isNotEqualTo(java.nio.file.Files.readAllBytes(
                        seed("open").generation(1).samples()));
        assertThat(seed("marked").generation(1).draws()).doesNotExist(); // draw i with other signs
        assertThat(told("marked", 1).path("lookedAfter").intValue()).isEqualTo(4);
    }

    private static Setting setting(ModelSpec model, SamplerKind sampler) {
        return new Setting(
                new LoopPlan(LoopSpec.fullySynthetic(2, 40, 40), 1, 0),
                model,
                new ImageShape(16, 1, 10),
                0,
                Set.of(),
                Optional.of(new Solver(sampler, 10)));
    }

    @Test
    void itCompletesAndCountsItself() {
        Setting diffusion = setting(DiffusionSpec.DEFAULTS, SamplerKind.DPM);
        Remedy completed = LatentMark.DEFAULTS.complete(diffusion);
        assertThat(completed).isEqualTo(new LatentMark(Keys.EACH, 1, .001, 200, 20));
        assertThat(completed.cost(diffusion).draws()).isEqualTo(40 + 3 * 40 * 2 * 20 / 10);
        Setting vae = setting(VaeSpec.DEFAULTS, SamplerKind.DPM);
        assertThat(LatentMark.DEFAULTS.complete(vae)).isEqualTo(LatentMark.DEFAULTS);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> new LatentMark(Keys.ONE, 1, 0, 1, null))
                .hasMessage("falsePositives is 0.0: must be in (0, 0.5]");
        assertThatThrownBy(() -> new LatentMark(Keys.ONE, 1, Double.NaN, 1, null))
                .hasMessageContaining("falsePositives is NaN");
        assertThatThrownBy(() -> new LatentMark(Keys.ONE, 1, .1, 0, null)).hasMessageContaining("samples is 0");
        assertThatThrownBy(() -> new LatentMark(Keys.ONE, 1, .1, 1, 1)).hasMessageContaining("steps is 1");
        for (ModelSpec model : List.of(GaussianSpec.DEFAULTS, GanSpec.DEFAULTS, FlowSpec.DEFAULTS)) {
            assertThatThrownBy(() -> Remedies.check(List.of(LatentMark.DEFAULTS), setting(model, SamplerKind.DPM)))
                    .hasMessage(
                            "remedies[0], latent-mark: model.kind is %s, whose samples cannot be led back to the noise that they are made of: write diffusion or vae, or leave the remedy out",
                            model.kind());
        }
        Setting diffusion = setting(DiffusionSpec.DEFAULTS, SamplerKind.DPM);
        LatentMark mark = LatentMark.DEFAULTS;
        Remedies.check(List.of(mark, DistinctSamples.DEFAULTS), diffusion);
        assertThatThrownBy(() -> Remedies.check(List.of(mark), setting(DiffusionSpec.DEFAULTS, SamplerKind.ANCESTRAL)))
                .hasMessage(
                        "remedies[0], latent-mark: sampling.sampler is ancestral, which adds noise that no way back undoes: write heun, dpm, dpm2 or ddim, or leave the remedy out");
        assertThatThrownBy(() -> Remedies.check(List.of(DistinctSamples.DEFAULTS, mark), diffusion))
                .hasMessage(
                        "remedies[1], latent-mark: it makes the model's own draws anew, so that it must come before near-duplicates, which changes them: put it first in the list");
        assertThatThrownBy(() -> Remedies.check(List.of(SeveralModels.DEFAULTS, mark), diffusion))
                .hasMessage(
                        "remedies[1], latent-mark: beside ensemble nobody knows which model an image has to be led back with; leave one of the two out");
        assertThatThrownBy(() -> Remedies.check(List.of(mark, mark), diffusion)).hasMessageContaining("another");
        Setting vae = setting(VaeSpec.DEFAULTS, SamplerKind.DPM);
        Remedies.check(List.of(mark), vae);
        assertThatThrownBy(() -> Remedies.check(List.of(new LatentMark(Keys.ONE, 1, 1e-9, 1, null)), vae))
                .hasMessage(
                        "remedies[0], latent-mark: falsePositives is 1.0E-9: must be at least 9.5367431640625E-7, with which 20 fair coins all agree");
        assertThatThrownBy(() -> Remedies.check(List.of(new LatentMark(Keys.ONE, 1, .1, 1, 4)), vae))
                .hasMessage(
                        "remedies[0], latent-mark: steps is 4: a vae's encoder finds latents in one; leave the key out");
    }
}
