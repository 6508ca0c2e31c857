package org.autophage.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.autophage.spec.SpecBinder;
import org.autophage.spec.Yaml;
import org.autophage.sweep.SweepCell;
import org.autophage.sweep.SweepSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The checked-in schema: it is what the records say, it accepts what ships, and it refuses what the reader refuses. */
class SpecSchemaTest {
    private static final Path EXPERIMENTS = Path.of("experiments");
    private static final Path FILE = EXPERIMENTS.resolve("schema.json");

    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SpecSchema.generate(), InputFormat.JSON);

    /** Read as editors do, by YAML 1.2, where 2e-3 is a number. */
    private static List<Error> problems(String yaml) {
        return SCHEMA.validate(Yaml.parse(yaml, "test"));
    }

    @Test
    void theCheckedInSchemaIsTheRecords() throws IOException {
        assertThat(Files.readString(FILE))
                .as("after a change of spec records: ./autophage schema > %s", FILE)
                .isEqualTo(SpecSchema.generate());
    }

    @Test
    void everyKeySaysWhatItMeans() {
        JsonNode schema = SpecBinder.MAPPER.readTree(SpecSchema.generate());
        assertThat(schema.findParents("description")).isNotEmpty();
        List<String> silent = new ArrayList<>();
        for (JsonNode keys : schema.findValues("properties")) {
            keys.propertyStream()
                    .filter(key -> !saysSomething(key.getValue()))
                    .forEach(key -> silent.add(key.getKey() + ": " + key.getValue()));
        }
        assertThat(silent).isEmpty();
    }

    /** Of a section of several kinds each says what the section is. */
    private static boolean saysSomething(JsonNode key) {
        return key.path("description").asString("").length() > "A key".length()
                || key.has("anyOf") && key.path("anyOf").valueStream().allMatch(SpecSchemaTest::saysSomething);
    }

    static List<Path> shippedExperiments() throws IOException {
        try (Stream<Path> files = Files.walk(EXPERIMENTS)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("shippedExperiments")
    void shippedExperimentsAreValid(Path file) throws IOException {
        assertThat(Files.readAllLines(file))
                .first()
                .isEqualTo("# yaml-language-server: $schema="
                        + "../".repeat(EXPERIMENTS.relativize(file).getNameCount() - 1) + "schema.json");
        assertThat(problems(Files.readString(file))).isEmpty();
        assertThat(
                        SweepSpec.isIn(file)
                                ? SweepSpec.read(file, List.of()).name()
                                : ExperimentSpec.read(file, List.of()).name())
                .isEqualTo(file.getFileName().toString().replace(".yaml", ""));
    }

    @ParameterizedTest
    @MethodSource("shippedExperiments")
    void aSpecWithEveryDefaultIsValidToo(Path file) {
        List<ExperimentSpec> specs = SweepSpec.isIn(file)
                ? SweepSpec.read(file, List.of()).cells().stream()
                        .map(SweepCell::spec)
                        .toList()
                : List.of(ExperimentSpec.read(file, List.of()));
        assertThat(specs).allSatisfy(spec -> assertThat(problems(spec.toYaml())).isEmpty());
    }

    /** Blocks of YAML in README and guide are pieces of specs. */
    @Test
    void specsInDocumentsAreValid() throws IOException {
        List<String> blocks = new ArrayList<>();
        try (Stream<Path> guide = Files.list(Path.of("docs", "guide"))) {
            for (Path document :
                    Stream.concat(Stream.of(Path.of("README.md")), guide).toList()) {
                Pattern.compile("(?s)```yaml\n(.*?)```")
                        .matcher(Files.readString(document))
                        .results()
                        .forEach(block -> blocks.add(block.group(1)));
            }
        }
        assertThat(blocks).hasSizeGreaterThan(3).allSatisfy(block -> assertThat(problems(block))
                .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "generations: 3",
                "loop: {generation: 3}",
                "dataset: {kind: mnist, seed: 1}",
                "dataset: {kind: imagenet}",
                "model: {steps: many}",
                "loop: {kind: half-synthetic}",
                "loop: {kind: mix, mix: {fixedReal: -1}}",
                "seeds: 1",
                "sweep: {}",
                "sweep: {sampling.bias: []}",
                "sweep: {sampling.bias: 0.5}"
            })
    void whatTheReaderRefusesTheSchemaRefuses(String yaml) {
        assertThat(problems(yaml)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "loop: {kind: mix, mix: {fixedReal: [1, 2], synthetic: all, memory: all}}",
                "dataset: {kind: mnist}",
                "dataset: {size: 16}",
                "seeds: [1, 2]",
                "sweep: {sampling.bias: [0.5, 1.0], loop: {kind: [accumulate]}}"
            })
    void whatTheReaderAcceptsTheSchemaAccepts(String yaml) {
        assertThat(problems(yaml)).isEmpty();
    }
}
