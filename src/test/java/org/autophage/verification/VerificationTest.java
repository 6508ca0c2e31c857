package org.autophage.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.autophage.base.Progress;
import org.autophage.base.StopSignal;
import org.autophage.program.Device;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table with which the tool proves itself. Seeds are fixed: it passes always or never. */
class VerificationTest {
    /** The rows that take two thirds of the time: every build need not wait for them. */
    private static final Pattern LONG = Pattern.compile(
            "(spread-spectrum|filters of right|accumulate-subsample|golden weights"
                    + "|effective samples|fresh data, n_r|growth of a mark|extrapolated weights, ÷ n, loops|detector, n_r|tokens, replace: (time|fixation|entropy)|tokens, (temperature|accumulate)).*");

    @Test
    void theQuickTableAgreesButForLongRows() {
        agrees(Effort.QUICK, row -> !LONG.matcher(row).matches());
    }

    @Test
    @Tag("slow")
    void longRowsOfTheQuickTableAgree() {
        agrees(Effort.QUICK, row -> LONG.matcher(row).matches());
    }

    @Test
    @Tag("slow")
    void theUsualTableAgrees() {
        agrees(Effort.USUAL, row -> true);
    }

    private static void agrees(Effort effort, Predicate<String> rows) {
        try (Device device = Device.of("cpu")) {
            assertThat(Verification.run(device, effort, Path.of("none"), Progress.SILENT, StopSignal.NEVER, rows))
                    .hasSizeGreaterThan(10)
                    .allSatisfy(
                            check -> assertThat(check.passes()).as("%s", check).isTrue());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 1, .1, 0, true",
        "1, .03, 1.2, .04, 4, true",
        "1, 0, 1.5, .1, 5, false",
        "1, 0, 1, 0, 0, true",
        "1, 0, 1.1, 0, Infinity, false",
        "1, 0, NaN, .1, NaN, false",
    })
    void figuresFailBeyondFourCombinedErrors(
            double expected, double expectedError, double measured, double error, double deviation, boolean passes) {
        Check check = new Check("row", "quantity", expected, expectedError, measured, error);
        assertThat(check.deviation()).isCloseTo(deviation, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(check.passes()).isEqualTo(passes);
    }
}
