package org.autophage.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.junit.jupiter.api.Test;

/** Intervals against the normal approximation, and in coverage. */
class BootstrapTest {
    /** A share of .3 of 1000: 1.96 · √(.3 · .7 / 1000) on either side, and a tenth of that for 2000 resamples' noise. */
    @Test
    void aSharesIntervalIsThatOfTheBinomial() {
        double[] indicators = new double[1000];
        Arrays.fill(indicators, 0, 300, 1);
        Bootstrap.Interval interval = new Bootstrap(2000, .95, 1).ofMean(indicators);
        double half = 1.96 * Math.sqrt(.3 * .7 / 1000);
        assertThat(interval.low()).isCloseTo(.3 - half, within(half / 10));
        assertThat(interval.high()).isCloseTo(.3 + half, within(half / 10));
    }

    @Test
    void theEndsLeaveTheLevelsShareInside() {
        // 20 draws whose statistic is their number: 10% outside is one on either side.
        int[] calls = new int[1];
        assertThat(new Bootstrap(20, .9, 1).of(3, rows -> calls[0]++)).isEqualTo(new Bootstrap.Interval(1, 18));
        assertThat(calls[0]).isEqualTo(20);
        assertThat(new Bootstrap(1, .9, 1).of(3, rows -> 7)).isEqualTo(new Bootstrap.Interval(7, 7));
    }

    @Test
    void rowsAreDrawnWithReplacementByTheSeed() {
        Bootstrap bootstrap = new Bootstrap(50, .5, 3);
        int[] seen = new int[4];
        bootstrap.of(4, rows -> {
            assertThat(rows).hasSize(4);
            Arrays.stream(rows).forEach(row -> seen[row]++);
            return 0;
        });
        // 50 of each expected, with a standard deviation of 6.
        assertThat(Arrays.stream(seen)).allMatch(times -> times > 25 && times < 75);
        double[] values = {1, 5, 2, 9, 4};
        assertThat(bootstrap.ofMean(values)).isEqualTo(new Bootstrap(50, .5, 3).ofMean(values));
        assertThat(bootstrap.ofMean(values)).isNotEqualTo(new Bootstrap(50, .5, 4).ofMean(values));
    }

    @Test
    void badSettingsAreRefused() {
        assertRefused(
                () -> new Bootstrap(0, .95, 1),
                "a bootstrap of 0 resamples at level 0.95: must be at least 1, and between 0 and 1");
        assertRefused(
                () -> new Bootstrap(9, 1, 1),
                "a bootstrap of 9 resamples at level 1.0: must be at least 1, and between 0 and 1");
        assertRefused(
                () -> new Bootstrap(9, 0, 1),
                "a bootstrap of 9 resamples at level 0.0: must be at least 1, and between 0 and 1");
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessage(message);
    }
}
