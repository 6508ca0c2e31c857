package org.autophage.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.autophage.base.Progress;
import org.autophage.base.Telling;
import org.junit.jupiter.api.Test;

class ReportCadenceTest {
    private final List<String> said = new ArrayList<>();
    private final Progress progress = Telling.to(said);

    @Test
    void aHundredGenerationsASecondAreOneReport() {
        int[] reports = {0};
        ReportCadence cadence = new ReportCadence(() -> reports[0]++, progress);
        for (int i = 0; i < 100; i++) {
            cadence.somethingFinished();
        }
        assertThat(reports[0]).isEqualTo(1);
        assertThat(said).isEmpty();
    }

    @Test
    void aReportThatFailsEndsNothing() {
        ReportCadence cadence = new ReportCadence(
                () -> {
                    throw new IllegalStateException("no such metric");
                },
                progress);
        cadence.somethingFinished();
        assertThat(said).containsExactly("the report could not be written: no such metric");
    }
}
