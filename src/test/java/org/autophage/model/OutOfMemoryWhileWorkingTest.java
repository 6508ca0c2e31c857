package org.autophage.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Phase;
import org.autophage.base.Progress;
import org.autophage.base.Seeds;
import org.autophage.base.StopSignal;
import org.autophage.base.Work;
import org.autophage.data.ImageShape;
import org.autophage.model.ModelSpec.Optimization;
import org.autophage.model.NetworkTraining.Network;
import org.autophage.model.NetworkTraining.Watch;
import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.LearningRate;
import org.autophage.program.OnCpu;
import org.autophage.program.Program;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.Value;
import org.autophage.run.FileCheckpointStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** libtorch really refuses: the program that is run asks for more memory than any machine can address. */
class OutOfMemoryWhileWorkingTest extends OnCpu {
    private static final Seeds SEEDS = new Seeds(0);

    @TempDir
    Path folder;

    private Work work() {
        return new Work(Progress.SILENT, new FileCheckpointStore(folder, 2, Duration.ZERO), StopSignal.NEVER);
    }

    /** {@code greedy(x)}: 2^50 copies of x. */
    private static Program greedy() {
        Graph graph = new Graph("greedy");
        Value x = graph.input("x", Graph.ANY);
        graph.returns(Functional.repeat(x, 1L << 50));
        return new Program(device, graph);
    }

    @Test
    void trainingNamesTheBatchAndKeepsItsCheckpoint() throws IOException {
        try (Program greedy = greedy()) {
            NetworkTraining training = new NetworkTraining(
                    device,
                    new Optimization(10, 6),
                    LearningRate.cosine(1e-3, 10),
                    "images",
                    new Watch(List.of("loss"), 1, curve -> Optional.empty()));
            assertThatThrownBy(() -> training.run(
                            List.of(new Network("", seed -> new float[] {1, 2})),
                            20,
                            scope -> (call, states, rate, number, positions) ->
                                    number < 4 ? List.of(call.zeros(1)) : greedy.run(call, "greedy", call.zeros(1)),
                            SEEDS,
                            2,
                            work()))
                    .isInstanceOfSatisfying(AutophageException.class, e -> assertThat(e.exitCode())
                            .isEqualTo(ExitCode.FAILED))
                    .hasMessageMatching("out of memory on cpu in step 5 of training generation 2 with model\\.batch 6"
                            + " \\(asked for [\\d.]+ GiB\\): try model\\.batch=3, or free memory and resume .*")
                    .message()
                    .hasLineCount(1);
        }
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).isNotEmpty();
        }
        assertThat(work().checkpoints().latest("train")).isPresent();
    }

    @Test
    void samplingNamesTheChunk() {
        try (Program greedy = greedy();
                Scope scope = device.newScope()) {
            ImageSampling sampling = new ImageSampling(device, new ImageShape(2, 1, 10), 8);
            assertThatThrownBy(
                            () -> sampling.run(20, SEEDS.stream(1, Phase.SAMPLE), Work.UNATTENDED, (first, labels) -> {
                                List<Tensor> drawn = greedy.run(scope, "greedy", scope.zeros(1));
                                return drawn.get(0).toBytes();
                            }))
                    .isInstanceOf(AutophageException.class)
                    .message()
                    .startsWith("out of memory on cpu drawing samples with sampling.chunk 8 (asked for ")
                    .contains("try sampling.chunk=4");
        }
    }
}
