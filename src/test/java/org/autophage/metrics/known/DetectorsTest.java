package org.autophage.metrics.known;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Clouds;
import org.autophage.metrics.Findings;
import org.autophage.metrics.Instruments;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.MeasuredSet;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.features.Features;
import org.autophage.metrics.neighbours.Ball;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What detectors say of two sets, and of sets of which there is little to say. */
class DetectorsTest extends OnCpu {
    private static final List<String> NAMES = List.of("twoSampleClassifier", "anomaly", "support", "effectiveRank");
    private static Instruments instruments;

    @BeforeAll
    static void open() {
        instruments = new Instruments(device, 3, Ball.STRICT);
    }

    @AfterAll
    static void close() {
        instruments.close();
    }

    private static Findings found(String name, double[][] real, double[][] fake) {
        MeasuredPair pair = MeasuredPair.of(
                MeasuredSet.of("real", instruments, Features.ofRows(real)),
                MeasuredSet.of("fake", instruments, Features.ofRows(fake)),
                Optional.empty());
        return KnownMetrics.of(List.of(name)).get(0).of(pair);
    }

    @Test
    void theySayWhatTheyPromise() {
        double[][] real = Clouds.normal(300, 4, 1);
        double[][] fake = Clouds.normal(200, 4, 2);
        fake[7] = fake[5];
        for (SampleMetric metric : KnownMetrics.of(NAMES)) {
            Map<String, Double> values =
                    found(metric.name(), real, fake).measures().values();
            assertThat(metric.gives().stream().map(Metric::key))
                    .as(metric.name())
                    .containsAll(values.keySet());
            assertThat(values).as(metric.name()).hasSizeGreaterThan(2);
            assertThat(Metrics.ALL)
                    .containsAll(metric.gives().stream()
                            .filter(each -> !each.isCost())
                            .toList());
        }
        // Of 200 real samples two have a neighbour that is nearer than the limit: each other, or two others.
        Map<String, Double> support = found("support", real, fake).measures().values();
        assertThat(support.get("duplicatePairs.real")).isBetween(1.0, 2.0);
        assertThat(support.get("duplicatePairs.fake")).isGreaterThanOrEqualTo(1);
    }

    @Test
    void withoutNearDuplicatesThereIsALowerBoundAlone() {
        Findings found = found("support", Clouds.normal(50, 4, 1), Clouds.scaled(Clouds.normal(50, 4, 2), 9));
        assertThat(found.measures().values())
                .containsEntry("duplicatePairs.fake", 0.0)
                .doesNotContainKey("supportSize.fake")
                .containsKey("supportSize.atLeast");
        assertThat(found.notes())
                .containsExactly(
                        "no two of 50 samples of fake are near-duplicates: of their support there is a lower bound only");
    }

    @Test
    void setsTooSmallHaveNotes() {
        double[][] few = Clouds.normal(3, 2, 1);
        assertThat(found("twoSampleClassifier", few, few).notes())
                .containsExactly("no classifier tells 3 samples of real from those of fake: there are too few");
        assertThat(found("anomaly", few, few).notes())
                .containsExactly("no anomaly scores: half of 3 samples of real are too few for neighbours 3");
        double[][] same = Stream.generate(() -> few[0]).limit(5).toArray(double[][]::new);
        assertThat(found("effectiveRank", few, same).notes())
                .containsExactly("no effective rank: no feature of fake varies");
    }
}
