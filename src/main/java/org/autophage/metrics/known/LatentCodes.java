package org.autophage.metrics.known;

import java.util.List;
import org.autophage.data.Encoder;
import org.autophage.data.Images;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Finding;
import org.autophage.metrics.Findings;
import org.autophage.metrics.MeasuredGeneration;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.SampleMetric;

/**
 * What the first generation's encoder makes of every generation's samples: mean and standard deviation over all dimensions
 * of the codes' means (Shumailov et al., Nature 631, 2024). Deviations shrink as samples move towards the mode.
 */
public final class LatentCodes implements SampleMetric {
    /** Samples looked at: the first ones, which are enough for a relative error of .2%. */
    private static final int MOST_SAMPLES = 10_000;

    private static final String CONVENTION = "codes of generation 1's encoder";

    @Override
    public String name() {
        return "latentCodes";
    }

    @Override
    public List<Metric> gives() {
        return List.of(Metrics.LATENT_MEAN, Metrics.LATENT_DEVIATION);
    }

    @Override
    public boolean looksAtFeatures() {
        return false;
    }

    @Override
    public Findings of(MeasuredPair pair) {
        return pair.generation().map(LatentCodes::of).orElse(Findings.NONE);
    }

    /** Of all samples of a generation, measured by other metrics or not; nothing where its models have no encoder. */
    public static Findings of(MeasuredGeneration generation) {
        return generation
                .samples()
                .images()
                .flatMap(images -> generation.firstEncoder().get().map(encoder -> of(encoder, images)))
                .orElse(Findings.NONE);
    }

    private static Findings of(Encoder encoder, Images images) {
        float[] codes = encoder.means(images.slice(0, Math.min(images.count(), MOST_SAMPLES)));
        double mean = 0;
        for (float code : codes) {
            mean += code / codes.length;
        }
        double variance = 0;
        for (float code : codes) {
            variance += (code - mean) * (code - mean) / codes.length;
        }
        return Findings.builder()
                .add(Finding.of(Metrics.LATENT_MEAN, mean, CONVENTION))
                .add(Finding.of(Metrics.LATENT_DEVIATION, Math.sqrt(variance), CONVENTION))
                .build();
    }
}
