package org.autophage.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Work;
import org.autophage.experiment.ExperimentSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepSpecTest {
    private static final String BASE =
            """
            dataset: {kind: points, distribution: gaussian, dimensions: 2}
            model: {kind: gaussian}
            loop: {kind: fresh-data, generations: 3, initial: 20, real: 20, synthetic: 30}
            """;

    @TempDir
    private Path folder;

    private SweepSpec read(String sweep, String... overrides) {
        return SweepSpec.read(file(sweep), List.of(overrides));
    }

    private Path file(String sweep) {
        try {
            return Files.writeString(folder.resolve("map.yaml"), BASE + sweep);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertRefused(String sweep, String... parts) {
        assertThatThrownBy(() -> read(sweep))
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageContainingAll(parts)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void cellsAreAllCombinationsTheLastKeyChangingFastest() {
        SweepSpec sweep = read("sweep: {sampling.bias: [0.7, 1.0], loop.synthetic: [30, 60]}");
        assertThat(sweep.name()).isEqualTo("map");
        assertThat(sweep.cells())
                .extracting(SweepCell::name)
                .containsExactly(
                        "loop.synthetic=30,sampling.bias=0.7",
                        "loop.synthetic=60,sampling.bias=0.7",
                        "loop.synthetic=30,sampling.bias=1.0",
                        "loop.synthetic=60,sampling.bias=1.0");
        ExperimentSpec second = sweep.cells().get(1).spec();
        assertThat(second.name()).isEqualTo("map,loop.synthetic=60,sampling.bias=0.7");
        assertThat(second.loop().synthetic()).isEqualTo(60);
        assertThat(second.sampling().bias()).isEqualTo(0.7);
        assertThat(second.loop().initial()).isEqualTo(20);
    }

    @Test
    void nestedKeysAreTheSameAsDottedOnes() {
        assertThat(read("sweep: {loop: {synthetic: [30, 60]}}").cells())
                .isEqualTo(read("sweep: {loop.synthetic: [30, 60]}").cells());
    }

    @Test
    void aRangeIsTheListOfItsNumbers() {
        SweepSpec ranges = read("sweep: {loop: {synthetic: {from: 30, to: 60, step: 30}}, "
                + "sampling.bias: {from: 0.5, to: 1.0, count: 3}}");
        assertThat(ranges.cells())
                .isEqualTo(read("sweep: {loop.synthetic: [30, 60], sampling.bias: [0.5, 0.75, 1.0]}")
                        .cells());
        assertThat(ranges.toYaml()).contains("loop.synthetic: [30, 60]");
        assertThat(ranges.isOver("loop.synthetic")).isTrue();
        assertThat(ranges.isOver("device")).isFalse();
    }

    @Test
    void aMappingIsKeysThatChangeTogetherAndLeavesTheOthers() {
        SweepSpec sweep =
                read("sweep: {loop: [{kind: fresh-data, real: 10}, {kind: accumulate, real: null, memory: null}]}");
        assertThat(sweep.cells())
                .extracting(SweepCell::name)
                .containsExactly(
                        "loop.kind=fresh-data,loop.real=10", "loop.kind=accumulate,loop.memory=null,loop.real=null");
        assertThat(sweep.cells())
                .extracting(cell -> cell.spec().loop().synthetic())
                .containsExactly(30, 30);
        assertThat(sweep.cells()).extracting(cell -> cell.spec().loop().real()).containsExactly(10, null);
        assertThatThrownBy(() -> read("sweep: {loop: [{kind: fresh-data}, {kind: accumulate}]}", "loop.kind=mix"))
                .hasMessageContaining("override loop.kind=\"mix\"");
        assertThat(read("sweep: {loop: [{real: 10}, {real: 15}]}", "loop.generations=7")
                        .cells())
                .extracting(cell -> cell.spec().loop().generations())
                .containsExactly(7, 7);
    }

    @Test
    void whatIsWrittenGivesTheSameCells() throws IOException {
        SweepSpec sweep = read("sweep: {loop.synthetic: [30, 60], sampling.bias: [0.5]}", "loop.initial=25");
        assertThat(sweep.name()).isEqualTo("map,loop.initial=25");
        Path written = Files.writeString(folder.resolve("sweep.yaml"), sweep.toYaml());
        assertThat(SweepSpec.read(written, List.of()).cells()).isEqualTo(sweep.cells());
    }

    @Test
    void overridesReachEveryCellAndTheSweepItself() {
        SweepSpec sweep = read("sweep: {loop.synthetic: [30, 60]}", "sweep.loop.synthetic=[40]", "dataset.replicas=4");
        assertThat(sweep.cells()).extracting(SweepCell::name).containsExactly("loop.synthetic=40");
        assertThat(sweep.name()).isEqualTo("map,dataset.replicas=4,sweep.loop.synthetic=40");
    }

    @Test
    void anOverrideOfASweptKeyIsRefused() {
        assertThatThrownBy(() -> read("sweep: {loop.synthetic: [30, 60]}", "loop.synthetic=40"))
                .hasMessageContaining("override loop.synthetic=40")
                .hasMessageContaining("sweep.loop.synthetic='[...]'");
    }

    @Test
    void everyValueOfAListIsACellOfItsOwnEvenIfItIsNoArmOfARun() {
        assertThat(read("sweep: {seeds: [[0], [1, 2]], loop.generations: [2]}").cells())
                .extracting(SweepCell::name)
                .containsExactly("loop.generations=2,seeds=0", "loop.generations=2,seeds=1+2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sweep: {}                                  | sweep is {}: must be a mapping",
                "sweep: [1]                                 | sweep is [1]: must be a mapping",
                "sweep: {sampling.bias: []}                 | sweep.sampling.bias is []: must have at least one value",
                "sweep: {sampling.bias: 0.5}                | sweep.sampling.bias is 0.5: must be a list",
                "sweep: {sampling.bias: [0.5, 0.5]}         | sweep.sampling.bias has 0.5 and 0.5, which would share",
                "sweep: {loop: [{real: 9}], loop.real: [8]} | sweep sets loop.real under loop and again under loop.real",
                "sweep: {name: [a, b]}                      | sweep.name: this key cannot be swept over",
                "sweep: {sampling..bias: [1]}               | sweep.sampling..bias is no key",
                "sweep: {sampling.bais: [0.5]}              | unknown key sampling.bais; the nearest key is sampling.bias",
                "sweep: {sampling.bias: [0.5, 0]}           | cell sampling.bias=0: sampling.bias is 0.0: must be in (0, 1]",
                "sweep: {loop.kind: [half]}                 | cell loop.kind=half: loop.kind",
                "sweep: {loop.synthetic: [30, many]}        | cell loop.synthetic=many: loop.synthetic is",
            })
    void whatIsNotPossibleIsRefusedByName(String sweep, String message) {
        assertRefused(sweep, folder.resolve("map.yaml").toString(), message);
    }

    @Test
    void tooManyCellsAreASlip() {
        String hundreds = IntStream.rangeClosed(1, 101).boxed().toList().toString();
        assertRefused(
                "sweep: {loop.synthetic: " + hundreds + ", loop.initial: " + hundreds + "}",
                "10201 combinations",
                "at most 10000");
    }

    @Test
    void aCellThatCannotRunIsNamed() {
        SweepSpec sweep = read("sweep: {dataset.kind: [points, strokes]}", "dataset={holdout: 10}");
        assertThatThrownBy(() -> sweep.cells().forEach(cell -> cell.open(Work.UNATTENDED)))
                .isInstanceOf(AutophageException.class)
                .hasMessageStartingWith("cell dataset.kind=strokes: ");
    }

    @Test
    void runRefusesASweepAndSweepASingleExperiment() {
        assertThatThrownBy(() -> ExperimentSpec.read(file("sweep: {seeds: [[0]]}"), List.of()))
                .hasMessageContaining("has a section sweep")
                .hasMessageContaining("autophage sweep");
        assertRefused("", "has no section sweep");
    }
}
