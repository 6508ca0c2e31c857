package org.autophage.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Progress;
import org.autophage.base.Telling;
import org.junit.jupiter.api.Test;

class AbsenceTest {
    private final List<String> said = new ArrayList<>();
    private long seconds = Long.MAX_VALUE / 1_000_000_000L - 50; // clocks of nanoseconds run over

    private final Progress progress = Telling.to(said);

    private final Absence absence = new Absence(
            "executor with a core from x",
            Duration.ofSeconds(60),
            "wait=600s",
            progress,
            () -> seconds * 1_000_000_000L);

    private void absentFor(int more) {
        for (int i = 0; i < more; i++) {
            absence.goesOn();
            seconds++;
        }
    }

    @Test
    void aMomentWithoutMachinesIsNotSpokenOf() {
        absentFor(10);
        absence.ends();
        assertThat(said).isEmpty();
    }

    @Test
    void whatLastsIsSaidOnceAndIsAnErrorInTheEnd() {
        absentFor(60);
        assertThat(said).containsExactly("no executor with a core from x is there; waits 60 s for one");
        absence.goesOn();
        seconds++;
        assertThatThrownBy(absence::goesOn)
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED))
                .hasMessage("no executor with a core from x for 60 s; wait=600s waits longer");
    }

    @Test
    void machinesThatWereThereAreWaitedForAsLongAsTheFirst() {
        absentFor(40);
        absence.ends();
        seconds += 1000;
        absence.ends();
        absentFor(60);
        assertThat(said)
                .containsExactly(
                        "no executor with a core from x is there; waits 60 s for one",
                        "no longer without any executor with a core from x",
                        "no executor with a core from x is there; waits 60 s for one");
        seconds++;
        assertThatThrownBy(absence::goesOn).hasMessageStartingWith("no executor");
    }
}
