package org.autophage.metrics.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.autophage.base.AutophageException;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.ClassNames;
import org.autophage.data.Dataset;
import org.autophage.data.FiniteDataset;
import org.autophage.data.Images;
import org.autophage.data.PointShape;
import org.autophage.data.points.PointsSpec;
import org.autophage.metrics.Bars;
import org.autophage.metrics.MeasuredGeneration;
import org.autophage.metrics.classifier.ClassifierCache;
import org.autophage.metrics.neighbours.Ball;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Learners as a run asks for them. */
class DownstreamLearnerTest extends OnCpu {
    private static final MetricsSpec SPEC =
            new MetricsSpec("pixels", 200, 3, Ball.STRICT, List.of("learner"), List.of());
    private static final Bars BARS = new Bars(600, 400);

    @TempDir
    private static Path cacheFolder;

    private static ImageMetrics metrics;

    @BeforeAll
    static void open() {
        metrics = ImageMetrics.open(SPEC, BARS, device, ClassifierCache.in(cacheFolder), Work.UNATTENDED);
    }

    @AfterAll
    static void close() {
        metrics.close();
    }

    private static Map<String, Object> measured(Images samples, int generation) {
        return metrics.of(MeasuredGeneration.of(samples, samples, new Seeds(0).stream(generation, Phase.METRICS)))
                .toMap();
    }

    private static double number(Map<String, Object> values, String name) {
        return ImageMetricsTest.number(values, name);
    }

    /** The same images as the yardstick's: three standard deviations of a share of .95 of 400 images, twice. */
    @Tag("slow")
    @Test
    void samplesThatAreRealImagesAreWorthAsMuch() {
        Images real = BARS.real(LongStream.range(0, 300).toArray());
        Map<String, Object> values = measured(real, 1);
        double yardstick = number(values, "learnerOnRealAccuracy");
        assertThat(yardstick).isGreaterThan(.95);
        assertThat(number(values, "learnerAccuracy")).isCloseTo(yardstick, within(.046));
        assertThat(number(values, "learnerWithRealAccuracy")).isCloseTo(yardstick, within(.046));
        assertThat(values).containsEntry("learnerLabels", "asked").containsEntry("learnerRealImages", 200);
        assertThat(number(values, "learnerSeconds")).isPositive();
    }

    /** A model that is told no labels: the judge's are its samples'. */
    @Test
    @Tag("slow")
    void samplesWithoutLabelsHaveTheJudges() {
        Images unlabelled =
                BARS.real(LongStream.range(1000, 1200).toArray()).labelled(ClassNames.numbered(1), new int[200]);
        Map<String, Object> values = measured(unlabelled, 3);
        assertThat(number(values, "learnerAccuracy")).isGreaterThan(.9);
        assertThat((String) values.get("learnerLabels")).matches("judge@[0-9a-f]{12}");
    }

    @Test
    void samplesWithoutClassesAreRefused() {
        assertThatThrownBy(() -> SPEC.check(new PointShape(1, 2), PointsSpec.DEFAULTS.open()))
                .isInstanceOf(AutophageException.class)
                .hasMessage("metrics.also has learner: these samples have no classes; leave it out");
    }

    /** Folders of pictures are sorted by class, and a part of them is to have all classes. */
    @Test
    void realImagesOfASortedSetAreOfAllClasses() {
        Images all = BARS.real(LongStream.range(0, 400).toArray());
        int[] sorted = IntStream.range(0, 400)
                .boxed()
                .sorted(Comparator.comparing(i -> all.labels()[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        Dataset dataset = new FiniteDataset("sorted", all.select(sorted), BARS.holdout(), "hash");
        Images chosen = ImageMetrics.images(SourceSamples.chosen(dataset, 80));
        assertThat(chosen.count()).isEqualTo(80);
        assertThat(Arrays.stream(chosen.classCounts()).min().orElseThrow()).isGreaterThan(8); // 20 ± 3.5
        assertThat(ImageMetrics.images(SourceSamples.chosen(dataset, 80)).pixelHash())
                .isEqualTo(chosen.pixelHash());
        assertThat(ImageMetrics.images(SourceSamples.chosen(dataset, 1000)).pixelHash())
                .isEqualTo(all.select(sorted).pixelHash());
    }
}
