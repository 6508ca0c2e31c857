package org.autophage.metrics.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.autophage.base.AutophageException;
import org.autophage.base.CheckpointStore;
import org.autophage.base.ExitCode;
import org.autophage.base.Phase;
import org.autophage.base.Progress;
import org.autophage.base.Seeds;
import org.autophage.base.StopSignal;
import org.autophage.base.Work;
import org.autophage.data.Images;
import org.autophage.metrics.Bars;
import org.autophage.metrics.FeatureChoice;
import org.autophage.metrics.MeasuredGeneration;
import org.autophage.metrics.classifier.ClassifierCache;
import org.autophage.metrics.distance.KernelDistance;
import org.autophage.metrics.distance.VendiScore;
import org.autophage.metrics.features.FeatureExtractor;
import org.autophage.metrics.features.Features;
import org.autophage.metrics.known.KnownMetrics;
import org.autophage.metrics.neighbours.Authenticity;
import org.autophage.metrics.neighbours.Ball;
import org.autophage.metrics.neighbours.CopyTest;
import org.autophage.metrics.neighbours.NearestTraining;
import org.autophage.metrics.neighbours.NeighbourSearch;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole suite on {@link Bars}, a task that small networks learn in seconds. */
class ImageMetricsTest extends OnCpu {
    private static final MetricsSpec SPEC = new MetricsSpec("lenet", 200, 3, Ball.STRICT);
    private static final Bars BARS = new Bars(600, 300);
    private static final Seeds.Stream SEEDS = new Seeds(0).stream(1, Phase.METRICS);

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

    @Test
    void realImagesAreNearTheHoldout() {
        Map<String, Object> values = metrics.of(generation(fresh(300))).toMap();
        assertThat(values.keySet())
                .containsExactly(
                        "features",
                        "featuresAccuracy",
                        "samples",
                        "reference",
                        "frechetDistance",
                        "samplingError",
                        "precision",
                        "recall",
                        "density",
                        "coverage",
                        "labelAccuracy",
                        "smallestClassShare",
                        "largestClassShare",
                        "classifier",
                        "classifierAccuracy");
        assertThat(number(values, "featuresAccuracy")).isBetween(.95, 1.0);
        assertThat(number(values, "classifierAccuracy")).isBetween(.95, 1.0);
        assertThat(values)
                .containsEntry("samples", 200)
                .containsEntry("reference", 300)
                .containsEntry("features", metrics.features());
        assertThat((String) values.get("features")).matches("lenet@[0-9a-f]{12}");
        assertThat((String) values.get("classifier")).matches("judge@[0-9a-f]{12}");
        assertThat(number(values, "labelAccuracy")).isGreaterThan(.95);
        // The bars come in turns, so that every class has the same share.
        double share = 1.0 / fresh(1).classes();
        assertThat(number(values, "smallestClassShare")).isBetween(share - .02, share);
        assertThat(number(values, "largestClassShare")).isBetween(share, share + .02);
        assertThat(number(values, "precision")).isGreaterThan(.5);
        assertThat(number(values, "recall")).isGreaterThan(.5);
    }

    @Test
    void onePictureAgainAndAgainIsFarAwayWithoutRecall() {
        Images real = fresh(200);
        Map<String, Object> of = metrics.of(generation(real)).toMap();
        Images collapsed = real.select(new int[200]);
        Map<String, Object> values = metrics.of(generation(collapsed)).toMap();
        assertThat(number(values, "frechetDistance")).isGreaterThan(5 * number(of, "frechetDistance"));
        assertThat(number(values, "recall")).isZero();
        assertThat(number(values, "labelAccuracy")).isIn(0.0, 1.0);
        assertThat(number(values, "smallestClassShare")).isZero();
        assertThat(number(values, "largestClassShare")).isEqualTo(1);
    }

