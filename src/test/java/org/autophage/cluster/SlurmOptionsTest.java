package org.autophage.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlurmOptionsTest {
    private static SlurmOptions parse(String... given) {
        return SlurmOptions.parse(List.of(given));
    }

    @Test
    void anOptionBeginsWhereANameDoes() {
        assertThat(parse("partition=a,b,time=1-00:00:00,exclude=n1,n2,constraint=x&y", "exclusive", "comment=a=b")
                        .values())
                .containsExactly(
                        entry("partition", "a,b"),
                        entry("time", "1-00:00:00"),
                        entry("exclude", "n1,n2"),
                        entry("constraint", "x&y"),
                        entry("exclusive", ""),
                        entry("comment", "a=b"));
    }

    @Test
    void sbatchIsToldToAskForACheckpoint() {
        assertThat(parse("gres=gpu:1").words()).containsExactly("--gres=gpu:1", "--signal=B:TERM@120");
        assertThat(parse("signal=B:TERM@300", "exclusive").words())
                .containsExactly("--signal=B:TERM@300", "--exclusive");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "array=0-3",
                "output=x",
                "job-name=x",
                "requeue",
                "no-requeue",
                "ntasks=2",
                "clusters=x",
                "wait",
                "chdir=/x",
                "signal=USR1@60",
                "signal=TERM@60",
                "--partition=x",
                "partition=",
                "",
                ",",
                "=x",
                "PARTITION=x",
                "time=1",
                "time=3:00",
                "comment=a\nb",
                "partition=a,partition=b"
            })
    void whatASweepSetsItselfAndWhatIsNoOptionIsRefused(String given) {
        assertThatThrownBy(() -> parse(given))
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageStartingWith("--slurm ")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void refusalsSayWhy() {
        assertThatThrownBy(() -> parse("array=0-3"))
                .hasMessage(
                        "--slurm array cannot be given: the sweep submits what is not finished; --jobs says how many run at a time");
        assertThatThrownBy(() -> parse("time=2"))
                .hasMessage(
                        "--slurm time=2 is 120 s: must be more than the 180 s before its end at which Slurm may ask a cell for a checkpoint; signal=B:TERM@SECONDS changes them");
        assertThat(parse("time=2,signal=B:TERM@30").words()).contains("--time=2");
    }

    /** sbatch(1): minutes, minutes:seconds, hours:minutes:seconds, days-hours, days-hours:minutes, days-hours:minutes:seconds. */
    @ParameterizedTest
    @CsvSource({"5,300", "5:30,330", "4:00:00,14400", "2-12,216000", "1-1:30,91800", "1-0:0:1,86401", "0,0"})
    void limitsOfTime(String text, long seconds) {
        assertThat(SlurmOptions.seconds(text)).hasValue(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1:2:3:4", "-5", "UNLIMITED"})
    void noLimitsOfTime(String text) {
        assertThat(SlurmOptions.seconds(text)).isEmpty();
    }

    @Test
    void rangesOfTasks() {
        assertThat(SlurmArray.of(List.of(0, 1, 2, 5, 7, 8), 100))
                .extracting(SlurmArray::ranges)
                .containsExactly("0-2,5,7-8");
        assertThat(SlurmArray.of(List.of(3, 10, 11, 25), 10))
                .containsExactly(
                        new SlurmArray(0, List.of(3)),
                        new SlurmArray(10, List.of(0, 1)),
                        new SlurmArray(20, List.of(5)));
        assertThat(new SlurmArray(20, List.of(5)).cells()).containsExactly(25);
    }

    @Test
    void namesAreFoundAgain() {
        SlurmName name = new SlurmName("map-12");
        assertThat(name.offsetOf(name.from(0))).hasValue(0);
        assertThat(name.offsetOf(name.from(2002))).hasValue(2002);
        assertThat(name.offsetOf("map-123")).isEmpty();
        assertThat(name.offsetOf("map")).isEmpty();
    }
}
