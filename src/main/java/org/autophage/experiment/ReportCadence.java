package org.autophage.experiment;

import java.time.Duration;
import org.autophage.base.Progress;

/**
 * Brings a report up to date as generations or cells finish, but not more often than one can look at it: loops of Gaussians
 * finish many generations a second. A report that fails is said and ends nothing. Whoever uses it writes the report once
 * more at the end.
 */
public final class ReportCadence {
    private static final Duration LEAST = Duration.ofSeconds(5);

    private final Runnable report;
    private final Progress progress;
    private long last = System.nanoTime() - LEAST.toNanos();

    public ReportCadence(Runnable report, Progress progress) {
        this.report = report;
        this.progress = progress;
    }

    public void somethingFinished() {
        if (System.nanoTime() - last >= LEAST.toNanos()) {
            try {
                report.run();
            } catch (RuntimeException e) {
                progress.message("the report could not be written: " + e.getMessage());
            }
            last = System.nanoTime();
        }
    }
}
