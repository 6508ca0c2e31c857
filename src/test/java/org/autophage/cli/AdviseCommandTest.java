package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.autophage.base.ExitCode;
import org.junit.jupiter.api.Test;

class AdviseCommandTest {
    @Test
    void aSpecIsToldItsQuotasAndWhatItKeepsNow() throws IOException {
        CommandRun advice = CommandRun.of("advise", "experiments/quickstart.yaml");
        assertThat(advice.exitCode()).isEqualTo(ExitCode.DONE.code());
        assertThat(advice.out())
                .startsWith("quickstart: sampling bias 1.0, 2000 samples of the last generation in every training set")
                .containsPattern(
                        "to lose at most 5\\.0% of the variance +real samples +share +squared error of the mean")
                .containsPattern("fresh-data +10 +0\\.50%")
                .contains(
                        "The spec's loop, fully-synthetic with 0 real samples a generation, loses 100.0% in the long run.");
    }

    @Test
    void biasMakesItAShare() throws IOException {
        CommandRun advice = CommandRun.of(
                "advise",
                "experiments/mnist-fresh-data-small.yaml",
                "sampling.bias=0.8",
                "loop.synthetic=1000000",
                "--loss",
                "0.05");
        assertThat(advice.out()).containsPattern("fresh-data +38\\d{5} +79\\.2%");
    }

    @Test
    void figuresAreThereForPrograms() throws IOException {
        CommandRun advice = CommandRun.of("advise", "experiments/quickstart.yaml", "--json", "--loss", "0.01");
        assertThat(advice.out())
                .startsWith(
                        "{\"name\":\"quickstart\",\"bias\":1.0,\"synthetic\":2000,\"loss\":0.01,\"fresh-data\":{\"real\":");
    }

    @Test
    void whatItDoesNotKnowIsSaid() throws IOException {
        assertThat(CommandRun.of("advise", "experiments/gaussian-accumulate.yaml")
                        .err())
                .contains(
                        "loop.kind is accumulate: advise knows fully-synthetic, synthetic-augmentation and fresh-data");
        assertThat(CommandRun.of("advise", "experiments/quickstart.yaml", "loop.memory=3")
                        .err())
                .contains(
                        "loop.memory is 3: advise knows loops that take samples of the last generation alone, memory 1");
        assertThat(CommandRun.of("advise", "experiments/compare-loops.yaml").err())
                .contains("a sweep has many loops: advise takes the spec of one");
        CommandRun wrong = CommandRun.of("advise", "experiments/quickstart.yaml", "--loss", "1");
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(wrong.err()).contains("--loss is 1.0: must be in (0, 1)");
        assertThat(CommandRun.of("advise", "experiments/quickstart.yaml", "loop.synthetic=0")
                        .err())
                .contains("loop.synthetic is 0: must be at least 1");
    }
}
