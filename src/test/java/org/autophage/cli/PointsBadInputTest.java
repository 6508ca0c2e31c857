package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with an experiment on points: one line, the contract's exit code, and no generation. */
class PointsBadInputTest {
    private static final String GOOD =
            """
            device: cpu
            dataset: {kind: points, distribution: blobs, holdout: 50}
            model: {kind: mixture, components: 3}
            loop: {kind: fully-synthetic, generations: 2, initial: 60, synthetic: 60}
            metrics: {samples: 20}
            """;

    @TempDir
    private Path folder;

    private Path spec;

    @BeforeEach
    void writeSpec() throws IOException {
        spec = Files.writeString(folder.resolve("good.yaml"), GOOD);
    }

    private CommandRun run(List<String> overrides) {
        List<String> arguments = new ArrayList<>(
                List.of("run", spec.toString(), "--runs", folder.resolve("runs").toString()));
        arguments.addAll(overrides);
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    /** Known before anything is trained: nothing is on disk. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dataset.dimensions=0         | dataset.dimensions is 0: must be from 1 to 1000000",
                "dataset.replicas=0           | dataset.replicas is 0: must be from 1 to 1000000",
                "dataset.holdout=0            | dataset.holdout is 0: must be from 1 to 1000000",
                "dataset.distribution=spiral  | dataset.distribution is \"spiral\": must be one of gaussian, grid, rosenbrock",
                "dataset={kind: points, distribution: grid, dimensions: 3} | dataset.dimensions is 3: grid exists in 2 only",
                "loop.initial=0               | loop.initial is 0: must be at least 1",
                "loop.synthetic=0             | leaves generation 2 without",
                "model={kind: kernel, bandwidth: 0}     | model.bandwidth is 0: must be a positive number, scott or silverman",
                "model={kind: kernel, bandwidth: -.5}   | model.bandwidth is -0.5: must be a positive number",
                "model={kind: kernel, bandwidth: scot}  | model.bandwidth is scot: must be a positive number, scott or silverman",
                "model={kind: mixture, components: 0}   | model.components is 0: must be at least 1",
                "model={kind: flow, couplings: 1}       | model.couplings is 1: must be from 2 to 256",
                "model={kind: diffusion}      | model.kind is diffusion, which learns images, but the dataset has points in 2 dimensions",
                "dataset={kind: strokes, size: 16, holdout: 50} | model.kind is mixture, which learns points, but the dataset has images",
                "sampling.sampler=ddim        | sampling.sampler is ddim: model.kind mixture is drawn from directly",
                "loop.mix={freshReal: -1}     | loop.mix.freshReal is -1: must be at least 0",
                "loop.mix={synthetic: all}    | loop.mix is given: loop.kind is fully-synthetic, and the key is only of mix; leave the key out",
            })
    void ofASpec(String override, String message) {
        CommandRun command = run(List.of(override));
        assertThat(command.err().lines())
                .singleElement()
                .asString()
                .startsWith("autophage: ")
                .contains(message);
        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dataset={kind: points, distribution: gaussian, dimensions: 1}; model={kind: flow} | dataset.dimensions is 1: must be at least 2, for a coupling of model.kind flow",
                "dataset={kind: strokes, size: 16, holdout: 50}; model={kind: kernel} | model.kind is kernel, which learns points",
                "dataset={kind: strokes, size: 16, holdout: 50}; model={kind: flow} | model.kind is flow, which learns points",
                "loop.initial=2; loop.synthetic=20 | loop.initial is 2, which leaves generation 1 with 2 samples to learn from: this model needs at least 3",
                "model={kind: kernel}; loop.initial=1 | loop.initial is 1, which leaves generation 1 with 1 sample to learn from: this model needs at least 2",
                "model={kind: flow, steps: 1}; loop.initial=1 | loop.initial is 1, which leaves generation 1 with 1 sample",
                "model={kind: gaussian}; loop.synthetic=1 | loop.synthetic is 1, which leaves generation 2 with 1 sample",
            })
    void ofDatasetAndModelTogether(String overrides, String message) {
        CommandRun command = run(List.of(overrides.split("; ", -1)));
        assertThat(command.err().lines()).singleElement().asString().contains(message);
        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    /** Known when the metrics are opened. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dataset.holdout=5 | dataset.holdout is 5: must be at least 6, one more than metrics.neighbours",
            })
    void ofTheMetrics(String overrides, String message) {
        CommandRun command = run(List.of(overrides.split("; ", -1)));
        assertThat(command.err().lines()).last().asString().contains(message);
        assertThat(command.exitCode()).isEqualTo(2);
    }

    /** No more points than dimensions: every family draws, and records have no likelihood where there is none. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model={kind: gaussian}                       | false",
                "model={kind: kernel}                         | false",
                "model={kind: kernel, bandwidth: 0.5}         | true",
                "model={kind: mixture, components: 2}         | true",
                "model={kind: flow, steps: 5}                 | true",
            })
    void fewPointsAreLegal(String model, boolean likelihood) throws IOException {
        CommandRun command = run(List.of(
                model,
                "name=few",
                "dataset={kind: points, distribution: gaussian, dimensions: 4}",
                "loop.initial=3",
                "loop.synthetic=3"));
        assertThat(command.exitCode()).describedAs(command.err()).isZero();
        try (var files = Files.walk(folder.resolve("runs"))) {
            Path records = files.filter(file -> file.endsWith("generations.jsonl"))
                    .findFirst()
                    .orElseThrow();
            assertThat(Files.readAllLines(records)).hasSize(2).allSatisfy(line -> {
                assertThat(line.contains("logLikelihood")).isEqualTo(likelihood);
                assertThat(line).doesNotContain("NaN", "Infinity");
            });
        }
    }

    /** Through the command line; {@code MixtureTest} has the quick one. */
    @Test
    @Tag("slow")
    void aDyingComponentEndsTheRunWithDivergence() {
        // far too many components for points that no longer vary
        CommandRun command = run(List.of(
                "model={kind: mixture, components: 40, regularization: 1.0e-9, iterations: 500, tolerance: 0}",
                "loop.generations=60"));
        assertThat(command.err().lines()).last().asString().contains("component", "has died", "model.deadComponents");
        assertThat(command.exitCode()).isEqualTo(4);
    }
}
