package org.autophage.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.autophage.loop.TinyWorld.contents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Progress;
import org.autophage.base.StopSignal;
import org.autophage.data.ImageArchive;
import org.autophage.data.Origins;
import org.autophage.data.SampleKind;
import org.autophage.data.SampleLabels;
import org.autophage.data.TrainingSet;
import org.autophage.loop.TinyWorld.TinyDataset;
import org.autophage.loop.TinyWorld.TinyFamily;
import org.autophage.measure.Composition;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.autophage.measure.Samplings;
import org.autophage.metrics.MetricSuite;
import org.autophage.run.GenerationRecord;
import org.autophage.run.RunFolder;
import org.autophage.run.SeedFolder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopControllerTest {
    @TempDir
    Path folder;

    private static LoopSpec spec(int generations, Memory memory) {
        return LoopSpec.fullySynthetic(generations, 12, 10).within(memory);
    }

    private SeedFolder run(String name, LoopPlan plan, MetricSuite metrics) {
        return run(name, plan, Keep.ALL, metrics);
    }

    private SeedFolder run(String name, LoopPlan plan, Keep keep, MetricSuite metrics) {
        SeedFolder seed = new RunFolder(folder.resolve(name)).seed(0);
        List<GenerationRecord> told = new ArrayList<>();
        FolderLog log = new FolderLog(seed, keep, plan.spec().dataMix().memory(), Duration.ofSeconds(60), "");
        new LoopController(plan, new TinyDataset(100), new TinyFamily(), metrics, Expectation.NOTHING)
                .run(log, Progress.SILENT, StopSignal.NEVER, told::add);
        assertThat(told).isEqualTo(seed.records());
        return seed;
    }

    @Test
    void everyGenerationLeavesItsFilesAndOneRecord() {
        SeedFolder seed = run("run", new LoopPlan(spec(3, new Memory(1)), 0.5, 10), TinyWorld.METRICS);
        assertThat(seed.records()).hasSize(3).allSatisfy(record -> {
            assertThat(record.loop()).isEqualTo("fully-synthetic");
            assertThat(record.bias()).isEqualTo(0.5);
            assertThat(seed.generation(record.generation()).samples()).exists();
            assertThat(seed.generation(record.generation()).grid()).exists();
            assertThat(seed.generation(record.generation()).model()).exists();
        });
        assertThat(seed.generation(3).trainingSet())
                .hasContent("{\"fixedReal\":0,\"freshReal\":0,\"synthetic\":10,"
                        + "\"images\":[{\"generation\":2,\"numbers\":[[0,9]]}]}\n");
        assertThat(seed.checkpoint()).doesNotExist();
    }

    @Test
    void generationOneDependsNeitherOnTheLoopNorOnTheBias() throws IOException {
        LoopSpec augmented = LoopSpec.syntheticAugmentation(1, 12, 10, 4).within(new Memory(2));
        SeedFolder one = run("one", new LoopPlan(spec(1, new Memory(1)), 1, 10), TinyWorld.METRICS);
        SeedFolder other = run("other", new LoopPlan(augmented, 0.5, 10), TinyWorld.METRICS);
        assertThat(one.generation(1).model())
                .hasSameBinaryContentAs(other.generation(1).model());
        assertThat(Files.readString(one.generation(1).trainingSet()))
                .isEqualTo(Files.readString(other.generation(1).trainingSet()));
    }

    @Test
    void samplesThatOnlyTheMetricsAskForDoNotChangeTheLoop() {
        SeedFolder few = run("few", new LoopPlan(spec(3, Memory.ALL), 1, 10), TinyWorld.METRICS);
        SeedFolder many = run("many", new LoopPlan(spec(3, Memory.ALL), 1, 25), TinyWorld.METRICS);
        assertThat(many.generation(3).model())
                .hasSameBinaryContentAs(few.generation(3).model());
        long[] ofMany = contents(ImageArchive.read(many.generation(3).samples()));
        assertThat(ofMany)
                .hasSize(25)
                .startsWith(contents(ImageArchive.read(few.generation(3).samples())));
    }

    @Test
    void otherSamplingSeedsAreMeasuredAndChangeNothingElse() {
        LoopPlan once = new LoopPlan(spec(3, Memory.ALL), 1, 8);
        LoopPlan thrice = new LoopPlan(once.spec(), 1, 8, 3, SampleLabels.BALANCED, SampleKind.IMAGES);
        SeedFolder plain = run("once", once, TinyWorld.METRICS);
        SeedFolder nested = run("thrice", thrice, TinyWorld.METRICS);
        assertThat(nested.generation(3).model())
                .hasSameBinaryContentAs(plain.generation(3).model());
        for (int t = 0; t < 3; t++) {
            Measures alone = plain.records().get(t).measures();
            Measures measured = nested.records().get(t).measures();
            assertThat(measured.values())
                    .containsAllEntriesOf(alone.withoutCosts().values());
            assertThat(Samplings.of(alone, Metrics.FRECHET_DISTANCE)).isEmpty();
            assertThat(Samplings.of(measured, Metrics.FRECHET_DISTANCE))
                    .hasSize(3)
                    .doesNotHaveDuplicates()
                    .startsWith(alone.value(Metrics.FRECHET_DISTANCE).orElseThrow());
        }
    }

    @Test
    void aFigureOfAnotherSamplingSeedThatIsNoNumberEndsTheRun() {
        int[] asked = new int[1];
        MetricSuite broken = generation -> Measures.builder()
                .add(Metrics.FRECHET_DISTANCE, asked[0]++ == 1 ? Double.NaN : 1)
                .build();
        LoopPlan plan = new LoopPlan(spec(2, Memory.ALL), 1, 8, 2, SampleLabels.BALANCED, SampleKind.IMAGES);
        assertThatThrownBy(() -> run("again", plan, broken))
                .hasMessageContaining("frechetDistance.2 is NaN; the model has diverged")
                .hasFieldOrPropertyWithValue("exitCode", ExitCode.DIVERGED);
    }

    @Test
    void keepLastLeavesWhatTheNextGenerationDrawsFrom() {
        SeedFolder seed = run("last", new LoopPlan(spec(4, new Memory(2)), 1, 10), Keep.LAST, TinyWorld.METRICS);
        boolean[] samples = new boolean[4];
        boolean[] models = new boolean[4];
        for (int t = 1; t <= 4; t++) {
            samples[t - 1] = Files.exists(seed.generation(t).samples());
            models[t - 1] = Files.exists(seed.generation(t).model());
            assertThat(seed.generation(t).grid()).exists();
        }
        assertThat(samples).containsExactly(false, false, true, true);
        assertThat(models).containsExactly(true, false, false, true);
    }

    @Test
    void aMetricThatIsNotANumberEndsTheRunAndLeavesNoGeneration() {
        MetricSuite broken = generation ->
                Measures.builder().add(Metrics.FRECHET_DISTANCE, Double.NaN).build();
        assertThatThrownBy(() -> run("nan", new LoopPlan(spec(3, Memory.ALL), 1, 10), broken))
                .isInstanceOf(AutophageException.class)
                .hasMessage("generation 1 of seed 0: frechetDistance is NaN; the model has diverged,"
                        + " and the generation is not recorded")
                .hasFieldOrPropertyWithValue("exitCode", ExitCode.DIVERGED);
        SeedFolder seed = new RunFolder(folder.resolve("nan")).seed(0);
        assertThat(seed.generations()).doesNotExist();
        assertThat(seed.generation(1).path()).doesNotExist();
    }

    @Test
    void aFileWhereTheRunFolderShouldBeIsNamed() throws IOException {
        Files.writeString(folder.resolve("taken"), "a file");
        assertThatThrownBy(() -> run("taken", new LoopPlan(spec(3, Memory.ALL), 1, 10), TinyWorld.METRICS))
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining("taken is a file where a folder is needed")
                .hasFieldOrPropertyWithValue("exitCode", ExitCode.FAILED);
    }

    @Test
    void trainingSetsAreListedInRuns() {
        Origins origins = new Origins(new int[] {0, 0, 0, 1, 1, 1, 1}, new long[] {17, 18, 4, 0, 2, 3, 4});
        TrainingSet training = new TrainingSet(TinyWorld.images(new long[7]), origins, new Composition(3, 0, 4));
        assertThat(TrainingSetFile.toJson(training, 0))
                .isEqualTo("{\"fixedReal\":3,\"freshReal\":0,\"synthetic\":4,\"images\":[{\"real\":[[17,18],4]},"
                        + "{\"generation\":1,\"numbers\":[0,[2,4]]}]}\n");
    }

    @Test
    void fineTuningStartsFromTheModelBefore() throws IOException {
        SeedFolder scratch = run("scratch", new LoopPlan(mix(null, null), 1, 10), TinyWorld.METRICS);
        SeedFolder tuned = run("tuned", new LoopPlan(mix(null, Start.FINE_TUNE), 1, 10), TinyWorld.METRICS);
        SeedFolder named = run("named", new LoopPlan(mix(null, Start.SCRATCH), 1, 10), TinyWorld.METRICS);
        assertThat(tuned.generation(1).model())
                .hasSameBinaryContentAs(scratch.generation(1).model());
        assertThat(Files.readAllBytes(tuned.generation(2).model()))
                .isNotEqualTo(Files.readAllBytes(scratch.generation(2).model()));
        assertThat(named.generation(3).model())
                .hasSameBinaryContentAs(scratch.generation(3).model());
    }

    @Test
    void weightsReachTheTraining() throws IOException {
        SeedFolder equal = run("equal", new LoopPlan(mix(null, null), 1, 10), TinyWorld.METRICS);
        SeedFolder weighted = run("weighted", new LoopPlan(mix(RealWeight.of(0.9), null), 1, 10), TinyWorld.METRICS);
        assertThat(weighted.generation(1).model())
                .hasSameBinaryContentAs(equal.generation(1).model());
        assertThat(Files.readAllBytes(weighted.generation(2).model()))
                .isNotEqualTo(Files.readAllBytes(equal.generation(2).model()));
        assertThat(Files.readString(weighted.generation(2).trainingSet())).contains("\"weightReal\":0.9");
        SeedFolder golden = run("golden", new LoopPlan(mix(RealWeight.GOLDEN, null), 1, 10), TinyWorld.METRICS);
        assertThat(Files.readString(golden.generation(2).trainingSet()))
                .as("2 w² + w = 1 for 5 real and 10 synthetic samples")
                .contains("\"weightReal\":0.5");
    }

    @Test
    void aRunInMemoryIsTheRunInAFolder() {
        LoopPlan plan = new LoopPlan(mix(RealWeight.of(0.5), Start.FINE_TUNE), 0.5, 10);
        MemoryLog log = new MemoryLog(0);
        new LoopController(plan, new TinyDataset(100), new TinyFamily(), TinyWorld.METRICS, Expectation.NOTHING)
                .run(log, Progress.SILENT, StopSignal.NEVER, GenerationObserver.NOBODY);
        SeedFolder folderRun = run("folder", plan, TinyWorld.METRICS);
        assertThat(log.records().stream()
                        .map(record -> record.measures().value(Metrics.FRECHET_DISTANCE))
                        .toList())
                .isEqualTo(folderRun.records().stream()
                        .map(record -> record.measures().value(Metrics.FRECHET_DISTANCE))
                        .toList());
    }

    private static LoopSpec mix(@Nullable RealWeight weightReal, @Nullable Start start) {
        MixSpec mix = new MixSpec(Counts.of(5), Counts.NONE, Counts.ALL, new Memory(1), null, weightReal, start);
        return LoopSpec.mixed(3, 10, 10, mix);
    }
}
