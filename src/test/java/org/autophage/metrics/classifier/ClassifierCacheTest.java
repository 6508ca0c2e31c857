package org.autophage.metrics.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.autophage.base.AutophageException;
import org.autophage.base.CheckpointStore;
import org.autophage.base.ExitCode;
import org.autophage.base.Progress;
import org.autophage.base.StopSignal;
import org.autophage.base.Work;
import org.autophage.metrics.Bars;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a classifier is trained and when it is taken from the disk. */
class ClassifierCacheTest extends OnCpu {
    private static final Bars BARS = new Bars(128, 40);

    /** Where the classifier of all tests is, as its training left it; each test has a copy. */
    @TempDir
    private static Path original;

    private static String trainedName = "";

    @TempDir
    private Path folder;

    private final List<String> said = new ArrayList<>();

    @BeforeAll
    static void train() {
        List<String> said = new ArrayList<>();
        trainedName = get(ClassifierCache.in(original), BARS, said);
        assertThat(said).anyMatch(line -> line.startsWith("training the classifier lenet"));
    }

    @BeforeEach
    void copy() throws IOException {
        for (String ending : List.of(".json", ".safetensors")) {
            Path file = file(original, ending);
            Files.copy(file, folder.resolve(file.getFileName()));
        }
    }

    @Test
    void isTrainedOnce() {
        assertThat(get(folder, BARS)).isEqualTo(trainedName);
        assertThat(said).isEmpty();
    }

    @Test
    void trainingAgainGivesTheSameWeights(@TempDir Path other) {
        assertThat(get(other, BARS)).isEqualTo(trainedName);
        assertThat(said).isNotEmpty();
    }

    @Test
    void otherDataMakeAnotherClassifier() {
        assertThat(get(folder, new Bars(129, 40))).isNotEqualTo(trainedName);
        assertThat(said).isNotEmpty();
    }

