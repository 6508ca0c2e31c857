package org.autophage.model.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.data.ImageShape;
import org.autophage.data.PointShape;
import org.autophage.data.SampleLabels;
import org.autophage.model.Precision;
import org.autophage.model.Sampling;
import org.autophage.model.SamplingSpec;
import org.autophage.model.diffusion.SamplerKind;
import org.junit.jupiter.api.Test;

class VaeSpecTest {
    private static VaeSpec spec(int latent, List<Integer> multipliers, double klWeight, double rate, double ema) {
        return new VaeSpec(latent, 8, multipliers, klWeight, false, 10, 8, rate, ema, Precision.FLOAT32);
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOf(AutophageException.class)
                .hasFieldOrPropertyWithValue("exitCode", ExitCode.USAGE)
                .hasMessageContaining(message);
    }

    @Test
    void whatIsImpossibleIsNamedWithKeyAndValue() {
        refused(() -> spec(0, List.of(1), 1, 1e-3, 0), "model.latent is 0: must be from 1 to 16384");
        refused(() -> spec(2, List.of(), 1, 1e-3, 0), "model.multipliers is []");
        refused(() -> spec(2, List.of(1, 0), 1, 1e-3, 0), "model.multipliers is [1, 0]");
        refused(() -> spec(2, List.of(1), -1, 1e-3, 0), "model.klWeight is -1.0");
        refused(() -> spec(2, List.of(1), Double.NaN, 1e-3, 0), "model.klWeight is NaN");
        refused(() -> spec(2, List.of(1), 1, 0, 0), "model.learningRate is 0.0");
        refused(() -> spec(2, List.of(1), 1, 1e-3, 1), "model.ema is 1.0: must be in [0, 1)");
    }

    @Test
    void itLearnsImagesOfSizesThatCanBeHalved() {
        VaeSpec.DEFAULTS.check(new ImageShape(28, 1, 10));
        refused(() -> VaeSpec.DEFAULTS.check(new ImageShape(30, 1, 10)), "dataset.size is 30");
        refused(() -> VaeSpec.DEFAULTS.check(new PointShape(1, 2)), "model.kind is vae, which learns images");
    }

    @Test
    void itHasNoSolver() {
        assertThat(VaeSpec.DEFAULTS.complete(new SamplingSpec(0.5, null, null, null)))
                .isEqualTo(new Sampling(0.5, Optional.empty(), 500, SampleLabels.BALANCED));
        refused(
                () -> VaeSpec.DEFAULTS.complete(new SamplingSpec(1, SamplerKind.HEUN, null, null)),
                "sampling.sampler is heun: model.kind vae");
        refused(
                () -> VaeSpec.DEFAULTS.complete(new SamplingSpec(1, null, 5, null)),
                "sampling.steps is 5: model.kind vae");
    }
}
