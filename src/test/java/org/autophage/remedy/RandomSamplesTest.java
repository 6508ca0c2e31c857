package org.autophage.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.autophage.loop.LoopSpec;
import org.autophage.program.OnCpu;
import org.autophage.run.GenerationRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RandomSamplesTest extends OnCpu {
    /** A random choice changes no law: E σ² is that of the loop without it, (1 − 1/n)^t; false alarm 6 in 100,000. */
    @Test
    void aRandomChoiceChangesNoLaw() {
        int n = 30;
        LoopSpec loop = LoopSpec.fullySynthetic(3, n, n);
        List<GenerationRecord> records =
                ExtrapolatedWeightsTest.loop(loop, 1, 20_000, 7, List.of(new RandomSamples(Strength.of(0.25))));
        ExtrapolatedWeightsTest.requireVariance(records.get(2), Math.pow(1 - 1.0 / n, 3));
        JsonNode told =
                ExtrapolatedWeightsTest.json(records.get(0)).path("remedies").path("random");
        assertThat(told.path("drawn").intValue()).isEqualTo(4 * n);
        assertThat(told.path("given").intValue()).isEqualTo(n);
    }

    @Test
    void theSameSeedsChooseTheSame() {
        LoopSpec loop = LoopSpec.fullySynthetic(2, 10, 10);
        List<Remedy> random = List.of(new RandomSamples(Strength.of(0.5)));
        double[] variances = new double[3];
        for (int i = 0; i < 3; i++) {
            GenerationRecord last = ExtrapolatedWeightsTest.loop(loop, 1, 3, i == 2 ? 8 : 7, random)
                    .get(1);
            variances[i] = ExtrapolatedWeightsTest.json(last).path("variance").doubleValue();
        }
        assertThat(variances[1]).isEqualTo(variances[0]);
        assertThat(variances[2]).isNotEqualTo(variances[0]);
    }

    @Test
    void sharesOutsideTheRangeAreRefused() {
        for (double keep : new double[] {0, -1, 1.01, Double.NaN, 1e-4}) {
            assertThatThrownBy(() -> new RandomSamples(Strength.of(keep)))
                    .hasMessageContaining("must be in [0.001, 1]");
        }
    }
}
