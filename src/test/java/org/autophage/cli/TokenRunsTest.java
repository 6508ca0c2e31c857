package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.autophage.remedy.Remedy;
import org.autophage.spec.SpecKinds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Experiments on sequences of tokens from the command line: what runs, and what is refused in a line before anything is done. */
class TokenRunsTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private Said run(String dataset, String model, String... overrides) throws IOException {
        Path spec = Files.writeString(
                folder.resolve("spec.yaml"),
                """
                device: cpu
                dataset: %s
                model: %s
                loop: {kind: fully-synthetic, generations: 2, initial: 60, synthetic: 60}
                metrics: {samples: 50}
                """
                        .formatted(dataset, model));
        List<String> words = Stream.concat(
                        Stream.of(
                                "run",
                                spec.toString(),
                                "--runs",
                                folder.resolve("runs").toString()),
                        Stream.of(overrides))
                .toList();
        return Said.by(LIMIT, words).followsTheRules(model + List.of(overrides));
    }

    private JsonNode record(int generation) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("runs/spec/seed-0/generations.jsonl"));
        return JsonMapper.shared().readTree(lines.get(generation - 1));
    }

    private static Stream<String> remedies() {
        return SpecKinds.of(Remedy.class).stream();
    }

    /** Every remedy there is: it runs, or says in a line why not, and leaves nothing. */
    @ParameterizedTest
    @MethodSource("remedies")
    void aRemedyRunsOnSequencesOrSaysWhyNot(String kind) throws IOException {
        String remedy = "remedies=[{kind: %s}]".formatted(kind);
        Said said = run("{kind: grammar, holdout: 100}", "{kind: markov}", remedy, "name=spec");
        if (List.of("random", "real-correction", "token-edit", "oracle-detector", "ensemble")
                .contains(kind)) {
            assertThat(said.exitCode()).as(said.err()).isZero();
        } else {
            assertThat(said.exitCode()).isEqualTo(2);
            assertThat(folder.resolve("runs")).doesNotExist();
        }
    }

    /** What a perfect verifier lets through is possible, all of it; a bigram's own sentences seldom are. */
    @Test
    void aPerfectVerifierOfAGrammarLetsSentencesThrough() throws IOException {
        Said said = run(
                "{kind: grammar, holdout: 100}",
                "{kind: markov, order: 1}",
                "remedies=[{kind: verifier, right: possible}]",
                "name=spec");
        assertThat(said.exitCode()).as(said.err()).isZero();
        JsonNode told = record(2).path("remedies").path("verifier");
        assertThat(told.path("given").asInt()).isEqualTo(60);
        assertThat(told.path("drawn").asInt()).isGreaterThan(60);
    }

    @Test
    void theFirstModelCanBeTheJudgeOfSequences() throws IOException {
        Said said = run(
                "{kind: grammar, holdout: 100}",
                "{kind: markov, order: 1, interpolation: 1}",
                "remedies=[{kind: curation, reward: first-model, candidates: 4}]",
                "name=spec");
        assertThat(said.exitCode()).as(said.err()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{kind: categorical}|{kind: gaussian}||which learns points, but the dataset has sequences of tokens",
                "{kind: categorical}|{kind: vae}||images",
                "{kind: points}|{kind: markov}||which learns sequences of tokens, but the dataset has points",
                "{kind: strokes}|{kind: categorical}||which learns sequences of tokens, but the dataset has images",
                "{kind: markov}|{kind: categorical}||which learns single tokens, but the dataset has sequences of up to 64",
                "{kind: categorical}|{kind: categorical}|sampling.sampler=heun|model.kind categorical is drawn from directly",
                "{kind: categorical}|{kind: categorical}|sampling.topP=0|sampling.topP is 0",
                "{kind: categorical}|{kind: categorical}|sampling.topK=0|sampling.topK is 0",
                "{kind: points}|{kind: gaussian}|sampling.topK=5|model.kind gaussian draws no tokens",
                "{kind: categorical}|{kind: categorical}|loop={kind: mix, mix: {train: fine-tune}}|fitted in closed form",
                "{kind: categorical}|{kind: categorical}|sampling.labels=as-data|this model is told no labels",
                "{kind: categorical}|{kind: categorical, smoothing: -1}||model.smoothing is -1",
                "{kind: grammar}|{kind: markov, order: 9}||model.order is 9",
                "{kind: categorical, replicas: 1000000}|{kind: categorical}|loop.initial=1000000000|takes",
                "{kind: categorical, law: [1e308, 1e308]}|{kind: categorical}||the sum of the weights is no number",
                "{kind: markov, design: fixed, vocabulary: 2000, replicas: 1000}|{kind: markov}||dataset.replicas is 1000: the tables",
                "{kind: text, path: /nowhere}|{kind: markov}||/nowhere",
                "{kind: grammar}|{kind: markov}|metrics.alsoFeatures=[pixels]|metrics.alsoFeatures",
                "{kind: markov, design: fixed}|{kind: markov, order: 2}||model.order must be 1",
                "{kind: categorical}|{kind: categorical}|remedies=[{kind: verifier}]|a region is one of points",
            })
    void whatFitsNotIsRefused(String dataset, String model, String override, String message) throws IOException {
        Said said = override == null || override.isEmpty() ? run(dataset, model) : run(dataset, model, override);
        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err()).contains(message);
        assertThat(folder.resolve("runs")).doesNotExist();
    }
}
