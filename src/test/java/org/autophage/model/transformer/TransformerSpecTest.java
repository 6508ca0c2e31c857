package org.autophage.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.data.ImageShape;
import org.autophage.data.SampleLabels;
import org.autophage.data.TokenShape;
import org.autophage.data.Vocabulary;
import org.autophage.model.Precision;
import org.autophage.model.Sampling;
import org.autophage.model.SamplingSpec;
import org.autophage.model.Truncation;
import org.autophage.model.diffusion.SamplerKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TransformerSpecTest {
    private static TransformerSpec spec(int width, int heads, double lastRate, @Nullable Double lossCap) {
        return new TransformerSpec(
                1, width, heads, 8, false, 1, 1, 1e-3, lastRate, 0, 0, 0, Precision.FLOAT32, null, lossCap, null);
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOf(AutophageException.class)
                .hasFieldOrPropertyWithValue("exitCode", ExitCode.USAGE)
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void whatIsImpossibleIsNamedWithKeyAndValue() {
        refused(() -> spec(66, 4, 0, null), "model.width is 66: must be a multiple of 8");
        refused(() -> spec(12, 4, 0, null), "model.width is 12: must be a multiple of 8");
        refused(() -> spec(8, 0, 0, null), "model.heads is 0");
        refused(() -> spec(8, 2, 1.5, null), "model.lastRate is 1.5");
        refused(() -> spec(8, 2, 0, 1.0), "model.lossCap is 1.0");
        refused(() -> spec(8, 2, 0, 0.0), "model.lossCap is 0.0");
    }

    @Test
    void itLearnsSequencesThatItsContextHolds() {
        TransformerSpec spec = spec(8, 2, 0, null);
        spec.check(TokenSets.ENDING);
        spec.check(TokenSets.ofLength(5, 8));
        refused(() -> spec.check(TokenSets.ofLength(5, 9)), "model.context is 8: must be at least 9");
        refused(() -> spec.check(new ImageShape(28, 1, 10)), "model.kind is transformer, which learns sequences");
        refused(
                () -> spec.check(new TokenShape(3, Vocabulary.numbered(2), 4, TokenShape.NONE)),
                "dataset.replicas is 3");
    }

    @Test
    void itIsForWhateverTokensAreFor() {
        assertThat(TransformerSpec.DEFAULTS.editsTokens()).isTrue();
        assertThat(TransformerSpec.DEFAULTS.hasLikelihood(TokenSets.ENDING)).isTrue();
        assertThat(TransformerSpec.DEFAULTS.hasWeights()).isTrue();
        assertThat(TransformerSpec.DEFAULTS.canFineTune()).isTrue();
    }

    @Test
    void itsSamplingHasATruncationAndNoSolver() {
        SamplingSpec given = new SamplingSpec(0.5, null, null, 7, SampleLabels.BALANCED, 0.9, 3);
        assertThat(TransformerSpec.DEFAULTS.complete(given))
                .isEqualTo(new Sampling(0.5, Optional.empty(), 7, SampleLabels.BALANCED, new Truncation(0.9, 3)));
        refused(
                () -> TransformerSpec.DEFAULTS.complete(new SamplingSpec(1, SamplerKind.HEUN, null, null)),
                "sampling.sampler is heun: model.kind transformer");
    }
}
