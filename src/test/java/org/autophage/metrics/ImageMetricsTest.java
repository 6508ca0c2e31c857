package org.autophage.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
import org.autophage.metrics.classifier.ClassifierCache;
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
        Map<String, Object> values =
                metrics.of(fresh(300), Optional.empty(), SEEDS).toMap();
        assertThat(values.keySet())
                .containsExactly(
                        "features",
                        "featuresAccuracy",
                        "samples",
                        "reference",
                        "frechetDistance",
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
        Map<String, Object> of = metrics.of(real, Optional.empty(), SEEDS).toMap();
        Images collapsed = real.select(new int[200]);
        Map<String, Object> values =
                metrics.of(collapsed, Optional.empty(), SEEDS).toMap();
        assertThat(number(values, "frechetDistance")).isGreaterThan(5 * number(of, "frechetDistance"));
        assertThat(number(values, "recall")).isZero();
        assertThat(number(values, "labelAccuracy")).isIn(0.0, 1.0);
        assertThat(number(values, "smallestClassShare")).isZero();
        assertThat(number(values, "largestClassShare")).isEqualTo(1);
    }

    @Test
    void wrongLabelsAreNotWhatWasAsked() {
        Images real = fresh(200);
        int[] wrong = real.labels().clone();
        for (int i = 0; i < wrong.length; i++) {
            wrong[i] = (wrong[i] + 1) % real.classes();
        }
        Images mislabelled = new Images(real.height(), real.width(), 1, real.classes(), real.pixels(), wrong);
        assertThat(number(metrics.of(mislabelled, Optional.empty(), SEEDS).toMap(), "labelAccuracy"))
                .isLessThan(.05);
    }

    @Test
    void anotherProcessFindsTheSameClassifiersInTheCache() {
        List<String> begun = new ArrayList<>();
        try (ImageMetrics again =
                ImageMetrics.open(SPEC, BARS, device, ClassifierCache.in(cacheFolder), listening(begun))) {
            assertThat(again.features()).isEqualTo(metrics.features());
            assertThat(again.of(fresh(200), Optional.empty(), SEEDS))
                    .isEqualTo(metrics.of(fresh(200), Optional.empty(), SEEDS));
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
                () -> metrics.of(fresh(3), Optional.empty(), SEEDS),
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
        assertThatThrownBy(() -> metrics.of(other, Optional.empty(), SEEDS))
                .isInstanceOf(AutophageException.class)
                .hasMessage(metrics.features() + " takes images of 16x16x1, not of 8x8x1");
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
