package org.autophage.metrics.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Images;
import org.autophage.metrics.Bars;
import org.autophage.metrics.MeasuredGeneration;
import org.autophage.metrics.classifier.ClassifierCache;
import org.autophage.metrics.neighbours.Ball;
import org.autophage.program.Device;
import org.autophage.program.OnGpu;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Features, distances, neighbours and the judge with one and the same classifier on both devices. */
class ImageMetricsOnGpuTest extends OnGpu {
    private static final Bars BARS = new Bars(600, 300);

    private static Map<String, Object> measured(Device device, Images samples, Path cache) {
        try (ImageMetrics metrics = ImageMetrics.open(
                new MetricsSpec("lenet", 200, 3, Ball.STRICT),
                BARS,
                device,
                ClassifierCache.in(cache),
                Work.UNATTENDED)) {
            return metrics.of(MeasuredGeneration.of(samples, samples, new Seeds(0).stream(1, Phase.METRICS)))
                    .toMap();
        }
    }

    @Test
    void valuesAreThoseOfTheCpu(@TempDir Path cache) {
        Images samples = BARS.real(LongStream.range(600, 900).toArray());
        Map<String, Object> expected = measured(cpu, samples, cache);
        Map<String, Object> found = measured(gpu, samples, cache);
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        assertThat(found.get("features")).isEqualTo(expected.get("features"));
        double distance = ImageMetricsTest.number(expected, "frechetDistance");
        assertThat(ImageMetricsTest.number(found, "frechetDistance")).isCloseTo(distance, within(1e-3 * distance));
        // A feature that is off by a rounding may cross the border of one ball in two hundred.
        for (String share : List.of("precision", "recall", "density", "coverage", "labelAccuracy")) {
            assertThat(ImageMetricsTest.number(found, share))
                    .describedAs(share)
                    .isCloseTo(ImageMetricsTest.number(expected, share), within(0.0101));
        }
    }
}
