package org.autophage.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.autophage.base.AutophageException;
import org.autophage.base.MemoryDisk;
import org.autophage.base.Phase;
import org.autophage.base.Progress;
import org.autophage.base.Seeds;
import org.autophage.base.StopSignal;
import org.autophage.base.Work;
import org.autophage.data.Origins;
import org.autophage.data.SampleArchive;
import org.autophage.data.Samples;
import org.autophage.data.TrainingSet;
import org.autophage.loop.MortalDisk.Killed;
import org.autophage.loop.TinyWorld.TinyDataset;
import org.autophage.loop.TinyWorld.TinyFamily;
import org.autophage.measure.Composition;
import org.autophage.measure.Metrics;
import org.autophage.model.GenerativeModel;
import org.autophage.run.GenerationRecord;
import org.autophage.run.RecordChecksum;
import org.autophage.run.RunFolder;
import org.autophage.run.SeedFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What stands in the doors of a loop sees every draw it asks for, changes no count, and loses nothing to a kill. */
class StagesTest {
    private static final long SEED = 4;
    private static final int GIVEN = 8;
    private static final int MEASURED = 11;
    private static final LoopSpec LOOP = LoopSpec.fullySynthetic(3, 12, GIVEN).within(new Memory(2));

    @TempDir(factory = MemoryDisk.class)
    Path folder;

    /** Takes every so many-th draw, in requests of three, so that blocks are asked for in parts. */
    private static PoolStage every(int step) {
        return (draws, turn) -> new Draws() {
            private int taken;

            @Override
            public Given next(int count) {
                Given all = draws.next(3);
                int[] chosen = {0};
                while (chosen.length < count) {
                    all = joined(all, draws.next(3));
                    chosen = IntStream.range(0, all.count())
                            .filter(i -> i % step == 0)
                            .limit(count)
                            .toArray();
                }
                taken += chosen.length;
                return all.select(chosen);
            }

            @Override
            public Map<String, Number> told() {
                return Map.of("taken", taken);
            }
        };
    }

    private static Given joined(Given first, Given second) {
        long[] draws = LongStream.concat(
                        IntStream.range(0, first.count()).mapToLong(first::draw),
                        IntStream.range(0, second.count()).mapToLong(second::draw))
                .toArray();
        return new Given(Samples.concatenate(List.of(first.samples(), second.samples())), draws);
    }

    /** Trains again, on samples of the model itself, with checkpoints of its own. */
    private static final ModelStage AGAIN = (trained, turn) -> {
        Samples own = trained.sample(7, 1, turn.stream(Phase.TRANSFORM), turn.work());
        TrainingSet set = new TrainingSet(
                own, new Origins(new int[7], LongStream.range(0, 7).toArray()), new Composition(0, 0, 7));
        Seeds seeds = new Seeds(turn.stream(Phase.TRANSFORM).of(1));
        GenerativeModel model = new TinyFamily().train(set, trained, seeds, turn.generation(), turn.work());
        trained.close();
        return new ModelStage.Outcome(model, Map.of("samples", 7));
    };

    /** As many draws as come after one that generation 1's model says, at a place of its own. */
    private static final PoolStage AFTER_FIRST = (draws, turn) -> {
        long state = ((TinyWorld.TinyModel) turn.models().first()).state();
        draws.next(1
                + (int) Long.remainderUnsigned(state, 5)
                + (int) Long.remainderUnsigned(turn.stream(Phase.SELECT).of(0), 3));
        return draws;
    };

    private static Map<String, PoolStage> afterFirst() {
        Map<String, PoolStage> stages = new LinkedHashMap<>();
        stages.put("after-first", AFTER_FIRST);
        stages.put("third", every(3));
        return stages;
    }

    /** Keeps every other sample, from a random one of the first two on, and the last one twice. */
    private static final SetStage OTHERS = (set, turn, random) -> {
        int first = random.random(0).nextInt(2);
        int last = set.samples().count() - 1;
        int[] others = IntStream.concat(IntStream.range(0, last).filter(i -> i % 2 == first), IntStream.of(last, last))
                .toArray();
        return new SetStage.Choice(others, Map.of("first", first));
    };

