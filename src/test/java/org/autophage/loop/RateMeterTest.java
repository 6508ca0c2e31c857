package org.autophage.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.autophage.base.Progress;
import org.junit.jupiter.api.Test;

class RateMeterTest {
    private long now;
    private final RateMeter meter = new RateMeter(() -> now);

    @Test
    void countsFromTheFirstReportToTheLast() {
        try (Progress.Task task = meter.in(Progress.SILENT).begin("training", 1000, "images")) {
            now += 5_000_000_000L; // of which nobody knows what they were spent on
            task.advanceTo(600, ""); // 400 of them by an earlier process
            now += 2_000_000_000L;
            task.advanceTo(700, "");
            now += 2_000_000_000L;
            task.advanceTo(1000, "");
            now += 9_000_000_000L;
        }
        assertThat(meter.perSecond()).isEqualTo(100);
    }

    @Test
    void aSingleReportSaysNothing() {
        assertThat(meter.perSecond()).isZero();
        try (Progress.Task task = meter.in(Progress.SILENT).begin("training", 20, "images")) {
            now += 1_000_000_000L;
            task.advanceTo(20, "");
        }
        assertThat(meter.perSecond()).isZero();
    }
}
