package org.autophage.model.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.data.ImageShape;
import org.autophage.data.PointShape;
import org.autophage.model.Precision;
import org.autophage.model.SamplingSpec;
import org.autophage.model.diffusion.SamplerKind;
import org.autophage.model.gan.GanSpec.ArchitectureKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GanSpecTest {
    private static GanSpec spec(
            ArchitectureKind architecture,
            @Nullable Integer channels,
            @Nullable Integer maxChannels,
            @Nullable Double learningRate,
            @Nullable Double ema,
            @Nullable Double r1,
            @Nullable Double gradientPenalty) {
        return new GanSpec(
                architecture,
                true,
                channels,
                maxChannels,
                null,
                null,
                null,
                null,
                null,
                null,
                learningRate,
                null,
                ema,
                r1,
                null,
                gradientPenalty,
                false,
                Augmentation.NONE,
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
        ArchitectureKind style = ArchitectureKind.STYLEGAN2;
        ArchitectureKind wasserstein = ArchitectureKind.WGAN_GP;
        refused(() -> spec(style, 0, null, null, null, null, null), "model.channels is 0: must be from 1 to 16384");
        refused(
                () -> spec(style, 32, 16, null, null, null, null),
                "model.maxChannels is 16: must be at least 32, the value of model.channels");
        refused(() -> spec(style, null, null, 0.0, null, null, null), "model.learningRate is 0.0: must be in (0, 1]");
        refused(() -> spec(style, null, null, null, 1.0, null, null), "model.ema is 1.0: must be in [0, 1)");
        refused(() -> spec(style, null, null, null, null, -1.0, null), "model.r1 is -1.0: must be in [0, 1000000)");
        refused(
                () -> spec(style, null, null, null, null, null, 10.0),
                "model.gradientPenalty is 10.0: only architecture");
        refused(
                () -> spec(wasserstein, null, null, null, null, 1.0, null),
                "model.r1 is 1.0: only architecture stylegan2");
    }

    @Test
    void whatIsLeftOutIsFilledInByTheArchitecture() {
        GanSpec style = GanSpec.DEFAULTS.complete();
        assertThat(style.criticSteps()).isEqualTo(1);
        assertThat(style.discriminatorLearningRate()).isEqualTo(style.learningRate());
        assertThat(style.gradientPenalty()).isNull();
        assertThat(style.complete()).isEqualTo(style);
        GanSpec critic = spec(ArchitectureKind.WGAN_GP, 300, null, null, null, null, null)
                .complete();
        assertThat(critic.criticSteps()).isEqualTo(5);
        assertThat(critic.gradientPenalty()).isEqualTo(10);
        assertThat(critic.maxChannels()).isEqualTo(300);
        assertThat(critic.r1()).isNull();
        assertThat(critic.optimization().orElseThrow().batch()).isEqualTo(250);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 28, 32, 48, 64, 128})
    void sizesThatHalveDownToASketchFit(int size) {
        GanSpec.DEFAULTS.check(new ImageShape(size, 3, 10));
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 30, 36, 63})
    void otherSizesAreRefused(int size) {
        refused(() -> GanSpec.DEFAULTS.check(new ImageShape(size, 1, 10)), "dataset.size is " + size);
    }

    @Test
    void pointsAndSolversAreRefused() {
        refused(() -> GanSpec.DEFAULTS.check(new PointShape(1, 2)), "model.kind is gan, which learns images");
        refused(
                () -> GanSpec.DEFAULTS.complete(new SamplingSpec(1, SamplerKind.HEUN, null, null)),
                "sampling.sampler is heun: model.kind gan is drawn from directly");
        refused(() -> GanSpec.DEFAULTS.complete(new SamplingSpec(1, null, 5, null)), "sampling.steps is 5");
        assertThat(GanSpec.DEFAULTS.complete(SamplingSpec.DEFAULTS).chunk()).isEqualTo(100);
    }
}
