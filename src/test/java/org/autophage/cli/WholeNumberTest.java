package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.autophage.base.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of options and of a network's size, before anything runs. */
class WholeNumberTest {
    @Test
    void areTakenAsInASpec() {
        CommandRun run = CommandRun.of("validate", "experiments/gaussian-replace.yaml", "--seed", "1e3", "--seed=7.0");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("seeds: [1000, 7]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "1e19", "1e999999999", "-1e30", "x", "", "1_000", "0x10", "NaN", "٣.٥"})
    void orRefusedInALine(String number) {
        CommandRun run = CommandRun.of("validate", "experiments/gaussian-replace.yaml", "--seed=" + number);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(run.err()).contains("--seed", "'" + number + "' is no whole number that fits");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model.channels=2147483644",
                "model.channels=1e5",
                "model.blocks=1e4",
                "model.multipliers=[1,1000]",
                "model.multipliers=[1,1,1,1,1,1,1,1,1,1,1]"
            })
    void networksThatNobodyMeansAreRefused(String override) {
        CommandRun run = CommandRun.of("validate", "experiments/strokes-vae.yaml", "model={kind: diffusion}", override);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(run.err())
                .contains(override.substring(0, override.indexOf('=')))
                .contains("must be");
    }

    @Test
    void validMeansThatTheModelCanBeBuilt() {
        CommandRun run = CommandRun.of(
                "validate",
                "experiments/strokes-vae.yaml",
                "model={kind: diffusion, channels: 16384, multipliers: [8, 8]}");
        assertThat(run.exitCode()).as(run.out()).isEqualTo(ExitCode.USAGE.code());
        assertThat(run.err()).contains("parameters, which is more than can be trained");
    }
}
