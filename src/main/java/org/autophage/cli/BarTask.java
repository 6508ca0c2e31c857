package org.autophage.cli;

import java.io.PrintStream;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.autophage.base.Progress;
import org.jspecify.annotations.Nullable;

/** Progress of one piece of work as a bar on a terminal, with rate, remaining time and a figure. */
final class BarTask implements Progress.Task {
    private final ProgressBarBuilder builder;
    /** Made at the first report, which says how much an earlier process had done: rates leave that out. */
    private @Nullable ProgressBar bar;

    BarTask(PrintStream out, String what, long total, String unit) {
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
        if (bar == null) {
            bar = builder.startsFrom(done, Duration.ZERO).build();
        }
        bar.stepTo(done);
        bar.setExtraMessage(detail);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
