package org.autophage.metrics.known;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.autophage.data.ClassNames;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Findings;
import org.autophage.metrics.Instruments;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.MeasuredSet;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.SetClasses;
import org.autophage.metrics.features.FeatureStatistics;
import org.autophage.metrics.features.Features;
import org.autophage.metrics.neighbours.Ball;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What holds of all metrics of the list, whatever they measure. */
class KnownMetricsTest extends OnCpu {
    private static Instruments instruments;

    @BeforeAll
    static void open() {
        instruments = new Instruments(device, 1, Ball.STRICT);
    }

    @AfterAll
    static void close() {
        instruments.close();
    }

    private static MeasuredSet set(String name, double... line) {
        return MeasuredSet.of(
                name,
                instruments,
                () -> Features.ofRows(1, line),
                () -> Optional.of(new SetClasses(ClassNames.numbered(2), new int[] {0, 1, 1, 1})));
    }

    @Test
    void everyNameIsOneMetrics() {
        assertThat(KnownMetrics.all().stream().map(SampleMetric::name)).doesNotHaveDuplicates();
        assertThat(KnownMetrics.all()).containsAll(KnownMetrics.standard()).containsAll(KnownMetrics.ofPoints());
        assertThat(KnownMetrics.of(List.of("entropy", "copying")).stream().map(SampleMetric::name))
                .containsExactly("copying", "entropy");
    }

    @Test
    void whatAMetricFindsIsWhatItGives() {
        MeasuredPair pair = MeasuredPair.of(
                set("real", 0, 1, 3, 6), set("fake", 0.5, 2, 7, 20), Optional.of(set("test", 9, 8, 4, 2)));
        for (SampleMetric metric : KnownMetrics.all()) {
            assertThat(Metrics.ALL).containsAll(metric.gives());
            Set<String> given = metric.gives().stream().map(Metric::key).collect(Collectors.toSet());
            assertThat(given)
                    .as(metric.name())
                    .containsAll(metric.of(pair).measures().values().keySet());
        }
        assertThat(KnownMetrics.all().stream()
                        .filter(metric -> !metric.of(pair).measures().values().isEmpty()))
                .as("all but those of runs")
                .hasSize(KnownMetrics.all().size() - 2);
    }

    @Test
    void statisticsAloneHaveAFrechetDistanceOnly() {
        FeatureStatistics known = new FeatureStatistics(new double[] {2}, new double[] {4}, 10);
        MeasuredPair pair = MeasuredPair.of(
                MeasuredSet.ofStatistics("real", instruments, known), set("fake", 0, 2, 4, 7), Optional.empty());
        for (SampleMetric metric : KnownMetrics.all()) {
            Findings found = metric.of(pair);
            assertThat(found.entries().isEmpty())
                    .as(metric.name())
                    .isEqualTo(!metric.gives().contains(Metrics.FRECHET_DISTANCE));
        }
    }

    @Test
    void whatSeveralMetricsAskIsComputedOnce() {
        int[] asked = new int[1];
        MeasuredSet real = MeasuredSet.of(
                "real",
                instruments,
                () -> {
                    asked[0]++;
                    return Features.ofRows(1, new double[] {0, 1, 3, 6});
                },
                Optional::empty);
        for (int generation = 0; generation < 2; generation++) {
            MeasuredPair pair = MeasuredPair.of(real, set("fake", 0.5, 2, 7, 20), Optional.empty());
            KnownMetrics.all().forEach(metric -> metric.of(pair));
        }
        assertThat(asked[0]).isEqualTo(1);
        assertThat(real.balls()).isSameAs(real.balls());
        assertThat(real.nearest()).isSameAs(real.nearest());
        assertThat(real.statistics()).isSameAs(real.statistics());
    }
}
