package org.autophage.model.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.data.ImageShape;
import org.autophage.data.SampleLabels;
import org.autophage.model.Precision;
import org.autophage.model.Sampling;
import org.autophage.model.Sampling.Solver;
import org.autophage.model.SamplingSpec;
import org.autophage.model.diffusion.DiffusionSpec.ParameterizationKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiffusionSpecTest {
    private static final DiffusionSpec DEFAULTS = DiffusionSpec.DEFAULTS;

    private static DiffusionSpec spec(
            ParameterizationKind kind,
            @Nullable Integer timesteps,
            @Nullable Double noiseMean,
            int steps,
            double rate,
            double dropout) {
        return spec(kind, timesteps, noiseMean, steps, rate, true, dropout);
    }

    private static DiffusionSpec spec(
            ParameterizationKind kind,
            @Nullable Integer timesteps,
            @Nullable Double noiseMean,
            int steps,
            double rate,
            boolean conditional,
            @Nullable Double dropout) {
        return new DiffusionSpec(
                kind,
                timesteps,
                noiseMean,
                null,
                conditional,
                32,
                List.of(1, 2),
                1,
                2,
                steps,
                64,
                rate,
                0.99,
                dropout,
                Precision.FLOAT32);
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOf(AutophageException.class)
                .hasFieldOrPropertyWithValue("exitCode", ExitCode.USAGE)
                .hasMessageContaining(message);
    }

    @Test
    void whatIsImpossibleIsNamedWithKeyAndValue() {
        refused(() -> spec(ParameterizationKind.EDM, 500, null, 10, 1e-3, 0.1), "model.timesteps is 500");
        refused(() -> spec(ParameterizationKind.DDPM, 1, null, 10, 1e-3, 0.1), "model.timesteps is 1: must be");
        refused(() -> spec(ParameterizationKind.DDPM, null, -0.4, 10, 1e-3, 0.1), "model.noiseMean is -0.4: only");
        refused(() -> spec(ParameterizationKind.EDM, null, null, -1, 1e-3, 0.1), "model.steps is -1: must be at least");
        refused(() -> spec(ParameterizationKind.EDM, null, null, 10, 0, 0.1), "model.learningRate is 0.0: must be");
        refused(() -> spec(ParameterizationKind.EDM, null, null, 10, 1e-3, 1), "model.labelDropout is 1.0: must be");
        refused(() -> new SamplingSpec(0, null, null, 125), "sampling.bias is 0.0: must be in (0, 1]");
        refused(() -> new SamplingSpec(1.5, null, null, 125), "sampling.bias is 1.5");
        refused(() -> new SamplingSpec(Double.NaN, null, null, 125), "sampling.bias is NaN");
        refused(() -> new SamplingSpec(1, null, 1, 125), "sampling.steps is 1: must be at least 2");
    }

    @Test
    void guidanceNeedsAModelThatKnowsImagesWithoutLabels() {
        DiffusionSpec labelled = spec(ParameterizationKind.EDM, null, null, 10, 1e-3, 0);
        refused(() -> labelled.complete(new SamplingSpec(0.5, null, null, 125)), "model.labelDropout");
        assertThat(labelled.complete(new SamplingSpec(1, null, null, 125)).solver())
                .contains(new Solver(SamplerKind.DPM, 12));
    }

    @Test
    void aModelThatIsToldNoLabelsHasNoneToHideOrToBeGuidedBy() {
        refused(
                () -> spec(ParameterizationKind.EDM, null, null, 10, 1e-3, false, 0.1),
                "model.labelDropout is 0.1: model.conditional is false");
        DiffusionSpec unconditional = spec(ParameterizationKind.EDM, null, null, 10, 1e-3, false, null)
                .complete();
        assertThat(unconditional.labelDropout()).isZero();
        assertThat(DEFAULTS.complete().labelDropout()).isEqualTo(0.1);
        refused(
                () -> unconditional.complete(new SamplingSpec(0.5, null, null, 125)),
                "sampling.bias is 0.5: guidance is towards a label, so model.conditional must be true");
    }

    @Test
    void imagesHaveToFitTheResolutions() {
        refused(() -> DEFAULTS.check(new ImageShape(30, 1, 10)), "dataset.size is 30");
        DEFAULTS.check(new ImageShape(28, 1, 10));
    }

    @ParameterizedTest
    @CsvSource({"HEUN, 18, 18", "DPM, 12, 12", "DDIM, 50, 50", "ANCESTRAL, 256, 500"})
    void everySamplerHasItsUsualSteps(SamplerKind kind, int edm, int ddpm) {
        SamplingSpec written = new SamplingSpec(1, kind, null, null);
        assertThat(DEFAULTS.complete(written))
                .isEqualTo(new Sampling(1, Optional.of(new Solver(kind, edm)), 125, SampleLabels.BALANCED));
        assertThat(spec(ParameterizationKind.DDPM, null, null, 10, 1e-3, 0.1).complete(written))
                .extracting(Sampling::written)
                .isEqualTo(new SamplingSpec(1, kind, ddpm, 125));
    }

    @Test
    void whatIsLeftOutIsFilledInByTheParameterization() {
        assertThat(DEFAULTS.complete().noiseMean()).isEqualTo(-1.2);
        DiffusionSpec ddpm =
                spec(ParameterizationKind.DDPM, null, null, 10, 1e-3, 0.1).complete();
        assertThat(ddpm.timesteps()).isEqualTo(500);
        assertThat(ddpm.noiseMean()).isNull();
        Sampling ancestral = ddpm.complete(new SamplingSpec(1, SamplerKind.ANCESTRAL, null, 125));
        assertThat(ancestral.solver()).contains(new Solver(SamplerKind.ANCESTRAL, 500));
        refused(() -> ddpm.complete(new SamplingSpec(1, SamplerKind.DDIM, 501, 125)), "sampling.steps is 501");
    }
}
