package org.autophage.experiment;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.autophage.base.Progress;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.autophage.metrics.MetricSuite;
import org.autophage.program.Device;
import org.autophage.program.Gpu;
import org.autophage.program.Gpu.Reading;
import org.jspecify.annotations.Nullable;

/**
 * Watches a run's GPU from a thread of its own, once a second: the newest figures stand in the progress, those of a whole
 * generation in its record. Work only reads a field. On the CPU there is no thread, and nothing is added to anything.
 */
final class GpuWatch implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final double GIBIBYTE = 1L << 30;

    private final Supplier<Optional<Reading>> gpu;
    private final Duration interval;
    private final Thread thread = new Thread(this::watch, "GPU watch");
    private volatile @Nullable Reading newest;
    private int percents;
    private double sumOfPercents;
    private long mostBytes;

    /** @param gpu is asked when the watch begins, then from its own thread only */
    private GpuWatch(Supplier<Optional<Reading>> gpu, Duration interval) {
        this.gpu = gpu;
        this.interval = interval;
        thread.setDaemon(true);
    }

    /** Begins to watch the device's GPU, if it is one and its driver tells anything. */
    static GpuWatch begin(Device device) {
        Optional<Gpu> gpu = device.gpu();
        return begin(() -> gpu.flatMap(Gpu::read), INTERVAL);
    }

    static GpuWatch begin(Supplier<Optional<Reading>> gpu, Duration interval) {
        GpuWatch watch = new GpuWatch(gpu, interval);
        if (watch.read()) {
            watch.thread.start();
        }
        return watch;
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(interval.toMillis());
                read();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads once; whether there was anything to read. */
    private boolean read() {
        Optional<Reading> reading = gpu.get();
        newest = reading.orElse(null);
        reading.ifPresent(this::add);
        return reading.isPresent();
    }

    private synchronized void add(Reading reading) {
        Double percent = reading.percent();
        if (percent != null) {
            percents++;
            sumOfPercents += percent;
        }
        mostBytes = Math.max(mostBytes, reading.usedBytes());
    }

    /** Progress with the newest figures behind every detail: "loss 0.123, GPU 97%, 12.1 of 79.6 GiB". */
    Progress in(Progress next) {
        return newest == null ? next : next.through(task -> new DetailedTask(task, this::figures));
    }

    private record DetailedTask(Progress.Task next, Supplier<String> figures) implements Progress.Task {
        @Override
        public void advanceTo(long done, String detail) {
            String more = figures.get();
            next.advanceTo(done, detail.isEmpty() || more.isEmpty() ? detail + more : detail + ", " + more);
        }

        @Override
        public void close() {
            next.close();
        }
    }

    private String figures() {
        Reading now = newest;
        if (now == null) {
            return "";
        }
        String busy = now.percent() == null ? "" : String.format(Locale.ROOT, " %.0f%%,", now.percent());
        return String.format(
                Locale.ROOT, "GPU%s %.1f of %.1f GiB", busy, now.usedBytes() / GIBIBYTE, now.totalBytes() / GIBIBYTE);
    }

    /** Metrics to which the figures since the last generation's are added: how busy in the mean, how full at most. */
    MetricSuite in(MetricSuite next) {
        return generation -> Measures.builder()
                .addAll(next.of(generation))
                .addAll(sinceLastAsked())
                .build();
    }

    private synchronized Measures sinceLastAsked() {
        Measures.Builder figures = Measures.builder();
        if (percents > 0) {
            figures.add(Metrics.GPU_PERCENT, rounded(sumOfPercents / percents));
        }
        if (mostBytes > 0) {
            figures.add(Metrics.GPU_MEMORY, rounded(mostBytes / GIBIBYTE));
        }
        percents = 0;
        sumOfPercents = 0;
        mostBytes = 0;
        return figures.build();
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    /** Ends the watch; a reading that is under way is not waited for. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
