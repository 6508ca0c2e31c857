package org.autophage.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.spec.SpecBinder;
import org.autophage.sweep.SweepSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Every key of the schema with every kind of value: the default, a value, or one line that names the key. */
class SpecValuesTest {
    private static final List<String> HOLLOW = List.of("null", "~", "", "{}", "[]", "[null]", "[{}]", "{a: 1}");

    private static final List<String> OTHER = List.of(
            "word",
            "''",
            "\"two\\nlines\"",
            "a: b",
            "1",
            "0",
            "-1",
            "1.5",
            "1e4",
            "1e999",
            "-1e999",
            ".nan",
            ".inf",
            "-.inf",
            "2147483648",
            "9223372036854775808",
            "1000000000000000000000000000000",
            "true",
            "no",
            "[1]",
            "[[1]]",
            "[1, [2]]",
            "[word]",
            "[true]",
            "[1.5]",
            "[-1]",
            "[1e999]",
            "[99999999999]",
            "{kind: 3}",
            "{kind: null}",
            "{kind: [a]}",
            "{kind: word}",
            "{1: 2}",
            "'2147483647'",
            "2147483647",
            "1e-320",
            "\"\\0\"",
            "!!binary aGk=",
            "!!set {a}",
            "{? [a] : b}",
            "'[a'");

    private static final Pattern JAVA =
            Pattern.compile("java\\.|Exception|org\\.autophage|tools\\.jackson|com\\.fasterxml|\\$|@[0-9a-f]{5}|POJO");

    @TempDir
    private Path folder;

    /** A place of the schema: what a spec says around a value for it. */
    record Place(String key, String before, String after) {
        String with(String value) {
            return before + value + after;
        }

        String leaf() {
            return key.substring(key.lastIndexOf('.') + 1);
        }
    }

    static List<Place> places() throws IOException {
        List<Place> places = new ArrayList<>();
        collect(SpecBinder.MAPPER.readTree(Path.of("experiments/schema.json").toFile()), "", "{", "}", places);
        return places;
    }

    private static void collect(JsonNode schema, String prefix, String before, String after, List<Place> places) {
        String kind = schema.path("properties").path("kind").path("const").asString("");
        String start = before + (kind.isEmpty() ? "" : "kind: " + kind + ", ");
        schema.path("properties").propertyStream().forEach(entry -> {
            String key = prefix + entry.getKey();
            places.add(new Place(key, start + entry.getKey() + ": ", after));
            Stream.concat(
                            Stream.of(entry.getValue()),
                            entry.getValue().path("anyOf").valueStream())
                    .forEach(below -> collect(below, key + ".", start + entry.getKey() + ": {", "}" + after, places));
        });
    }

    /** All hollow values, and of the others every eighteenth, another for the next place: many keys are alike. */
    private static List<String> values(int place) {
        List<String> values = new ArrayList<>(HOLLOW);
        for (int i = place % 18; i < OTHER.size(); i += 18) {
            values.add(OTHER.get(i));
        }
        return values;
    }

    private ExperimentSpec read(String yaml, String... overrides) throws IOException {
        Path file = Files.writeString(folder.resolve("spec.yaml"), yaml);
        return ExperimentSpec.read(file, List.of(overrides));
    }

    /** What is wrong with how a value was taken; nothing if it was taken, or refused in a line that names the key. */
    private String fault(Place place, ThrowingCallable reading) {
        try {
            reading.call();
            return "";
        } catch (AutophageException e) {
            String line = String.valueOf(e.getMessage()).replace(folder.toString(), "");
            boolean names = line.contains(place.key())
                    || line.contains("line 1, column")
                    || line.contains("loop.mix is")
                    || line.contains("model.ada is written"); // beside another augmentation the whole section is wrong
            return names
                            && e.exitCode() == ExitCode.USAGE
                            && !line.contains("\n")
                            && !JAVA.matcher(line).find()
                    ? ""
                    : line;
        } catch (Throwable e) {
            return e.toString();
        }
    }

    private static void note(List<String> faults, String what, String fault) {
        if (!fault.isEmpty()) {
            faults.add(what + " → " + fault);
        }
    }

    @Test
    void inAFileEveryKeyIsTakenOrNamed() throws IOException {
        List<String> faults = new ArrayList<>();
        int number = 0;
        for (Place place : places()) {
            for (String value : values(number++)) {
                note(faults, place.with(value), fault(place, () -> read(place.with(value))));
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void onTheCommandLineEveryKeyIsTakenOrNamed() throws IOException {
        List<String> faults = new ArrayList<>();
        int number = 3;
        for (Place place : places()) {
            for (String value : values(number++)) {
                String override = place.key() + "=" + value;
                note(faults, override, fault(place, () -> read("{}", override)));
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void aKeyWithoutAValueHasItsDefault() throws IOException {
        for (Place place : places()) {
            String without = place.before().replaceAll("\\w+: $", "") + place.after();
            if (!place.leaf().equals("kind")
                    && !place.key().startsWith("loop.mix") // which a loop of another kind has none of
                    && !place.key().startsWith("model.ada") // which another augmentation has none of
                    && fault(place, () -> read(without)).isEmpty()) {
                assertThat(read(place.with("null"))).as(place.key()).isEqualTo(read(without));
            }
        }
    }

    @Test
    void wholeNumbersMayBeWrittenAsOthersAre() throws IOException {
        ExperimentSpec plain = read(
                "{seeds: [1000], loop: {kind: mix, generations: 20, initial: 20000, mix: {fixedReal: [100, 200], memory: 3}}}");
        assertThat(
                        read(
                                "{seeds: [1e3], loop: {kind: mix, generations: 2e1, initial: 20000.0, mix: {fixedReal: [1e2, 200.0], memory: 3.0}}}"))
                .isEqualTo(plain);
        ExperimentSpec override = read("{}", "model.steps=1e4", "sampling.bias=1.0");
        assertThat(override.name()).isEqualTo("spec,model.steps=10000,sampling.bias=1.0");
        Path sweep = Files.writeString(
                folder.resolve("sweep.yaml"),
                "{sweep: {loop.synthetic: [1e3, 2000.0], model.steps: {from: 1e1, to: 3e1, step: 1e1}}}");
        assertThat(SweepSpec.read(sweep, List.of()).cells()).hasSize(6).first().satisfies(cell -> assertThat(
                        cell.name())
                .isEqualTo("loop.synthetic=1000,model.steps=10"));
    }

    @Test
    void aNumberIsNoChoice() {
        assertThatThrownBy(() -> read("{dataset: {kind: images, colour: 0}}"))
                .hasMessageEndingWith("dataset.colour is 0: must be one of rgb, grey, auto");
    }
}
