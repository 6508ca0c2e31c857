package org.autophage.loop;

import java.util.Optional;
import java.util.function.IntFunction;
import org.autophage.data.Images;
import org.autophage.data.Samples;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.autophage.model.Encoder;
import org.autophage.model.GenerativeModel;
import org.jspecify.annotations.Nullable;

/**
 * What the first generation's encoder makes of every generation's samples: mean and standard deviation over all dimensions
 * of the codes' means (Shumailov et al., Nature 631, 2024). Deviations shrink as samples move towards the mode.
 */
final class LatentCodes implements AutoCloseable {
    /** Samples looked at: the first ones, which are enough for a relative error of .2%. */
    private static final int MOST_SAMPLES = 10_000;

    private final IntFunction<GenerativeModel> finished;
    private @Nullable Encoder first;

    /** @param finished reads back the model of a finished generation, in a run that was resumed */
    LatentCodes(IntFunction<GenerativeModel> finished) {
        this.finished = finished;
    }

    /**
     * The figures of a generation's samples; none for models without an encoder.
     *
     * @param model of generation t
     */
    Measures of(int t, GenerativeModel model, Samples samples) {
        if (!(samples instanceof Images images)) {
            return Measures.NONE;
        }
        Encoder encoder = first == null ? firstOf(t, model) : first;
        if (encoder == null) {
            return Measures.NONE;
        }
        first = encoder;
        float[] codes = encoder.means(images.slice(0, Math.min(images.count(), MOST_SAMPLES)));
        double mean = 0;
        for (float code : codes) {
            mean += code / codes.length;
        }
        double variance = 0;
        for (float code : codes) {
            variance += (code - mean) * (code - mean) / codes.length;
        }
        return Measures.builder()
                .add(Metrics.LATENT_MEAN, mean)
                .add(Metrics.LATENT_DEVIATION, Math.sqrt(variance))
                .build();
    }

    private @Nullable Encoder firstOf(int t, GenerativeModel model) {
        Optional<Encoder> own = model.encoder();
        if (own.isEmpty() || t == 1) {
            return own.orElse(null);
        }
        own.get().close();
        try (GenerativeModel firstModel = finished.apply(1)) {
            return firstModel.encoder().orElseThrow();
        }
    }

    @Override
    public void close() {
        if (first != null) {
            first.close();
        }
    }
}
