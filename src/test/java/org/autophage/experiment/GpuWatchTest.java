package org.autophage.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.autophage.base.Phase;
import org.autophage.base.Progress;
import org.autophage.base.Seeds;
import org.autophage.data.Images;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.autophage.metrics.MeasuredGeneration;
import org.autophage.metrics.MetricSuite;
import org.autophage.program.Gpu.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GpuWatchTest {
    private static final long GIB = 1L << 30;
    private static final MetricSuite METRICS =
            generation -> Measures.builder().add(Metrics.RECALL, 0.5).build();

    private static final Images NO_SAMPLES = new Images(1, 1, 1, 1, new byte[0], new int[0]);

    private final List<String> details = new ArrayList<>();
    private final Progress progress = new Progress() {
        @Override
        public Task begin(String what, long total, String unit) {
            return new Task() {
                @Override
                public void advanceTo(long done, String detail) {
                    details.add(detail);
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void message(String line) {}
    };

    private static Map<String, Object> measured(MetricSuite suite) {
        return suite.of(MeasuredGeneration.of(NO_SAMPLES, NO_SAMPLES, new Seeds(0).stream(1, Phase.METRICS)))
                .toMap();
    }

    @Test
    void newestFiguresStandInTheProgressAndAllOfThemInTheRecord() throws InterruptedException {
        BlockingQueue<Reading> readings = new LinkedBlockingQueue<>();
        SynchronousQueue<Reading> handed = new SynchronousQueue<>();
        readings.add(new Reading(50.0, 4 * GIB, 80 * GIB));
        try (GpuWatch watch = GpuWatch.begin(() -> next(readings, handed), Duration.ofMillis(1))) {
            Progress told = watch.in(progress);
            try (Progress.Task task = told.begin("training", 10, "images")) {
                task.advanceTo(1, "loss 0.5");
                handed.put(new Reading(100.0, 12 * GIB, 80 * GIB));
                handed.put(new Reading(90.0, 6 * GIB, 80 * GIB)); // taken when the one before has been added
                handed.put(new Reading(90.0, 6 * GIB, 80 * GIB));
                task.advanceTo(2, "");
            }
            assertThat(details.get(0)).isEqualTo("loss 0.5, GPU 50%, 4.0 of 80.0 GiB");
            assertThat(details.get(1)).isEqualTo("GPU 90%, 6.0 of 80.0 GiB");
            Map<String, Object> record = measured(watch.in(METRICS));
            assertThat(record).containsEntry("recall", 0.5).containsEntry("gpuMemoryGiB", 12.0);
            assertThat(record.get("gpuPercent")).isIn(80.0, 82.5); // of 50, 100, 90 and perhaps 90
        }
    }

    private static Optional<Reading> next(BlockingQueue<Reading> first, SynchronousQueue<Reading> handed) {
        try {
            Reading reading = first.poll();
            return Optional.of(reading == null ? handed.take() : reading);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Test
    void memoryIsToldWhereHowBusyItIsIsNotAndNothingStaleWhereNothingIs() throws InterruptedException {
        SynchronousQueue<Optional<Reading>> handed = new SynchronousQueue<>();
        Optional<Reading> first = Optional.of(new Reading(null, 4 * GIB, 80 * GIB));
        AtomicBoolean begun = new AtomicBoolean();
        try (GpuWatch watch =
                GpuWatch.begin(() -> begun.getAndSet(true) ? taken(handed) : first, Duration.ofMillis(1))) {
            try (Progress.Task task = watch.in(progress).begin("training", 10, "images")) {
                task.advanceTo(1, "");
                handed.put(Optional.empty());
                handed.put(Optional.empty()); // taken when the one before has been looked at
                task.advanceTo(2, "loss 0.5");
            }
            assertThat(details.get(0)).isEqualTo("GPU 4.0 of 80.0 GiB");
            assertThat(details.get(1)).isEqualTo("loss 0.5");
            assertThat(measured(watch.in(METRICS))).isEqualTo(Map.of("recall", 0.5, "gpuMemoryGiB", 4.0));
        }
    }

    private static Optional<Reading> taken(SynchronousQueue<Optional<Reading>> handed) {
        try {
            return handed.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Test
    void withoutAGpuNothingIsAdded() {
        try (GpuWatch watch = GpuWatch.begin(Optional::empty, Duration.ofMillis(1))) {
            assertThat(watch.in(progress)).isSameAs(progress);
            assertThat(measured(watch.in(METRICS))).isEqualTo(Map.of("recall", 0.5));
        }
    }
}
