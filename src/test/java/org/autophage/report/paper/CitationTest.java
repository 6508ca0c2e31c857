package org.autophage.report.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.autophage.base.AutophageException;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.report.records.RunFixture;
import org.autophage.report.records.RunReading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class CitationTest {
    @TempDir
    private Path directory;

    private static JsonNode file() throws IOException {
        try (InputStream stream = Objects.requireNonNull(Citation.class.getResourceAsStream("references.yaml"))) {
            return new YAMLMapper().readTree(stream.readAllBytes());
        }
    }

    private RunFixture run() {
        return new RunFixture(directory.resolve("run")).spec(2, 5).records(0, 5).records(1, 5);
    }

    @Test
    void theParagraphSaysWhatTheRunSays() {
        String text = Citation.of(RunReading.read(run().provenance().folder()));
        assertThat(text.lines())
                .first()
                .isEqualTo(
                        "A loop of kind fully-synthetic [alemohammad2024mad] (generations 5, initial 10000, synthetic 10000,"
                                + " memory 1) is run by Autophage 0.1.0 [autophage] with seeds 0, 1. The data are mnist"
                                + " [lecun1998gradient] (path datasets/mnist, size 28, holdout 10000). The model is of kind diffusion"
                                + " (parameterization edm [karras2022elucidating], channels 32, steps 4000, batch 128, learningRate 0.002)."
                                + " Samples are drawn with a sampling bias of λ = 1.0 (sampler heun, steps 18). Generation 1 learns from"
                                + " 10,000 real samples, generation 5 learns from 10,000 synthetic samples. Measured of 5,000 samples are"
                                + " Fréchet distance [heusel2017gans], precision [kynkaanniemi2019improved], recall"
                                + " [kynkaanniemi2019improved], density [naeem2020reliable], coverage [naeem2020reliable], label accuracy"
                                + " on features lenet@3fa91c20 (neighbours 5, ball strict). Intervals are 95% Student t intervals over"
                                + " seeds. It ran on cpu, java 17.0.17, pytorch 2.7.1.");
    }

    /** Every key in brackets has an entry, and every entry is called for. */
    @Test
    void keysAndEntriesBelongTogether() {
        String text = Citation.of(RunReading.read(run().provenance().folder()));
        List<String> cited = keys(text.lines().findFirst().orElseThrow(), "\\[([a-z0-9]+)]");
        assertThat(keys(text, "@misc\\{([a-z0-9]+),")).doesNotHaveDuplicates().hasSameElementsAs(cited);
        assertThat(text).contains("  note = {Version 0.1.0},\n  year = {2026},\n}");
    }

    private static List<String> keys(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    @Test
    void whatARunDoesNotSayIsLeftOut() {
        String text = Citation.of(RunReading.read(run().folder()));
        assertThat(text)
                .contains("is run by Autophage [autophage]")
                .doesNotContain("It ran", "Hashes", "Version", "null");
    }

    @Test
    void remediesAndFurtherFeaturesAreCited() throws IOException {
        Path folder = run().folder();
        Files.writeString(
                folder.resolve("experiment.yaml"),
                "seeds: [0, 1]\nloop: {kind: mix, mix: {train: fine-tune}}\nremedies: [{kind: sims, weight: 0.5}, {kind: random}]\n");
        assertThat(Citation.of(RunReading.read(folder)))
                .contains("The remedies are sims [alemohammad2024sims] (weight 0.5); random.")
                .contains("A loop of kind mix (mix.train fine-tune [bertrand2024stability])")
                .contains("@misc{alemohammad2024sims,")
                .doesNotContain("lecun1998", "alemohammad2024mad");
    }

    @Test
    void aRunWithoutASpecIsRefused() {
        Path folder = new RunFixture(directory.resolve("bare")).records(0, 1).folder();
        assertThatThrownBy(() -> Citation.of(RunReading.read(folder)))
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining("experiment.yaml is missing");
    }

    /** Names in the file are those of this version: its metrics, and values that the schema of specs knows. */
    @Test
    void conditionsCanHold() throws IOException {
        String schema = Files.readString(Path.of("experiments/schema.json"));
        List<String> metrics = Metrics.ALL.stream().map(Metric::key).toList();
        for (JsonNode reference : file()) {
            assertThat(reference.path("when").isEmpty()).isFalse();
            reference.path("when").properties().forEach(condition -> condition
                    .getValue()
                    .forEach(value -> {
                        if (condition.getKey().equals("metric")) {
                            assertThat(metrics).contains(value.asString());
                        } else {
                            assertThat(schema).contains('"' + value.asString() + '"');
                        }
                    }));
        }
    }

    @Test
    void entriesAreWhole() throws IOException {
        assertThat(file().valueStream().map(each -> each.path("key").asString()))
                .doesNotHaveDuplicates();
        for (JsonNode reference : file()) {
            assertThat(reference.path("author").asString()).contains(", ");
            assertThat(reference.path("title").asString()).isNotEmpty();
            assertThat(reference.path("year").asInt()).isBetween(1990, 2030);
            reference.forEach(field -> {
                String text = field.asString("");
                assertThat(text.chars().filter(letter -> letter == '{').count())
                        .isEqualTo(text.chars().filter(letter -> letter == '}').count());
            });
            String eprint = reference.path("eprint").asString("0000.00000");
            assertThat(eprint).matches("\\d{4}\\.\\d{4,5}"); // four until 2014
        }
    }
}
