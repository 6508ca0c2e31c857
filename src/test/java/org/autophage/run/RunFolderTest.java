package org.autophage.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.measure.Basis;
import org.autophage.measure.Composition;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunFolderTest {
    @TempDir
    Path folder;

    private static GenerationRecord record(int generation, long seed) {
        Measures metrics = Measures.builder()
                .add(Basis.FEATURES, "lenet@abc")
                .add(Basis.SAMPLES, 5000)
                .add(Metrics.FRECHET_DISTANCE, 0.1 + 0.2)
                .build();
        return new GenerationRecord(
                generation, seed, "fully-synthetic", 1, new Composition(0, 0, 10_000), metrics, 1.5, 2, 0.25);
    }

    private static void isRefused(ThrowingCallable attempt, String... parts) {
        assertThatThrownBy(attempt)
                .isInstanceOf(AutophageException.class)
                .hasMessageContainingAll(parts)
                .hasFieldOrPropertyWithValue("exitCode", ExitCode.USAGE);
    }

    @Test
    void aRecordIsALineInTheOrderOfTheContract() {
        String line = "{\"generation\":3,\"seed\":0,\"loop\":\"fully-synthetic\",\"bias\":1.0,"
                + "\"trainingSet\":{\"fixedReal\":0,\"freshReal\":0,\"synthetic\":10000},"
                + "\"features\":\"lenet@abc\",\"samples\":5000,\"frechetDistance\":0.30000000000000004,"
                + "\"trainSeconds\":1.5,\"sampleSeconds\":2.0,\"metricSeconds\":0.25";
        // python3 -c 'import zlib; print("%08x" % zlib.crc32(b"""{…}"""))' of the line without the checksum
        line += ",\"checksum\":\"63cda28b\"}";
        assertThat(record(3, 0).toJson()).isEqualTo(line);
        assertThat(GenerationRecord.complete(RecordLines.parse(line, "here", 0, 3), "here"))
                .isEqualTo(record(3, 0));
    }

    @Test
    void aMetricThatIsNotFiniteIsDivergence() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new GenerationRecord(
                            2,
                            1,
                            "mix",
                            1,
                            new Composition(0, 0, 1),
                            Measures.builder().add(Metrics.RECALL, bad).build(),
                            0,
                            0,
                            0))
                    .isInstanceOf(AutophageException.class)
                    .hasMessageContaining("generation 2 of seed 1: recall is " + bad)
                    .hasFieldOrPropertyWithValue("exitCode", ExitCode.DIVERGED);
        }
    }

    @Test
    void recordsFollowEachOther() {
        SeedFolder seed = new RunFolder(folder).seed(7);
        assertThat(seed.nextGeneration()).isEqualTo(1);
        seed.append(record(1, 7));
        seed.append(record(2, 7));
        assertThat(seed.records()).containsExactly(record(1, 7), record(2, 7));
        assertThat(seed.nextGeneration()).isEqualTo(3);
        assertThatThrownBy(() -> seed.append(record(4, 7))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tornAndForeignRecordsAreNamedByLine() throws IOException {
        SeedFolder seed = new RunFolder(folder).seed(0);
        seed.append(record(1, 0));
        String whole = Files.readString(seed.generations());
        Files.writeString(seed.generations(), whole + whole.substring(0, 40));
        isRefused(seed::records, "generations.jsonl, line 2 is torn, it ends in the middle", "resume");
        Files.writeString(seed.generations(), whole + "{\"generation\":2}\n");
        isRefused(seed::records, "line 2 is not the record of a generation: seed is missing, not a whole number");
        Files.writeString(seed.generations(), whole + whole);
        isRefused(seed::records, "line 2 is generation 1 of seed 0: generation 2 of seed 0 belongs there");
        Files.writeString(seed.generations(), whole.replace("\"bias\":1.0", "\"bias\":0.5"));
        isRefused(seed::records, "line 1 is corrupt: its checksum is ", "and what stands there has ");
    }

    /** Records of versions before 0.2 have no checksum. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "bias":1.0              | "bias":"one"                  | bias is "one", not a number
                    "bias":1.0              | "bias":null                   | bias is null, not a number
                    "frechetDistance":0.3   | "frechetDistance":1e999       | frechetDistance is "Infinity", not a number
                    "frechetDistance":0.3   | "frechetDistance":[0.3]       | frechetDistance is [0.3], not a number
                    "frechetDistance":0.3   | "frechetDistance":true        | frechetDistance is true, not a number
                    "frechetDistance":0.3   | "frechetDistance":{"a":null}  | frechetDistance.a is null, not a number
                    "frechetDistance":0.3   | "freshetDistance":"0.3"       | freshetDistance is "0.3", not a number
                    "features":"lenet@abc"  | "features":5                  | features is 5, not text
                    "seed":0                | "seed":0.5                    | seed is 0.5, not a whole number
                    "seed":0                | "seed":7                      | is generation 1 of seed 7: generation 1 of seed 0 belongs there
                    "generation":1          | "generation":2                | is generation 2 of seed 0: generation 1 of seed 0 belongs there
                    "generation":1          | "generation":1,"generation":1 | Duplicate
                    "trainingSet"           | "training"                    | it has no trainingSet
                    """)
    void figuresThatAreNoneAreNamed(String right, String wrong, String message) throws IOException {
        SeedFolder seed = new RunFolder(folder).seed(0);
        String line =
                record(1, 0).toJson().replaceAll(",\"checksum\":\"[^\"]*\"", "").replace("0.30000000000000004", "0.3");
        Files.createDirectories(seed.path());
        Files.writeString(seed.generations(), line + "\n");
        assertThat(seed.records()).hasSize(1);
        Files.writeString(seed.generations(), line.replace(right, wrong) + "\n");
        isRefused(seed::records, "generations.jsonl, line 1 ", message);
    }

    @Test
    void seedsAreFoundAndForeignFoldersAreNot() throws IOException {
        RunFolder run = new RunFolder(folder);
        for (String name : new String[] {"seed-10", "seed-2", "seed--1", "seed-x", "extractor"}) {
            Files.createDirectory(folder.resolve(name));
        }
        assertThat(run.seeds()).extracting(SeedFolder::seed).containsExactly(-1L, 2L, 10L);
    }

    @Test
    void aFolderWithoutASpecIsNoRun() throws IOException {
        isRefused(() -> RunFolder.existing(folder), "is not a run folder: it has no experiment.yaml");
        Files.writeString(folder.resolve("experiment.yaml"), "name: x\n");
        assertThat(RunFolder.existing(folder).name())
                .isEqualTo(folder.getFileName().toString());
    }

    @Test
    void leftoversOfAKilledProcessAreRemovedAndNothingElse() throws IOException {
        SeedFolder seed = new RunFolder(folder).seed(0);
        seed.append(record(1, 0));
        Files.createDirectories(seed.generation(1).path());
        Files.createDirectories(seed.path().resolve("generation-002.partial"));
        Files.writeString(seed.path().resolve("generations.jsonl.1-2.partial"), "{");
        Files.createDirectories(seed.checkpoint());
        Files.writeString(seed.checkpoint().resolve("generation-001-train"), "old");
        Files.writeString(seed.checkpoint().resolve("generation-002-train"), "current");
        Files.writeString(seed.checkpoint().resolve("generation-002-sample.1-2.partial"), "torn");
        seed.removeUnfinished();
        assertThat(seed.path().toFile().list())
                .containsExactlyInAnyOrder("generations.jsonl", "generation-001", "checkpoint");
        assertThat(seed.checkpoint().toFile().list()).containsExactly("generation-002-train");
    }

    /** The second process goes on with the time of the first, and with that of no other phase. */
    @Test
    void secondsOfEarlierProcessesAddUp() throws IOException {
        Path place = folder.resolve("checkpoint");
        FileCheckpointStore first = new FileCheckpointStore(place, 3, Duration.ZERO);
        assertThat(first.earlierSeconds("train")).isZero();
        first.write("train", file -> Files.writeString(file, "state"));
        Path seconds = place.resolve("generation-003-train.seconds");
        assertThat(Double.parseDouble(Files.readString(seconds))).isBetween(0.0, 60.0);
        Files.writeString(seconds, "100.5\n");

        FileCheckpointStore second = new FileCheckpointStore(place, 3, Duration.ZERO);
        assertThat(second.earlierSeconds("train")).isEqualTo(100.5);
        assertThat(second.earlierSeconds("sample")).isZero();
        second.write("train", file -> Files.writeString(file, "state"));
        assertThat(Double.parseDouble(Files.readString(seconds))).isBetween(100.5, 160.0);

        Files.writeString(seconds, "much");
        assertThat(new FileCheckpointStore(place, 3, Duration.ZERO).earlierSeconds("train"))
                .isZero();
        Files.writeString(seconds, "7");
        Files.delete(place.resolve("generation-003-train"));
        assertThat(new FileCheckpointStore(place, 3, Duration.ZERO).earlierSeconds("train"))
                .isZero();
    }

    @Test
    void checkpointsAreOnePhaseOfOneGeneration() {
        Path place = folder.resolve("checkpoint");
        FileCheckpointStore store = new FileCheckpointStore(place, 3, Duration.ZERO);
        assertThat(store.due()).isTrue();
        assertThat(store.latest("train")).isEmpty();
        store.write("train", file -> Files.writeString(file, "one"));
        store.write("train", file -> Files.writeString(file, "two"));
        assertThat(store.latest("train"))
                .hasValueSatisfying(file -> assertThat(file).hasContent("two"));
        assertThat(store.latest("sample")).isEmpty();
        assertThat(new FileCheckpointStore(place, 4, Duration.ZERO).latest("train"))
                .isEmpty();
        assertThat(new FileCheckpointStore(place, 3, Duration.ofMinutes(1)).due())
                .isFalse();
        store.clear();
        assertThat(store.latest("train")).isEmpty();
    }

    @Test
    void provenanceKeepsEverySession() throws IOException {
        Path file = new RunFolder(folder).provenance();
        Provenance.Session first = Provenance.Session.begin(
                "autophage run x.yaml", "cpu", Map.of("autophage", "0.1.0"), Map.of("dataset", "abc"));
        Provenance earlier = Provenance.read(file);
        earlier.plus(first).write(file);
        earlier.plus(first.withHash("extractor", "def").end(ExitCode.INTERRUPTED))
                .write(file);
        Provenance.read(file).plus(first).write(file);
        Provenance read = Provenance.read(file);
        assertThat(read.sessions()).hasSize(2);
        assertThat(read.sessions().get(0).outcome()).isEqualTo("interrupted");
        assertThat(read.sessions().get(0).hashes()).containsEntry("extractor", "def");
        assertThat(read.sessions().get(1)).isEqualTo(first);
        assertThat(first.machine()).containsKeys("host", "os", "cpu", "cores", "java");
        Files.writeString(file, "{\"sessions\":[");
        isRefused(() -> Provenance.read(file), "provenance.json is not the provenance of a run");
    }
}