    /** Every one against its own computation from the features, which other tests hold against peers. */
    @Test
    void metricsThatAreAskedForLookAtTheTrainingSetToo() {
        List<String> quick = KnownMetrics.names().stream()
                .filter(name -> !KnownMetrics.namesOnRequest().contains(name))
                .toList();
        MetricsSpec asked = new MetricsSpec("pixels", 200, 3, Ball.STRICT, quick, List.of());
        Images samples = fresh(200);
        Images training = BARS.real(LongStream.range(500, 700).toArray()); // a hundred of them are samples
        ClassifierCache cache = ClassifierCache.in(cacheFolder);
        Map<String, Object> values;
        try (ImageMetrics more = ImageMetrics.open(asked, BARS, device, cache, Work.UNATTENDED)) {
            values = more.of(MeasuredGeneration.of(samples, training, SEEDS)).toMap();
        }
        try (FeatureExtractor pixels =
                        FeatureChoice.parse("features", "pixels").open(device, BARS, cache, Work.UNATTENDED);
                KernelDistance kernel = new KernelDistance(device);
                VendiScore vendi = new VendiScore(device);
                NeighbourSearch search = new NeighbourSearch(device)) {
            Features fake = pixels.features(samples);
            Features real = pixels.features((Images) BARS.holdout());
            Features learnt = pixels.features(training);
            double[] nearest = NearestTraining.of(search, fake, learnt).distances();
            assertThat(number(values, "kernelDistance")).isEqualTo(kernel.full(real, fake));
            assertThat(values).doesNotContainKeys("kernelDistanceOfSubsets", "nearestRealDistance");
            assertThat(values).containsEntry("vendiScore", Map.of("real", vendi.of(real), "fake", vendi.of(fake)));
            assertThat(number(values, "authenticPercent"))
                    .isEqualTo(Authenticity.of(search, learnt, fake).percent());
            assertThat(number(values, "exactCopies"))
                    .isEqualTo(Arrays.stream(nearest).filter(each -> each == 0).count())
                    .isGreaterThanOrEqualTo(100);
            assertThat(number(values, "nearestTrainingDistance"))
                    .isEqualTo(Arrays.stream(nearest).sorted().toArray()[100]);
            assertThat(number(values, "copyTest")).isEqualTo(CopyTest.statistic(search, learnt, fake, real));
            assertThat(values).containsEntry("classesLost", 0);
            assertThat(number(values, "classDivergence")).isBetween(0.0, 0.01);
        }
    }

    /** Numbers on further features are those that a run on them alone records, and change nothing of the first ones. */
    @Test
    void furtherFeaturesAreMeasuredLikeTheFirst() {
        MetricsSpec onBoth =
                new MetricsSpec("pixels", 200, 3, Ball.STRICT, List.of("kernelDistance", "classes"), List.of("lenet"));
        MetricsSpec onLenet =
                new MetricsSpec("lenet", 200, 3, Ball.STRICT, List.of("kernelDistance", "classes"), List.of());
        MetricsSpec onPixels =
                new MetricsSpec("pixels", 200, 3, Ball.STRICT, List.of("kernelDistance", "classes"), List.of());
        Map<String, Object> both = new LinkedHashMap<>(measured(onBoth));
        Map<?, ?> further = (Map<?, ?>) both.remove("byFeatures");
        Map<Object, Object> errors = new LinkedHashMap<>((Map<?, ?>) Objects.requireNonNull(both.get("samplingError")));
        Map<?, ?> furtherErrors = (Map<?, ?>) Objects.requireNonNull(errors.remove("byFeatures"));
        both.put("samplingError", errors);
        assertThat(both).isEqualTo(measured(onPixels));
        Map<String, Object> alone = new LinkedHashMap<>(measured(onLenet));
        assertThat(alone.keySet())
                .contains("classesLost", "labelAccuracy", "classifierAccuracy", "samples", "reference");
        alone.keySet()
                .removeAll(List.of(
                        "samples",
                        "reference",
                        "classifier",
                        "classifierAccuracy",
                        "labelAccuracy",
                        "smallestClassShare",
                        "largestClassShare",
                        "classesUnseen",
                        "classesLost",
                        "classDivergence"));
        assertThat(furtherErrors.get("lenet")).isEqualTo(alone.remove("samplingError"));
        assertThat(further.get("lenet")).isEqualTo(alone);
        assertThat(alone.keySet())
                .containsExactlyInAnyOrder(
                        "features",
                        "featuresAccuracy",
                        "frechetDistance",
                        "precision",
                        "recall",
                        "density",
                        "coverage",
                        "kernelDistance");
    }

