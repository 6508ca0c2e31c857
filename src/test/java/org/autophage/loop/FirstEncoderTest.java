package org.autophage.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import java.util.Optional;
import org.autophage.data.Images;
import org.autophage.loop.TinyWorld.TinyModel;
import org.autophage.measure.Measures;
import org.autophage.metrics.MeasuredGeneration;
import org.autophage.metrics.known.LatentCodes;
import org.junit.jupiter.api.Test;

class FirstEncoderTest {
    /** Contents 1e18 and 3e18 seen by the model 0 are codes 1, 2, 3, 4: mean 2.5, deviation √1.25. */
    private static final Images SAMPLES =
            TinyWorld.images(new long[] {1_000_000_000_000_000_000L, 3_000_000_000_000_000_000L});

    @Test
    void laterGenerationsAreToldInTheFirstOnesCodes() {
        try (FirstEncoder encoder = new FirstEncoder(t -> {
            throw new AssertionError("the first generation was here");
        })) {
            Measures first = codes(encoder, 1, new TinyModel(0));
            assertThat(figure(first, "latentMean")).isCloseTo(2.5, within(1e-6));
            assertThat(figure(first, "latentDeviation")).isCloseTo(Math.sqrt(1.25), within(1e-6));
            assertThat(codes(encoder, 2, new TinyModel(77))).isEqualTo(first);
        }
    }

    private static Measures codes(FirstEncoder encoder, int t, TinyModel model) {
        MeasuredGeneration generation = new MeasuredGeneration(
                t, SAMPLES, SAMPLES, Optional.empty(), () -> encoder.of(t, model), chunk -> chunk);
        return LatentCodes.of(generation).measures();
    }

    private static double figure(Measures figures, String key) {
        return Objects.requireNonNull(figures.values().get(key));
    }

    @Test
    void aResumedRunReadsTheFirstModelBack() {
        try (FirstEncoder encoder = new FirstEncoder(t -> {
            assertThat(t).isEqualTo(1);
            return new TinyModel(0);
        })) {
            assertThat(figure(codes(encoder, 3, new TinyModel(77)), "latentMean"))
                    .isCloseTo(2.5, within(1e-6));
        }
    }
}
