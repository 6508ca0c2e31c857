package org.autophage.experiment;

import java.time.Duration;

/**
 * Brings a report up to date as generations or cells finish, but not more often than one can look at it: loops of Gaussians
 * finish many generations a second. Whoever uses it writes the report once more at the end.
 */
final class ReportCadence {
    private static final Duration LEAST = Duration.ofSeconds(5);

    private final Runnable report;
    private long last = System.nanoTime() - LEAST.toNanos();

    ReportCadence(Runnable report) {
        this.report = report;
    }

    void somethingFinished() {
        if (System.nanoTime() - last >= LEAST.toNanos()) {
            report.run();
            last = System.nanoTime();
        }
    }
}