    private Map<String, Object> measured(MetricsSpec spec) {
        ClassifierCache cache = ClassifierCache.in(cacheFolder);
        try (ImageMetrics each = ImageMetrics.open(spec, BARS, device, cache, Work.UNATTENDED)) {
            return each.of(MeasuredGeneration.of(fresh(200), BARS.real(new long[] {900, 901, 902, 903, 904}), SEEDS))
                    .withoutCosts()
                    .toMap();
        }
    }

    @Test
    void wrongLabelsAreNotWhatWasAsked() {
        Images real = fresh(200);
        int[] wrong = real.labels().clone();
        for (int i = 0; i < wrong.length; i++) {
            wrong[i] = (wrong[i] + 1) % real.classes();
        }
        Images mislabelled = new Images(real.height(), real.width(), 1, real.classes(), real.pixels(), wrong);
        assertThat(number(metrics.of(generation(mislabelled)).toMap(), "labelAccuracy"))
                .isLessThan(.05);
    }

    @Test
    void anotherProcessFindsTheSameClassifiersInTheCache() {
        List<String> begun = new ArrayList<>();
        try (ImageMetrics again =
                ImageMetrics.open(SPEC, BARS, device, ClassifierCache.in(cacheFolder), listening(begun))) {
            assertThat(again.features()).isEqualTo(metrics.features());
            assertThat(again.of(generation(fresh(200)))).isEqualTo(metrics.of(generation(fresh(200))));
        }
        assertThat(begun).isEmpty();
    }

    @Test
    void aRunTakesItsOwnExtractorFirst(@TempDir Path run, @TempDir Path emptyCache) throws Exception {
        metrics.save(run);
        List<String> begun = new ArrayList<>();
        ClassifierCache cache = ClassifierCache.in(emptyCache).preferring(run);
        try (ImageMetrics again = ImageMetrics.open(SPEC, BARS, device, cache, listening(begun))) {
            assertThat(again.features()).isEqualTo(metrics.features());
        }
        assertThat(begun).isEmpty();
        try (Stream<Path> files = Files.list(run)) {
            assertThat(files.map(file -> file.getFileName().toString().replaceAll("-[0-9a-f]{16}", "")))
                    .containsExactlyInAnyOrder("lenet.json", "lenet.safetensors", "judge.json", "judge.safetensors");
        }
    }

    @Test
    void samplesFewerThanNeighboursAreRefused() {
        refused(
                () -> metrics.of(generation(fresh(3))),
                "the number of samples is 3: must be at least 4, one more than metrics.neighbours");
    }

    @Test
    void aHoldoutSmallerThanNeighboursIsRefused() {
        refused(
                () -> ImageMetrics.open(
                        SPEC, new Bars(600, 3), device, ClassifierCache.in(cacheFolder), Work.UNATTENDED),
                "dataset.holdout is 3: must be at least 4, one more than metrics.neighbours");
    }

    @Test
    void imagesOfAnotherSizeAreRefused() {
        Images other = new Images(8, 8, 1, Bars.CLASSES, new byte[10 * 64], new int[10]);
        assertThatThrownBy(() -> metrics.of(generation(other)))
                .isInstanceOf(AutophageException.class)
                .hasMessage(metrics.features() + " takes images of 16x16x1, not of 8x8x1");
    }

    private static MeasuredGeneration generation(Images samples) {
        return MeasuredGeneration.of(samples, samples, SEEDS);
    }

    private static Images fresh(int count) {
        return BARS.real(LongStream.range(600, 600 + count).toArray());
    }

    static double number(Map<String, Object> values, String name) {
        return ((Number) Objects.requireNonNull(values.get(name))).doubleValue();
    }

    private static Work listening(List<String> begun) {
        Progress progress = new Progress() {
            @Override
            public Task begin(String what, long total, String unit) {
                begun.add(what);
                return Task.SILENT;
            }

            @Override
            public void message(String line) {}
        };
        return new Work(progress, CheckpointStore.NONE, StopSignal.NEVER);
    }

    private static void refused(Runnable work, String message) {
        assertThatThrownBy(work::run)
                .isInstanceOf(AutophageException.class)
                .hasMessage(message)
                .extracting(e -> ((AutophageException) e).exitCode())
                .isEqualTo(ExitCode.USAGE);
    }
}
