package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.autophage.data.npy.NpyArray;
import org.autophage.data.npy.Npz;
import org.autophage.measure.Basis;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.run.RunFolder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every number that is written anywhere has its name in {@link Metrics}, and nowhere else. */
class VocabularyTest {
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {kind: points, distribution: gaussian, dimensions: 2, replicas: 3} | {kind: gaussian}
                    {kind: points, distribution: grid, dimensions: 2, replicas: 2, holdout: 60} | {kind: mixture, components: 3}
                    {kind: points, distribution: moons, dimensions: 2, holdout: 60}    | {kind: kernel}
                    {kind: points, distribution: moons, dimensions: 2, holdout: 60}    | {kind: flow, steps: 6}
                    """)
    void recordsOfPointsHoldNothingElse(String dataset, String model) throws IOException {
        recordsHoldNothingElse(dataset, model);
    }

    /** An autoencoder's say what those of all models of images do, and more. */
    @Test
    @Tag("slow") // trains a judge
    void recordsOfImagesHoldNothingElse() throws IOException {
        recordsHoldNothingElse("{kind: strokes, size: 16, holdout: 40}", "{kind: vae, steps: 3, batch: 8}");
    }

    private void recordsHoldNothingElse(String dataset, String model) throws IOException {
        Path spec = folder.resolve("words.yaml");
        Files.writeString(
                spec,
                """
                name: words
                seeds: [0]
                device: cpu
                dataset: %s
                model: %s
                loop: {kind: fully-synthetic, generations: 1, initial: 40, synthetic: 40}
                metrics: {features: pixels, samples: 20, neighbours: 3}
                """
                        .formatted(dataset, model));
        CommandRun run = CommandRun.of("run", spec.toString(), "--runs", folder.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        Path records = new RunFolder(folder.resolve("words")).seed(0).generations();
        JsonNode record = JsonMapper.shared().readTree(Files.readString(records));
        Set<String> words = words(record, Set.of("trainingSet", "standardError", "samplingError", "expected"));
        assertThat(known()).containsAll(without(words, "generation", "seed", "loop", "bias", "experiment", "checksum"));
        assertThat(known()).containsAll(words(record.path("standardError"), Set.of()));
        assertThat(known()).containsAll(words(record.path("samplingError"), Set.of()));
        assertThat(known()).containsAll(words(record.path("expected"), Set.of()));
    }

    /** Sets of features with a test set, and with intervals: all that an evaluation can say of them. */
    @Test
    void evaluationsHoldNothingElse() {
        CommandRun run = CommandRun.of(
                "evaluate",
                "--json",
                "--bootstrap=10",
                "--real",
                features(1),
                "--fake",
                features(2),
                "--test",
                features(3));
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode found = JsonMapper.shared().readTree(run.out());
        assertThat(known())
                .containsAll(words(
                        found, Set.of("intervals", "real", "fake", "test", "notes", "noMoreSamplesThanFeatures")));
        assertThat(known()).containsAll(without(words(found.path("intervals"), Set.of()), "level", "resamples"));
        assertThat(known()).contains("vendiScore.fake", "copyTest", "entropy.real");
    }

    private String features(int seed) {
        double[] values = new SplittableRandom(seed).doubles(120).toArray();
        Path file = folder.resolve(seed + ".npz");
        Npz.write(file, Map.of("arr_0", NpyArray.ofDoubles(values, 40, 3)));
        return file.toString();
    }

    private static Set<String> without(Set<String> words, String... others) {
        Set<String> left = new TreeSet<>(words);
        left.removeAll(List.of(others));
        return left;
    }

    private static Set<String> known() {
        return Stream.concat(
                        Metrics.ALL.stream().map(Metric::key),
                        Arrays.stream(Basis.values()).map(Basis::key))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Dotted names of all values. */
    static Set<String> words(JsonNode object, Set<String> leftOut) {
        Set<String> words = new TreeSet<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (leftOut.contains(entry.getKey())) {
                continue;
            }
            if (entry.getValue().isObject()) {
                words(entry.getValue(), Set.of()).forEach(inner -> words.add(entry.getKey() + "." + inner));
            } else {
                words.add(entry.getKey());
            }
        }
        return words;
    }

    @Test
    void noOtherSourceSpellsAKey() throws IOException {
        Set<String> keys = Metrics.ALL.stream().map(Metric::key).collect(Collectors.toSet());
        List<String> spelled = new ArrayList<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            sources.filter(source -> source.toString().endsWith(".java"))
                    .filter(source -> !source.endsWith("measure/Metrics.java"))
                    .filter(source -> !source.endsWith("measure/SequenceMetrics.java")) // its part of sequences
                    .forEach(source -> literals(source)
                            .filter(keys::contains)
                            .forEach(key -> spelled.add(source.getFileName() + ": " + key)));
        }
        assertThat(spelled).isEmpty();
    }

    /** But for those of comments. */
    private static Stream<String> literals(Path source) {
        try {
            return Files.readAllLines(source).stream()
                    .filter(line -> !line.strip().startsWith("*"))
                    .flatMap(line -> LITERAL.matcher(line).results())
                    .map(literal -> literal.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void noKeyComesTwice() {
        assertThat(Metrics.ALL.stream().map(Metric::key)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(Basis.values()).map(Basis::key))
                .doesNotContainAnyElementsOf(
                        Metrics.ALL.stream().map(Metric::key).toList());
    }
}
