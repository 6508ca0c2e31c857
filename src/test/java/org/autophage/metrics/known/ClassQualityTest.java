package org.autophage.metrics.known;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.autophage.data.ClassNames;
import org.autophage.measure.Measures;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Clouds;
import org.autophage.metrics.Findings;
import org.autophage.metrics.Instruments;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.MeasuredSet;
import org.autophage.metrics.SetClasses;
import org.autophage.metrics.features.Features;
import org.autophage.metrics.neighbours.Ball;
import org.autophage.metrics.neighbours.PrecisionRecall;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ClassQualityTest extends OnCpu {
    private static final ClassNames NAMES = ClassNames.of(List.of("cat", "big.dog", "emu"));
    private static Instruments instruments;

    @BeforeAll
    static void open() {
        instruments = new Instruments(device, 2, Ball.STRICT);
    }

    @AfterAll
    static void close() {
        instruments.close();
    }

    private static MeasuredSet set(String name, double[][] rows, int[] labels) {
        return MeasuredSet.of(
                name, instruments, () -> Features.ofRows(rows), () -> Optional.of(new SetClasses(NAMES, labels)));
    }

    private static Findings found(double[][] real, int[] reals, double[][] fake, int[] fakes) {
        return new ClassQuality()
                .of(MeasuredPair.of(set("real", real, reals), set("fake", fake, fakes), Optional.empty()));
    }

    private static double[][] ofClass(double[][] rows, int[] labels, int c) {
        return IntStream.range(0, rows.length)
                .filter(i -> labels[i] == c)
                .mapToObj(i -> rows[i])
                .toArray(double[][]::new);
    }

    /** Classes lie about each other, so that what is of another class must not count. */
    @Test
    void equalsPrecisionAndRecallOfTheClassAlone() {
        double[][] real = Clouds.normal(60, 2, 1);
        double[][] fake = Clouds.normal(50, 2, 2);
        int[] reals = IntStream.range(0, 60).map(i -> i % 10 == 0 ? 2 : i % 2).toArray();
        int[] fakes = IntStream.range(0, 50)
                .map(i -> i % 7 == 0 ? 2 : i % 3 == 0 ? 1 : 0)
                .toArray();
        Map<String, Double> values = found(real, reals, fake, fakes).measures().values();
        PrecisionRecall alone = instruments.precisionRecall();
        for (int c = 0; c < 3; c++) {
            PrecisionRecall.Result result = alone.between(
                    alone.neighbourhoods(Features.ofRows(ofClass(real, reals, c))),
                    alone.neighbourhoods(Features.ofRows(ofClass(fake, fakes, c))));
            int of = c;
            assertThat(values)
                    .containsEntry("byClass.%s.precision".formatted(NAMES.name(c)), result.precision())
                    .containsEntry("byClass.%s.recall".formatted(NAMES.name(c)), result.recall())
                    .containsEntry(
                            "byClass.%s.classShare".formatted(NAMES.name(c)),
                            Arrays.stream(fakes).filter(label -> label == of).count() / 50.0);
        }
        assertThat(values).containsEntry("smallestClassRecall", values.get("byClass.emu.recall"));
    }

    /** Fakes of the first class on its real ones, those of the second far away, two of the third: no more than k. */
    @Test
    void constructedSets() {
        double[][] real = {{0}, {1}, {2}, {3}, {50}, {51}, {52}, {53}, {90}, {91}, {92}};
        int[] reals = {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2};
        double[][] fake = {{.1}, {1.1}, {2.1}, {3.1}, {500}, {501}, {502}, {503}, {90}, {91}};
        int[] fakes = {0, 0, 0, 0, 1, 1, 1, 1, 2, 2};
        Findings found = found(real, reals, fake, fakes);
        Map<String, Double> values = found.measures().values();
        assertThat(values)
                .containsEntry("byClass.cat.precision", 1.0)
                .containsEntry("byClass.cat.recall", 1.0)
                .containsEntry("byClass.big.dog.precision", 0.0)
                .containsEntry("byClass.big.dog.recall", 0.0)
                .containsEntry("byClass.emu.classShare", 0.2)
                .containsEntry("byClass.emu.recall", 0.0)
                .doesNotContainKey("byClass.emu.precision")
                .containsEntry("smallestClassRecall", 0.0);
        assertThat(found.notes()).isEmpty();
    }

    @Test
    void aClassOfTooFewRealSamplesIsNoted() {
        double[][] real = {{0}, {1}, {2}, {3}, {50}};
        Findings found = found(real, new int[] {0, 0, 0, 0, 1}, real, new int[] {0, 0, 0, 0, 1});
        assertThat(found.measures().values())
                .containsEntry("byClass.big.dog.classShare", 0.2)
                .doesNotContainKey("byClass.big.dog.recall")
                .containsEntry("smallestClassRecall", 1.0);
        assertThat(found.notes())
                .containsExactly("no precision and recall of class big.dog: it has 1 real samples, k is 2");
    }

    /** Labels, scale and order of the keys as pages have them, on further features too. */
    @Test
    void keysOfClassesAreRead() {
        Metric share = Metrics.ofClass(Metrics.CLASS_SHARE, "big.dog");
        assertThat(share.key()).isEqualTo("byClass.big.dog.classShare");
        assertThat(share.label()).isEqualTo("Share of samples, class big.dog");
        assertThat(share.scale()).isEqualTo(Metric.Scale.SHARE);
        assertThat(Metrics.className(share.key())).contains("big.dog");
        assertThat(Metrics.className(Metrics.RECALL.key())).isEmpty();
        Metric further = Metrics.of("byFeatures.inception.byClass.3.recall");
        assertThat(further.label()).isEqualTo("Recall, class 3, inception");
        assertThat(further.better()).isEqualTo(Metric.Better.HIGHER);
        assertThat(Metrics.inReadingOrder(List.of(share.key(), "trainSeconds", "recall")))
                .extracting(Metric::key)
                .containsExactly("recall", share.key(), "trainSeconds");
        Measures measures = Measures.builder().add(share, 0.5).build();
        assertThat(measures.toMap())
                .isEqualTo(Map.of("byClass", Map.of("big", Map.of("dog", Map.of("classShare", 0.5)))));
    }
}
