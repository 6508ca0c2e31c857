package org.autophage.metrics.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Dataset;
import org.autophage.data.RealDatasets;
import org.autophage.data.Samples;
import org.autophage.data.mnist.MnistSpec;
import org.autophage.data.strokes.StrokesSpec;
import org.autophage.metrics.MeasuredGeneration;
import org.autophage.metrics.suite.ImageMetrics;
import org.autophage.metrics.suite.MetricsSpec;
import org.autophage.program.Device;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** How well extractor and judge learn the datasets that come with Autophage, and what real images are worth by them. */
@Tag("slow")
class ClassifierAccuracyTest {
    @Test
    void mnist(@TempDir Path cache, TestReporter reporter) {
        learns(new MnistSpec(RealDatasets.mnist().toString(), 28, 10_000).open(), cache, reporter, .99);
    }

    @Test
    void strokesAsSmallAsInTheQuickstart(@TempDir Path cache, TestReporter reporter) {
        learns(new StrokesSpec(16, 5000, 0).open(), cache, reporter, .97);
    }

    private static void learns(Dataset dataset, Path folder, TestReporter reporter, double bar) {
        ClassifierCache cache = ClassifierCache.in(folder);
        try (Device device = Device.of("cpu")) {
            for (ClassifierNetwork network : List.of(LeNet.NETWORK, SmallResNet.NETWORK)) {
                long start = System.nanoTime();
                try (Classifier classifier = cache.get(device, network, dataset, Work.UNATTENDED)) {
                    reporter.publishEntry(
                            dataset.name() + " " + classifier.name(),
                            "%.4f right after %.0f s".formatted(classifier.testAccuracy(), seconds(start)));
                    assertThat(classifier.testAccuracy()).isGreaterThanOrEqualTo(bar);
                }
            }
            long start = System.nanoTime();
            try (ImageMetrics metrics =
                    ImageMetrics.open(MetricsSpec.DEFAULTS, dataset, device, cache, Work.UNATTENDED)) {
                reporter.publishEntry("reference", "%.1f s".formatted(seconds(start)));
                start = System.nanoTime();
                Samples real = dataset.real(LongStream.range(0, 5000).toArray());
                Map<String, Object> values = metrics.of(
                                MeasuredGeneration.of(real, real, new Seeds(0).stream(1, Phase.METRICS)))
                        .toMap();
                reporter.publishEntry("5000 real images", "%s in %.1f s".formatted(values, seconds(start)));
                assertThat(values).hasEntrySatisfying("precision", share -> assertThat((double) share)
                        .isGreaterThan(.7));
                assertThat(values).hasEntrySatisfying("recall", share -> assertThat((double) share)
                        .isGreaterThan(.7));
            }
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