    private static final Stages ALL = new Stages(Map.of("again", AGAIN), afterFirst(), Map.of("others", OTHERS));

    private static void run(Path runFolder, Stages stages, Keep keep, Duration checkpoints) {
        FolderLog log = new FolderLog(
                new RunFolder(runFolder).seed(SEED), keep, LOOP.dataMix().memory(), checkpoints, "0123456789abcdef");
        new LoopController(
                        new LoopPlan(LOOP, 0.5, MEASURED),
                        new TinyDataset(50),
                        new TinyFamily(),
                        trainer -> trainer,
                        stages,
                        TinyWorld.METRICS,
                        Expectation.NOTHING)
                .run(log, Progress.SILENT, StopSignal.NEVER, GenerationObserver.NOBODY);
    }

    private SeedFolder run(String name, Stages stages) {
        run(folder.resolve(name), stages, Keep.ALL, Duration.ofSeconds(60));
        return new RunFolder(folder.resolve(name)).seed(SEED);
    }

    private static Stages ofPool(PoolStage... stages) {
        Map<String, PoolStage> named = new LinkedHashMap<>();
        for (PoolStage stage : stages) {
            named.put("stage" + named.size(), stage);
        }
        return new Stages(Map.of(), named);
    }

    @Test
    void aPoolStageChoosesAmongDrawsThatGoOn() throws IOException {
        SeedFolder open = run("open", Stages.NONE);
        SeedFolder chosen = run("chosen", ofPool(every(3)));

        // generation 1's model is the same; its first eleven draws are what the open loop drew
        long[] drawn = TinyWorld.contents(SampleArchive.read(open.generation(1).samples()));
        long[] given =
                TinyWorld.contents(SampleArchive.read(chosen.generation(1).samples()));
        assertThat(drawn).hasSize(MEASURED);
        assertThat(given).hasSize(GIVEN).startsWith(drawn[0], drawn[3], drawn[6], drawn[9]);
        assertThat(LongStream.of(given).distinct().count()).isEqualTo(GIVEN);
        assertThat(Files.readString(chosen.generation(1).draws()))
                .startsWith("{\"draws\":[0,3,6,9,12,15,18,21],\"checksum\":");
        assertThat(open.generation(1).draws()).doesNotExist();

        assertThat(Files.readString(chosen.generation(2).trainingSet()))
                .contains("{\"generation\":1,\"numbers\":[[0,7]],\"draws\":[0,3,6,9,12,15,18,21]}");
        assertThat(Files.readString(open.generation(2).trainingSet())).doesNotContain("draws");
    }

    @Test
    void theModelIsMeasuredByItsOwnDraws() {
        SeedFolder open = run("open", Stages.NONE);
        SeedFolder chosen = run("chosen", ofPool(every(3)));
        GenerationRecord first = chosen.records().get(0);
        assertThat(first.samples()).hasValue(MEASURED);
        assertThat(first.measures().value(Metrics.FRECHET_DISTANCE))
                .isEqualTo(open.records().get(0).measures().value(Metrics.FRECHET_DISTANCE));
        assertThat(first.measures().toMap()).containsEntry("remedies", Map.of("stage0", Map.of("taken", GIVEN)));
        assertThat(first.measures().values()).as("no metrics").doesNotContainKey("remedies.stage0.taken");
        GenerationRecord second = chosen.records().get(1);
        assertThat(second.trainingSet()).isEqualTo(open.records().get(1).trainingSet());
        assertThat(second.measures().value(Metrics.FRECHET_DISTANCE))
                .isNotEqualTo(open.records().get(1).measures().value(Metrics.FRECHET_DISTANCE));
    }

