package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.autophage.base.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleProgressTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong(12345);

    private ConsoleProgress progress(boolean terminal) {
        return new ConsoleProgress(new PrintStream(written, true, StandardCharsets.UTF_8), terminal, clock::get);
    }

    private String output() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private void passSeconds(long seconds) {
        clock.addAndGet(seconds * 1_000_000_000L);
    }

    @Test
    void linesAtTheBeginningTheEndAndEveryTenSeconds() {
        try (Progress.Task task = progress(false).begin("generation 1: training", 1000, "images")) {
            task.advanceTo(0, "");
            for (int second = 1; second <= 20; second++) {
                passSeconds(1);
                task.advanceTo(50 * second, "loss 0.5");
            }
        }
        assertThat(output().lines())
                .containsExactly(
                        "generation 1: training: 1000 images",
                        "generation 1: training: 500 of 1000 images (50%), 50 images/s, 0:10 left, loss 0.5",
                        "generation 1: training: 1000 of 1000 images (100%), 50 images/s, 0:00 left, loss 0.5",
                        "generation 1: training: done after 0:20, loss 0.5");
    }

    @Test
    void aRateCountsTheWorkOfThisProcessOnly() {
        try (Progress.Task task = progress(false).begin("training", 1000, "images")) {
            task.advanceTo(900, "");
            passSeconds(10);
            task.advanceTo(950, "");
        }
        assertThat(output())
                .contains("training: 950 of 1000 images (95%), 5.00 images/s, 0:10 left")
                .contains("training: stopped at 950 of 1000 after 0:10");
    }

    @Test
    void aFirstReportThatComesLateGivesNoRate() {
        try (Progress.Task task = progress(false).begin("training", 1000, "images")) {
            passSeconds(20);
            task.advanceTo(200, "");
            passSeconds(10);
            task.advanceTo(300, "");
        }
        assertThat(output())
                .contains("training: 200 of 1000 images (20%)" + System.lineSeparator())
                .contains("training: 300 of 1000 images (30%), 10 images/s, 1:10 left");
    }

    @Test
    void aTerminalGetsABar() {
        try (Progress.Task task = progress(true).begin("training", 1000, "images")) {
            task.advanceTo(0, "");
            passSeconds(2);
            task.advanceTo(1000, "loss 0.25");
        }
        assertThat(output()).contains("training").contains("100%").contains("1000/1000 images");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void workThatIsOverWithinASecondSaysNothing(boolean terminal) {
        try (Progress.Task task = progress(terminal).begin("sampling", 1000, "points")) {
            task.advanceTo(0, "");
            clock.addAndGet(900_000_000L);
            task.advanceTo(1000, "");
        }
        assertThat(output()).isEmpty();
    }

    @Test
    void workThatNeverReportsIsNamedWhenItEnds() {
        Progress.Task task = progress(false).begin("sampling", 1000, "points");
        passSeconds(3);
        task.close();
        assertThat(output().lines())
                .containsExactly("sampling: 1000 points", "sampling: stopped at 0 of 1000 after 0:03");
    }

    @ParameterizedTest
    @CsvSource({"0,0:00", "59.4,0:59", "59.6,1:00", "3599,59:59", "3600,1:00:00", "36061,10:01:01"})
    void clocks(double seconds, String clock) {
        assertThat(LineTask.clock(seconds)).isEqualTo(clock);
    }
}
