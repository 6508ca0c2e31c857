package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.autophage.base.FolderLock;
import org.autophage.program.Device;
import org.autophage.run.RunFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong with a run's input is one line, the contract's exit code, and nothing on disk. */
class BadInputTest {
    private static final String GOOD =
            """
            dataset: {kind: strokes, size: 16, holdout: 50}
            model: {kind: diffusion, steps: 1, batch: 4, channels: 8}
            loop: {kind: fully-synthetic, generations: 2, initial: 20, synthetic: 20}
            metrics: {samples: 20}
            """;

    @TempDir
    private Path folder;

    private Path spec;
    private Path runs;

    @BeforeEach
    void writeSpec() throws IOException {
        spec = Files.writeString(folder.resolve("good.yaml"), GOOD);
        runs = folder.resolve("runs");
    }

    private CommandRun run(String... overrides) {
        List<String> arguments = new ArrayList<>(List.of("run", spec.toString(), "--runs", runs.toString()));
        arguments.addAll(List.of(overrides));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private void assertRefused(CommandRun command, int exitCode, String... parts) {
        assertThat(command.err().lines())
                .singleElement()
                .asString()
                .startsWith("autophage: ")
                .contains(parts);
        assertThat(command.exitCode()).isEqualTo(exitCode);
        assertThat(command.out()).isEmpty();
        assertThat(runs).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "loop.generation=3    | unknown key loop.generation; the nearest key is loop.generations",
                "modle.steps=3        | unknown key modle; the nearest key is model",
                "model.timestep=3     | unknown key model.timestep; the nearest key is model.timesteps",
                "model.steps=many     | model.steps is \"many\": must be a whole number",
                "model.steps=1.5      | model.steps is 1.5: must be a whole number",
                "seeds=1              | seeds is 1: must be a list, such as [0, 1]",
                "seeds=[]             | seeds is []: must have at least one seed, such as [0]",
                "seeds=[-1]           | seeds[0] is -1: must be at least 0",
                "remedies=[{kind: sure, keep: 2}] | remedies[0].keep is 2.0: must be in [0.001, 1], the share of the draws",
                "loop={kind: mix, mix: {fixedReal: some}} | loop.mix.fixedReal is some: must be a whole number, a list",
                "seeds=[1, 1]         | seeds is [1, 1]: no seed can come twice",
                "loop.initial=-5      | loop.initial is -5: must be at least 1",
                "loop.synthetic=-5    | loop.synthetic is -5: must be at least 0",
                "model.batch=0        | model.batch is 0: must be at least 1",
                "sampling.bias=0      | sampling.bias is 0.0: must be in (0, 1]",
                "sampling.bias=1.01   | sampling.bias is 1.01: must be in (0, 1]",
                "sampling.bias=.nan   | sampling.bias is",
                "loop.kind=replace    | loop.kind is replace: must be one of fully-synthetic, synthetic-augmentation",
                "dataset.kind=cifar   | dataset.kind is cifar: must be one of strokes, mnist",
                "keep=some            | keep is \"some\": must be one of all, last",
                "device=tpu           | device is tpu: must be auto, cpu, gpu or gpu:N",
                "name=a/b             | name is \"a/b\": must be at most",
                "loop.memory=some     | loop.memory",
                "dataset.size=18      | dataset.size is 18",
                "bias                 | \"bias\" is no override: must be key=value",
            })
    void ofASpec(String override, String message) {
        assertRefused(run(override), 2, message);
    }

    @Test
    void realImagesBeyondThoseOfTheFirstGeneration() {
        assertRefused(
                run("loop={kind: synthetic-augmentation, initial: 20, synthetic: 20, real: 21}"),
                2,
                "loop.real is 21",
                "20");
    }

    @Test
    void aMissingDatasetFolder() {
        assertRefused(run("dataset={kind: mnist, path: /no/such/folder}"), 2, "/no/such/folder");
    }

    @Test
    void aCorruptDatasetFile() throws IOException {
        Path broken = Files.createDirectory(folder.resolve("broken"));
        for (String name : List.of("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")) {
            Files.writeString(broken.resolve(name + "-ubyte"), "not a dataset");
        }
        assertRefused(run("dataset={kind: mnist, path: " + broken + "}"), 2, broken.toString());
    }

    @Test
    void aMissingSpec() {
        spec = folder.resolve("missing.yaml");
        assertRefused(run(), 2, spec + ": no such file");
    }

    @Test
    void brokenYamlNamesItsLine() throws IOException {
        Files.writeString(spec, GOOD + "loop: {}\n");
        assertRefused(run(), 2, spec + ", line 5", "found duplicate key loop");
    }

    @Test
    void aGpuThatIsNotThere() {
        assumeTrue(Device.gpuCount() == 0, "this machine has a GPU");
        assertRefused(run("device=gpu"), 3, "device is 'gpu' but libtorch sees no GPU");
    }

    @Test
    void aRunsFolderThatCannotBe() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        CommandRun command = CommandRun.of("run", spec.toString(), "--runs", file.toString());
        assertThat(command.exitCode()).isEqualTo(1);
        assertThat(command.err().lines()).singleElement().asString().contains(file.toString());
    }

    @Test
    void aRunThatAnotherProcessHolds() {
        try (FolderLock lock = new RunFolder(runs.resolve("good")).lock()) {
            CommandRun command = run();
            assertThat(command.exitCode()).isEqualTo(1);
            assertThat(command.err().lines()).singleElement().asString().contains("is locked by");
            assertThat(lock).isNotNull();
        }
        assertThat(runs.resolve("good/experiment.yaml")).doesNotExist();
    }

    @Test
    void aRunFolderThatIsNone() {
        for (String command : List.of("resume", "report")) {
            CommandRun wrong = CommandRun.of(command, folder.toString());
            assertThat(wrong.exitCode()).isEqualTo(2);
            assertThat(wrong.err().lines()).singleElement().asString().contains(folder + " is not a run folder");
        }
    }

    @Test
    void aComparisonOfOne() {
        CommandRun wrong = CommandRun.of("compare", folder.toString());
        assertThat(wrong.exitCode()).isEqualTo(2);
    }
}
