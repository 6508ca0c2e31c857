package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.autophage.experiment.ExperimentInputs;
import org.autophage.experiment.ExperimentSpec;
import org.autophage.planning.ExperimentPlan;
import org.autophage.planning.ExperimentPlan.Estimate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan says how each of its figures is known. */
class PlanCommandTest {
    private static final String LARGE =
            "{device: cpu, dataset: {kind: strokes}, loop: {kind: fully-synthetic, generations: 2, initial: 300, synthetic: 300},"
                    + " model: {kind: vae, steps: 100000, batch: 256}, sampling: {chunk: 50}}";

    @TempDir
    private Path folder;

    private Estimate estimate(String yaml, double seconds) throws IOException {
        Path file = Files.writeString(folder.resolve("spec.yaml"), yaml);
        ExperimentInputs inputs = ExperimentInputs.open(ExperimentSpec.read(file, List.of()));
        Estimate estimate = ExperimentPlan.of(inputs, seconds).estimate();
        assertThat(estimate).isNotNull();
        return estimate;
    }

    @Test
    void withoutTimeNothingIsKnown() throws IOException {
        Estimate estimate = estimate(LARGE, 0.001);
        assertThat(estimate.trainSeconds().isKnown()).isFalse();
        assertThat(estimate.sampleSeconds().basis()).isEqualTo("nothing ended in time");
        assertThat(PlanCommand.time(estimate.trainSeconds())).isEqualTo("unknown");
        assertThat(PlanCommand.megabytes(estimate.diskBytes())).isEqualTo("unknown");
    }

    @Test
    void asManySamplesAsThereAreAreTimedWithTime() throws IOException {
        CommandRun plan = CommandRun.of("plan", "experiments/gaussian-replace.yaml", "loop.generations=2");
        assertThat(plan.out())
                .containsPattern("training +\\d+:\\d\\d +measured")
                .containsPattern("sampling +\\d+:\\d\\d +measured")
                .containsPattern("disk +[\\d.]+ MB +measured");
    }

    @Test
    void trainingThatMayEndEarlyIsPlannedAtMost() throws IOException {
        CommandRun plan = CommandRun.of(
                "plan",
                "experiments/strokes-vae.yaml",
                "model.earlyStopping.every=10",
                "model.steps=40",
                "model.batch=4",
                "loop.initial=40",
                "loop.synthetic=40",
                "loop.generations=2");
        assertThat(plan.exitCode()).as(plan.err()).isZero();
        assertThat(plan.out())
                .containsPattern("2 +0 +0 +40 +40 +at most 40 ")
                .containsPattern("training +\\d+:\\d\\d .*; at most: early stopping may end it sooner");
    }
}
