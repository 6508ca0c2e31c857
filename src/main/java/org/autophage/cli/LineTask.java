package org.autophage.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.autophage.base.Printable;
import org.autophage.base.Progress;

/**
 * Progress of one piece of work as lines: one at the beginning, one at the end, and at most one in ten seconds between.
 * Work that is over within a second says nothing: loops of Gaussians finish hundreds of such pieces.
 */
final class LineTask implements Progress.Task {
    private static final long INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

    private final PrintStream out;
    private final String what;
    private final long total;
    private final String unit;
    private final LongSupplier nanoTime;
    private final long started;
    private long lastLine;
    private boolean announced;
    /** What the first report said, and when: rates count from there and so leave out the work of an earlier process. */
    private long first = -1;

    private long firstNanos;

    private long done;
    private String detail = "";

    LineTask(PrintStream out, String what, long total, String unit, LongSupplier nanoTime) {
        this.out = out;
        this.what = what;
        this.total = total;
        this.unit = unit;
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
        this.lastLine = started;
    }

    @Override
    public void advanceTo(long done, String detail) {
        long now = nanoTime.getAsLong();
        if (first < 0) {
            first = done;
            firstNanos = now;
        }
        this.done = done;
        this.detail = Printable.of(detail);
        announce(now);
        if (now - lastLine >= INTERVAL_NANOS) {
            lastLine = now;
            out.println(line(now));
        }
    }

    private void announce(long now) {
        if (!announced && now - started >= ConsoleProgress.WORTH_SHOWING_NANOS) {
            announced = true;
            out.println(what + ": " + total + " " + unit);
        }
    }

    private String line(long now) {
        String progress = "%s: %d of %d %s (%d%%)".formatted(what, done, total, unit, 100 * done / Math.max(total, 1));
        double rate = 1e9 * (done - first) / Math.max(now - firstNanos, 1);
        String speed = rate > 0 ? ", %s, %s left".formatted(rate(rate), clock((total - done) / rate)) : "";
        return progress + speed + suffix();
    }

    private String rate(double rate) {
        return String.format(Locale.ROOT, rate < 10 ? "%.2f" : "%.0f", rate) + " " + unit + "/s";
    }

    private String suffix() {
        return detail.isEmpty() ? "" : ", " + detail;
    }

    @Override
    public void close() {
        long now = nanoTime.getAsLong();
        announce(now);
        if (announced) {
            String state = done >= total ? "done" : "stopped at " + done + " of " + total;
            out.println(what + ": " + state + " after " + clock((now - started) / 1e9) + suffix());
        }
    }

    /** Hours, minutes and seconds: 1:02:03 or 2:03. */
    static String clock(double seconds) {
        long whole = Math.round(seconds);
        long hours = whole / 3600;
        return hours > 0
                ? "%d:%02d:%02d".formatted(hours, whole / 60 % 60, whole % 60)
                : "%d:%02d".formatted(whole / 60, whole % 60);
    }
}