    @Test
    void stagesNestInTheirOrder() throws IOException {
        SeedFolder chosen = run("nested", ofPool(every(2), every(3)));
        assertThat(Files.readString(chosen.generation(1).draws()))
                .startsWith("{\"draws\":[0,6,12,18,24,30,36,42],\"checksum\":");
    }

    @Test
    void aStageThatTakesAllInTurnIsAnOpenDoor() throws IOException {
        SeedFolder open = run("open", Stages.NONE);
        SeedFolder all = run("all", ofPool(every(1)));
        assertThat(all.generation(3).draws()).doesNotExist();
        for (int t = 1; t <= 3; t++) {
            assertThat(all.records().get(t - 1).measures().value(Metrics.FRECHET_DISTANCE))
                    .isEqualTo(open.records().get(t - 1).measures().value(Metrics.FRECHET_DISTANCE));
            assertThat(Files.readString(all.generation(t).trainingSet()))
                    .isEqualTo(Files.readString(open.generation(t).trainingSet()));
        }
    }

    @Test
    void aModelStageIsWhatSamplesAndWhatIsKept() throws IOException {
        SeedFolder open = run("open", Stages.NONE);
        SeedFolder again = run("again", new Stages(Map.of("again", AGAIN), Map.of()));
        assertThat(again.records().get(0).measures().value(Metrics.FRECHET_DISTANCE))
                .isNotEqualTo(open.records().get(0).measures().value(Metrics.FRECHET_DISTANCE));
        GenerativeModel kept = new TinyFamily().load(again.generation(1).path());
        Samples drawn = kept.sample(MEASURED, 0.5, new Seeds(SEED).stream(1, Phase.SAMPLE), Work.UNATTENDED);
        assertThat(TinyWorld.contents(drawn))
                .isEqualTo(TinyWorld.contents(
                        SampleArchive.read(again.generation(1).samples())));
    }

    /** A model is trained on what a set stage kept, and files and records say so; the first generation goes round it. */
    @Test
    void aSetStageIsWhatIsTrainedOn() throws IOException {
        SeedFolder open = run("open", Stages.NONE);
        SeedFolder chosen = run("chosen", new Stages(Map.of(), Map.of(), Map.of("others", OTHERS)));
        assertThat(chosen.records().get(0).measures().value(Metrics.FRECHET_DISTANCE))
                .isEqualTo(open.records().get(0).measures().value(Metrics.FRECHET_DISTANCE));
        assertThat(chosen.records().get(0).measures().toMap()).doesNotContainKey("remedies");
        GenerationRecord second = chosen.records().get(1);
        JsonNode told =
                JsonMapper.shared().readTree(second.toJson()).path("remedies").path("others");
        int first = told.path("first").intValue();
        String kept = first == 0 ? "0,2,4,6,7,7" : "1,3,5,7,7";
        assertThat(Files.readString(chosen.generation(2).trainingSet()))
                .contains("{\"generation\":1,\"numbers\":[" + kept + "]}");
        int count = first == 0 ? 6 : 5;
        assertThat(second.trainingSet()).isEqualTo(new Composition(0, 0, count));
        assertThat(told.propertyNames())
                .containsExactly(
                        "offered",
                        "offeredFixedReal",
                        "offeredFreshReal",
                        "offeredSynthetic",
                        "kept",
                        "keptFixedReal",
                        "keptFreshReal",
                        "keptSynthetic",
                        "first");
        assertThat(told.path("offered").intValue()).isEqualTo(GIVEN);
        assertThat(told.path("keptSynthetic").intValue()).isEqualTo(count);
        assertThat(second.measures().value(Metrics.FRECHET_DISTANCE))
                .isNotEqualTo(open.records().get(1).measures().value(Metrics.FRECHET_DISTANCE));
    }