    @Test
    void changedWeightsAreTrainedAgain() throws IOException {
        Path weights = file(".safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length / 2] ^= 1;
        Files.write(weights, bytes);
        trainsAgain(weights + ": it is corrupt, its checksum is ");
    }

    @Test
    void truncatedWeightsAreTrainedAgain() throws IOException {
        Path weights = file(".safetensors");
        Files.write(weights, Arrays.copyOf(Files.readAllBytes(weights), 1000));
        trainsAgain(weights + ": truncated");
    }

    /** The accuracy stands in records. */
    @Test
    void aChangedDigitOfTheCardIsTrainedAgain() throws IOException {
        Path card = file(".json");
        Files.writeString(card, Files.readString(card).replace("\"testImages\" : ", "\"testImages\" : 1"));
        trainsAgain(card + " is not what was written");
    }

    /** As versions before 0.2 wrote it. */
    @Test
    void aCardWithoutSingleClassesIsCompletedOnce() throws IOException {
        Path card = file(".json");
        String whole = Files.readString(card);
        Files.writeString(card, whole.replaceAll("\"classAccuracy\"[^\\]]*],\\s*|,\\s*\"checksum\" : \"[^\"]*\"", ""));
        assertThat(Files.readString(card)).doesNotContain("classAccuracy");
        assertThat(get(folder, BARS)).isEqualTo(trainedName);
        assertThat(said).isEmpty();
        assertThat(card).hasContent(whole);
    }

    @Test
    void missingWeightsAreTrainedAgain() throws IOException {
        Path weights = file(".safetensors");
        Files.delete(weights);
        trainsAgain(weights + " is missing");
    }

    @Test
    void anUnreadableCardIsTrainedAgain() throws IOException {
        Path card = file(".json");
        Files.writeString(card, "{\"classifier\":");
        trainsAgain(card + " is no card of a classifier");
    }

    @Test
    void nothingTemporaryIsLeft() throws IOException {
        try (Stream<Path> files = Files.list(original)) {
            assertThat(files)
                    .containsExactlyInAnyOrder(
                            file(original, ".json"), file(original, ".safetensors"), original.resolve("locks"));
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsSaid(@TempDir Path other) throws IOException {
        Path inTheWay = Files.writeString(other.resolve("file"), "");
        assertThatThrownBy(() -> get(inTheWay, BARS))
                .isInstanceOf(AutophageException.class)
                .hasMessageStartingWith("the classifier lenet cannot be kept in the cache folder " + inTheWay)
                .hasMessageEndingWith("the environment variable AUTOPHAGE_CACHE may name another folder")
                .extracting(e -> ((AutophageException) e).exitCode())
                .isEqualTo(ExitCode.FAILED);
    }

    @Test
    void aStopEndsTheTrainingAndKeepsNothing(@TempDir Path other) throws IOException {
        Work stopped = new Work(Progress.SILENT, CheckpointStore.NONE, () -> true);
        assertThatThrownBy(() -> ClassifierCache.in(other).get(device, LeNet.NETWORK, BARS, stopped))
                .isInstanceOf(AutophageException.class)
                .hasMessage("interrupted while training the classifier lenet; its training starts again next time")
                .extracting(e -> ((AutophageException) e).exitCode())
                .isEqualTo(ExitCode.INTERRUPTED);
        try (Stream<Path> files = Files.list(other)) {
            assertThat(files).containsExactly(other.resolve("locks"));
        }
    }

    /** On a GPU each would have got weights of its own. */
    @Test
    void whoeverNeedsItMeanwhileWaitsForIt(@TempDir Path other) throws Exception {
        List<String> said = Collections.synchronizedList(new ArrayList<>());
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            Callable<String> one = () -> get(ClassifierCache.in(other), BARS, said);
            for (Future<String> name : both.invokeAll(List.of(one, one))) {
                assertThat(name.get()).isEqualTo(trainedName);
            }
        } finally {
            both.shutdownNow();
        }
        assertThat(said.stream().filter(line -> line.startsWith("classifier lenet@")))
                .hasSize(1); // the line that ends a training
        assertThat(said)
                .anyMatch(line -> line.matches("waits for the classifier lenet, which process \\d+ on \\S+ trains"));
    }

    @Test
    void cellsOfOneSweepMeasureWithOneEvenWhereTheirMachinesHaveOthers(@TempDir Path other, @TempDir Path sweep)
            throws Exception {
        String othersName = keepOtherWeights(other);
        assertThat(get(ClassifierCache.in(other), BARS, said))
                .isEqualTo(othersName)
                .isNotEqualTo(trainedName);
        assertThat(get(ClassifierCache.in(other).sharedIn(sweep), BARS, said)).isEqualTo(othersName);
        assertThat(get(ClassifierCache.in(folder).sharedIn(sweep), BARS, said)).isEqualTo(othersName);
        assertThat(get(ClassifierCache.in(folder), BARS, said)).isEqualTo(trainedName);
        assertThat(said).isEmpty();
    }

    @Test
    void whatACellTrainsIsKeptForItsSweepAndForTheMachine(@TempDir Path other, @TempDir Path sweep) {
        assertThat(get(ClassifierCache.in(other).sharedIn(sweep), BARS, said)).isEqualTo(trainedName);
        said.clear();
        assertThat(get(ClassifierCache.in(other), BARS, said)).isEqualTo(trainedName);
        assertThat(get(ClassifierCache.in(sweep), BARS, said)).isEqualTo(trainedName);
        assertThat(said).isEmpty();
    }

    /** As if the classifier had been trained on a machine that rounds differently. */
    private String keepOtherWeights(Path cache) throws Exception {
        String stem = file(".json").getFileName().toString().replace(".json", "");
        ClassifierFiles.Content trained =
                new ClassifierFiles(folder, stem).read().orElseThrow();
        float[] weights = trained.weights().clone();
        weights[0] = Math.nextUp(weights[0]);
        ClassifierCard card = trained.card();
        String hash = ClassifierCard.hash(weights);
        ClassifierCard other = new ClassifierCard(
                ClassifierCard.nameOf(LeNet.NETWORK, hash),
                card.version(),
                card.dataset(),
                card.datasetHash(),
                card.trainingImages(),
                card.training(),
                card.testImages(),
                card.testAccuracy(),
                card.classAccuracy(),
                hash);
        new ClassifierFiles(cache, stem).write(new ClassifierFiles.Content(other, weights));
        return other.classifier();
    }

    private void trainsAgain(String because) {
        assertThat(get(folder, BARS)).isEqualTo(trainedName);
        assertThat(said.get(0)).startsWith("a cached classifier is trained again: " + because);
        assertThat(said.get(1)).startsWith("training the classifier lenet");
        said.clear();
        assertThat(get(folder, BARS)).isEqualTo(trainedName);
        assertThat(said).isEmpty();
    }

    private String get(Path cache, Bars dataset) {
        return get(ClassifierCache.in(cache), dataset, said);
    }

    private static String get(ClassifierCache cache, Bars dataset, List<String> said) {
        Progress progress = new Progress() {
            @Override
            public Task begin(String what, long total, String unit) {
                said.add(what);
                return Task.SILENT;
            }

            @Override
            public void message(String line) {
                said.add(line);
            }
        };
        Work work = new Work(progress, CheckpointStore.NONE, StopSignal.NEVER);
        try (Classifier classifier = cache.get(device, LeNet.NETWORK, dataset, work)) {
            return classifier.name();
        }
    }

    private Path file(String ending) throws IOException {
        return file(folder, ending);
    }

    private static Path file(Path cache, String ending) throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
