package org.autophage.metrics.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.autophage.base.AutophageException;
import org.autophage.data.Tokens;
import org.autophage.data.Vocabulary;
import org.autophage.metrics.features.Features;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.Test;

class NgramFeaturesTest extends OnCpu {
    /** numpy: eigenvectors of the covariance of ln(1 + counts) of all 112 runs of the patterned sequences, 29 of which vary. */
    @Test
    void equalNumpy() {
        Tokens real = SequenceFiguresTest.patterned();
        NgramFeatures encoder = new NgramFeatures(real, "patterned", device);
        Features features = encoder.of(real);
        assertThat(features.width()).isEqualTo(29);
        double first = 0;
        double fifth = 0;
        for (int row = 0; row < 30; row++) {
            first += features.value(row, 0) * features.value(row, 0) / 29;
            fifth += features.value(row, 4) * features.value(row, 4) / 29;
        }
        assertThat(first).isCloseTo(1.468476516298568, within(1e-10));
        assertThat(fifth).isCloseTo(0.3770637294053435, within(1e-10));
        assertThat(Math.sqrt(features.squaredDistance(0, features, 1))).isCloseTo(3.5261031021310933, within(1e-10));
        // with runs that no real sequence has
        Features other = encoder.of(Tokens.of(Vocabulary.numbered(11), List.of(new int[] {0, 7, 3, 3, 1, 2})));
        assertThat(Math.sqrt(other.squaredDistance(0, features, 5))).isCloseTo(3.5965725690141785, within(1e-10));
    }

    @Test
    void areCalledByWhatTheyAreMadeOf() {
        Tokens real = SequenceFiguresTest.patterned();
        String name = new NgramFeatures(real, "one", device).name();
        assertThat(name).matches("ngrams@[0-9a-f]{12}").isEqualTo(new NgramFeatures(real, "one", device).name());
        assertThat(new NgramFeatures(real, "other", device).name()).isNotEqualTo(name);
    }

    @Test
    void sequencesThatNothingTellsFromEachOtherAreRefused() {
        Tokens alike = Tokens.of(Vocabulary.numbered(2), List.of(new int[] {0, 1}, new int[] {0, 1}));
        assertThatThrownBy(() -> new NgramFeatures(alike, "alike", device))
                .isInstanceOf(AutophageException.class)
                .hasMessage(
                        "2 real sequences have the same runs of tokens, all of them: there is nothing to compare samples by");
    }
}
