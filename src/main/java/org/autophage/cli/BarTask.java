package org.autophage.cli;

import java.io.PrintStream;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.autophage.base.Printable;
import org.autophage.base.Progress;
import org.jspecify.annotations.Nullable;

/**
 * Progress of one piece of work as a bar on a terminal, with rate, remaining time and a figure. Work that is over within
 * a second gets none.
 */
final class BarTask implements Progress.Task {
    private final ProgressBarBuilder builder;
    private final LongSupplier nanoTime;
    private final long started;
    /** What the first report said, and when: rates count from there and so leave out the work of an earlier process. */
    private long first = -1;

    private long firstNanos;
    private @Nullable ProgressBar bar;

    BarTask(PrintStream out, String what, long total, String unit, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
        this.builder = new ProgressBarBuilder()
                .setTaskName(what)
                .setInitialMax(total)
                .setUnit(" " + unit, 1)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(200)
                .setSpeedUnit(ChronoUnit.SECONDS)
                .showSpeed(new DecimalFormat("#,##0.#", DecimalFormatSymbols.getInstance(Locale.ROOT)))
                .setConsumer(new ConsoleProgressBarConsumer(out));
    }

    @Override
    public void advanceTo(long done, String detail) {
        long now = nanoTime.getAsLong();
        if (first < 0) {
            first = done;
            firstNanos = now;
        }
        if (bar == null && now - started >= ConsoleProgress.WORTH_SHOWING_NANOS) {
            bar = builder.startsFrom(first, Duration.ofNanos(now - firstNanos)).build();
        }
        if (bar != null) {
            bar.stepTo(done);
            bar.setExtraMessage(Printable.of(detail));
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
