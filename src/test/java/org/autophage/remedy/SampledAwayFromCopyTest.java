package org.autophage.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.util.List;
import org.autophage.base.StopSignal;
import org.autophage.model.density.GaussianSpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Networks of a few thousand weights; what the samplers make of two of them is in GaussianDenoisersTest. */
class SampledAwayFromCopyTest extends StoppableRuns {
    /** Stopped again and again, inside trainings, the copies' among them, and inside samplings. */
    @Test
    void aRunThatIsStoppedOftenGoesOnToTheSameFiles() throws Exception {
        List<Remedy> remedies = List.of(
                new SampledAwayFromCopy(new Strength(List.of(0.5, 1.5)), 8, 5, .5),
                new LastNoise(new Strength(List.of(.05, .02)), false));
        requireTheSameFiles(remedies, 23);
        JsonNode told =
                ExtrapolatedWeightsTest.json(seed("stopped").records().get(1)).path("remedies");
        assertThat(told.path("sims").path("weight").doubleValue()).isEqualTo(1.5);
        assertThat(told.path("sims").path("drawn").intValue()).isEqualTo(8);
        assertThat(told.path("sims").path("distance").doubleValue()).isPositive();
        assertThat(told.path("last-noise").path("level").doubleValue()).isEqualTo(.02);
        assertThat(seed("whole").generation(2).sampling()).exists();
    }

    /** Members are trained one after the other; what they are sampled away from are their own copies. */
    @Test
    @Tag("slow")
    void anEnsembleThatIsStoppedOftenGoesOnToTheSameFiles() throws Exception {
        requireTheSameFiles(
                List.of(
                        new SeveralModels(2, SeveralModels.Parts.DISJOINT),
                        new SampledAwayFromCopy(Strength.of(.5), 8, 4, .5)),
                17);
        assertThat(seed("whole").generation(2).members().resolve("member-2/sampling.safetensors"))
                .exists();
    }

    /** ω = 0 changes no sample. */
    @Test
    void aRemedyThatDoesNothingChangesNoSample() throws Exception {
        process("open", List.of(), StopSignal.NEVER);
        process("idle", List.of(new SampledAwayFromCopy(Strength.of(0), null, null, null)), StopSignal.NEVER);
        for (int t = 1; t <= 2; t++) {
            assertThat(seed("idle").generation(t).samples())
                    .hasSameBinaryContentAs(seed("open").generation(t).samples());
        }
        assertThat(Files.exists(seed("open").generation(1).path().resolve("sampling.safetensors")))
                .isFalse();
    }

    @Test
    void itCompletesAndCountsItself() {
        Remedy completed = SampledAwayFromCopy.DEFAULTS.complete(setting(model(500, 2e-3)));
        assertThat(completed).isEqualTo(new SampledAwayFromCopy(Strength.of(1), 8, 10, .1));
        Remedy.Cost cost = completed.cost(setting(model(500, 2e-3)));
        assertThat(cost.draws()).isEqualTo(8 + 8);
        assertThat(cost.steps()).isEqualTo(10);
        assertThat(cost.inSentence()).endsWith("each step of sampling evaluates two networks");
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> new SampledAwayFromCopy(Strength.of(-2), null, null, null))
                .hasMessage("weight is -2.0: must be in [-1, 1000], -1 is the copy itself, 0 the model");
        assertThatThrownBy(() -> new LastNoise(new Strength(List.of(.1, 0.0)), true))
                .hasMessage("level is [0.1, 0.0]: must be in [0.0001, 10], images reach from -1 to 1");
        Setting gaussian = setting(GaussianSpec.DEFAULTS);
        assertThatThrownBy(() -> Remedies.check(List.of(SampledAwayFromCopy.DEFAULTS), gaussian))
                .hasMessageStartingWith("remedies[0], sims: only diffusion models have a denoiser");
        assertThatThrownBy(() -> Remedies.check(List.of(LastNoise.DEFAULTS), gaussian))
                .hasMessageStartingWith("remedies[0], last-noise: only diffusion models have levels of noise");
        Setting diffusion = setting(model(100, 2e-3));
        Remedy sims = SampledAwayFromCopy.DEFAULTS.complete(diffusion);
        assertThatThrownBy(() -> Remedies.check(List.of(sims, sims), diffusion))
                .hasMessage("remedies[0], sims: there is another of this kind, which can be there once");
        Remedies.check(List.of(sims, LastNoise.DEFAULTS), diffusion);
    }
}
