package org.autophage.experiment;

import java.time.Duration;

/**
 * Brings a run's report up to date as generations finish, but not more often than one can look at it: loops of Gaussians
 * finish many generations a second. The end of a session always writes it.
 */
final class ReportCadence {
    private static final Duration LEAST = Duration.ofSeconds(5);

    private final Runnable report;
    private long last = System.nanoTime() - LEAST.toNanos();

    ReportCadence(Runnable report) {
        this.report = report;
    }

    void generationFinished() {
        if (System.nanoTime() - last >= LEAST.toNanos()) {
            report.run();
            last = System.nanoTime();
        }
    }
}
