package org.autophage.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import org.autophage.data.Images;
import org.autophage.loop.TinyWorld.TinyModel;
import org.autophage.measure.Measures;
import org.junit.jupiter.api.Test;

class LatentCodesTest {
    /** Contents 1e18 and 3e18 seen by the model 0 are codes 1, 2, 3, 4: mean 2.5, deviation √1.25. */
    private static final Images SAMPLES =
            TinyWorld.images(new long[] {1_000_000_000_000_000_000L, 3_000_000_000_000_000_000L});

    @Test
    void laterGenerationsAreToldInTheFirstOnesCodes() {
        try (LatentCodes codes = new LatentCodes(t -> {
            throw new AssertionError("the first generation was here");
        })) {
            Measures first = codes.of(1, new TinyModel(0), SAMPLES);
            assertThat(figure(first, "latentMean")).isCloseTo(2.5, within(1e-6));
            assertThat(figure(first, "latentDeviation")).isCloseTo(Math.sqrt(1.25), within(1e-6));
            assertThat(codes.of(2, new TinyModel(77), SAMPLES)).isEqualTo(first);
        }
    }

    private static double figure(Measures figures, String key) {
        return Objects.requireNonNull(figures.values().get(key));
    }

    @Test
    void aResumedRunReadsTheFirstModelBack() {
        try (LatentCodes codes = new LatentCodes(t -> {
            assertThat(t).isEqualTo(1);
            return new TinyModel(0);
        })) {
            assertThat(figure(codes.of(3, new TinyModel(77), SAMPLES), "latentMean"))
                    .isCloseTo(2.5, within(1e-6));
        }
    }
}