    @Test
    void setStagesNestAndHaveStreamsOfTheirOwn() {
        Map<String, SetStage> two = new LinkedHashMap<>();
        List<Long> drawn = new ArrayList<>();
        for (String name : List.of("one", "other")) {
            two.put(name, (set, turn, random) -> {
                drawn.add(random.of(0));
                int[] half = IntStream.range(0, set.samples().count() / 2).toArray();
                return new SetStage.Choice(half, Map.of());
            });
        }
        SeedFolder chosen = run("nested", new Stages(Map.of(), Map.of(), two));
        assertThat(chosen.records().get(1).trainingSet()).isEqualTo(new Composition(0, 0, GIVEN / 4));
        assertThat(drawn).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    void generationOnesModelIsTheSameForAll() {
        List<Long> first = new ArrayList<>();
        List<Long> own = new ArrayList<>();
        PoolStage asks = (draws, turn) -> {
            first.add(((TinyWorld.TinyModel) turn.models().first()).state());
            own.add(((TinyWorld.TinyModel) turn.models().own()).state());
            return draws;
        };
        run("first", ofPool(asks));
        assertThat(first).containsOnly(own.get(0)).hasSize(3);
        assertThat(own).doesNotHaveDuplicates();
    }

    @Test
    void stagesShareNoRandomNumbers() {
        List<Long> seen = new ArrayList<>();
        PoolStage asks = (draws, turn) -> {
            seen.add(turn.stream(Phase.SELECT).of(0));
            return draws;
        };
        run("random", ofPool(asks, asks));
        assertThat(seen).hasSize(6).doesNotHaveDuplicates();
        assertThat(seen.get(0)).isEqualTo(new Seeds(SEED).of(1, Phase.SELECT, 0));
    }

    @Test
    void aDamagedListOfDrawsIsRefused() throws IOException {
        SeedFolder chosen = run("chosen", ofPool(every(3)));
        Path list = chosen.generation(3).draws();
        String right = Files.readString(list);
        Files.writeString(list, right.replace("[0,3,", "[0,4,"));
        assertThatThrownBy(() -> DrawsFile.read(
                        list, SampleArchive.read(chosen.generation(3).samples())))
                .as("one digit")
                .hasMessageContaining("draws.json is corrupt: its checksum is");
        for (String text : new String[] {
            "",
            "{",
            "[]",
            "{\"draws\":[0,3]}",
            "{\"draws\":[[0,8]]}",
            "{\"draws\":[[5,0],1]}",
            "{\"draws\":[-1,[1,7]]}",
            "{\"draws\":[[0,9223372036854775807]]}",
            "{\"draws\":[\"a\",[1,7]]}"
        }) {
            for (String written : new String[] {text, text.endsWith("}") ? RecordChecksum.seal(text) : text}) {
                Files.writeString(list, written);
                assertThatThrownBy(() -> DrawsFile.read(
                                list, SampleArchive.read(chosen.generation(3).samples())))
                        .as(written)
                        .isInstanceOf(AutophageException.class)
                        .hasMessageContaining("draws.json is corrupt");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true, LAST, 0", "false, ALL, 0", "true, ALL, 60", "false, NONE, 60"})
    void aRunKilledAtAnyChangeInsideAStageGoesOnToTheSameFiles(boolean lastHappens, Keep keep, int checkpointSeconds)
            throws IOException {
        Duration checkpoints = Duration.ofSeconds(checkpointSeconds);
        MortalDisk immortal = MortalDisk.immortal();
        run(immortal.at(folder.resolve("uninterrupted")), ALL, keep, checkpoints);
        Map<String, String> expected = ResumeTest.files(folder.resolve("uninterrupted"));
        assertThat(expected).containsKey("seed-4/generations.jsonl");

        for (int last = 1; last <= immortal.changes(); last++) {
            Path killed = folder.resolve("killed-" + last);
            Path mortal = new MortalDisk(last, lastHappens).at(killed);
            assertThatThrownBy(() -> run(mortal, ALL, keep, checkpoints)).isInstanceOf(Killed.class);
            run(killed, ALL, keep, checkpoints);
            assertThat(ResumeTest.files(killed)).as("killed at change %d", last).isEqualTo(expected);
        }
    }
}
