package org.autophage.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.autophage.base.AutophageException;
import org.autophage.base.Checks;
import org.autophage.base.ExitCode;
import org.autophage.base.Range;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading, merging and binding, on a spec of its own so that the keys of the real one may change. */
class SpecReadingTest {
    @TempDir
    private Path folder;

    public record Trip(String name, List<Long> seeds, Vehicle vehicle, Route route) {
        public static final Trip DEFAULTS = new Trip("unnamed", List.of(0L), Bicycle.DEFAULTS, Route.DEFAULTS);
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Bicycle.class, name = "bicycle"),
        @JsonSubTypes.Type(value = Train.class, name = "train")
    })
    public sealed interface Vehicle permits Bicycle, Train {}

    public record Bicycle(int gears, double speed) implements Vehicle {
        public static final Bicycle DEFAULTS = new Bicycle(7, 18.5);

        public Bicycle {
            Checks.within("vehicle.gears", gears, Range.atLeast(0));
        }
    }

    public record Train(boolean sleeper, int carriages) implements Vehicle {
        public static final Train DEFAULTS = new Train(false, 8);

        public Train {
            Checks.within("carriages", carriages, Range.atLeast(1));
        }
    }

    public enum Style {
        FAST,
        SCENIC
    }

    public record Route(Style style, @Nullable Integer stops, List<String> through) {
        public static final Route DEFAULTS = new Route(Style.FAST, null, List.of());
    }

    private SpecSource source(String yaml, String... overrides) throws IOException {
        Path file = Files.writeString(folder.resolve("trip.yaml"), yaml);
        return SpecSource.read(Trip.class, file, List.of(overrides));
    }

    private Trip read(String yaml, String... overrides) throws IOException {
        return source(yaml, overrides).bind(Trip.class);
    }

    private void refused(String message, String yaml, String... overrides) {
        assertThatExceptionOfType(AutophageException.class)
                .isThrownBy(() -> read(yaml, overrides))
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .withMessage(message.replace("FILE", folder.resolve("trip.yaml").toString()));
    }

    @Test
    void fillsUpWithTheDefaultsOfTheKind() throws IOException {
        assertThat(read("seeds: [1]\nvehicle: {kind: train, carriages: 3}"))
                .isEqualTo(new Trip("trip", List.of(1L), new Train(false, 3), Route.DEFAULTS));
        assertThat(read("name: far")).isEqualTo(new Trip("far", List.of(0L), Bicycle.DEFAULTS, Route.DEFAULTS));
    }

    @Test
    void readsNumbersAsPeopleWriteThem() throws IOException {
        assertThat(read("seeds: [1]\nvehicle: {kind: bicycle, speed: 2e-3}").vehicle())
                .isEqualTo(new Bicycle(7, 0.002));
        assertThat(read("seeds: [1]\nvehicle: {speed: .5}").vehicle()).isEqualTo(new Bicycle(7, 0.5));
        assertThat(read("seeds: [1]\nvehicle: {speed: 3}").vehicle()).isEqualTo(new Bicycle(7, 3));
    }

    @Test
    void overridesWinAndExtendTheName() throws IOException {
        Trip trip = read("seeds: [1]", "vehicle.speed=20", "route.stops=2", "vehicle.gears=3", "vehicle.gears=4");
        assertThat(trip.vehicle()).isEqualTo(new Bicycle(4, 20));
        assertThat(trip.route().stops()).isEqualTo(2);
        assertThat(trip.name()).isEqualTo("trip,route.stops=2,vehicle.gears=4,vehicle.speed=20");
    }

    @Test
    void moreOfTheSameKeepsTheName() throws IOException {
        assertThat(read("seeds: [1]", "seeds=[1, 2]")).isEqualTo(read("seeds: [1, 2]"));
        assertThat(read("seeds: [1]", "vehicle.speed=20", "name=other").name()).isEqualTo("other");
    }

    @Test
    void listsInANameAreFileNames() throws IOException {
        assertThat(read("seeds: [1]", "route.through=[a/b, c]").name()).isEqualTo("trip,route.through=a_b+c");
    }

    @Test
    void anUnknownKeyNamesTheNearestOne() {
        refused("FILE: unknown key vehicle.spede; the nearest key is vehicle.speed", "seeds: [1]\nvehicle: {spede: 3}");
        refused("FILE: unknown key vehicel; the nearest key is vehicle", "seeds: [1]\nvehicel: {speed: 3}");
        refused(
                "override route.stop=1: unknown key route.stop; the nearest key is route.stops",
                "seeds: [1]",
                "route.stop=1");
        refused(
                "FILE: unknown key vehicle.gears; the nearest key is vehicle.sleeper",
                "seeds: [1]\nvehicle: {kind: train, gears: 3}");
    }

    @Test
    void aWrongTypeNamesKeyValueAndWhatWouldBeRight() {
        refused("FILE: vehicle.gears is \"many\": must be a whole number", "seeds: [1]\nvehicle: {gears: many}");
        refused("FILE: vehicle.gears is 1.5: must be a whole number", "seeds: [1]\nvehicle: {gears: 1.5}");
        refused("FILE: vehicle.gears is \"3\": must be a whole number", "seeds: [1]\nvehicle: {gears: '3'}");
        refused("FILE: vehicle.speed is true: must be a number", "seeds: [1]\nvehicle: {speed: true}");
        refused("FILE: vehicle.sleeper is 1: must be true or false", "seeds: [1]\nvehicle: {kind: train, sleeper: 1}");
        refused("FILE: seeds is 1: must be a list, such as [0, 1]", "seeds: 1");
        refused("FILE: seeds[1] is \"b\": must be a whole number", "seeds: [1, b]");
        refused("FILE: name is [1]: must be text", "seeds: [1]\nname: [1]");
        refused("FILE: route is 3: must be a mapping with the keys style, stops, through", "seeds: [1]\nroute: 3");
        refused("FILE: route.style is \"slow\": must be one of FAST, SCENIC", "seeds: [1]\nroute: {style: slow}");
        refused("FILE: vehicle.kind is car: must be one of bicycle, train", "seeds: [1]\nvehicle: {kind: car}");
        refused(
                "FILE: vehicle is \"car\": must be a mapping with a key kind that is one of bicycle, train",
                "seeds: [1]\nvehicle: car");
    }

    @Test
    void aRefusedValueNamesWhereItCameFrom() {
        refused("FILE: vehicle.gears is -1: must be at least 0", "seeds: [1]\nvehicle: {gears: -1}");
        refused("override vehicle.gears=-1: vehicle.gears is -1: must be at least 0", "seeds: [1]", "vehicle.gears=-1");
    }

    @Test
    void aPartNeedNotKnowWhereItStands() {
        refused("FILE: vehicle.carriages is 0: must be at least 1", "vehicle: {kind: train, carriages: 0}");
        refused(
                "override vehicle.carriages=0: vehicle.carriages is 0: must be at least 1",
                "vehicle: {kind: train, sleeper: true}",
                "vehicle.carriages=0");
    }

    @Test
    void badYamlNamesTheLine() {
        refused("FILE, line 3, column 1: not valid YAML: found duplicate key name", "name: a\nseeds: [1]\nname: b");
        refused("FILE, line 2, column 1: not valid YAML: expected ',' or ']', but got <stream end>", "seeds: [1, 2\n");
        refused("FILE: must be a mapping of keys to values, such as \"name: my-experiment\"", "");
        refused("\"gears\" is no override: must be key=value, such as sampling.bias=0.5", "seeds: [1]", "gears");
        refused("\"a..b=1\" is no override: its key must be names with dots between them", "seeds: [1]", "a..b=1");
    }

    @Test
    void aMissingFileIsNamed() {
        Path missing = folder.resolve("missing.yaml");
        assertThatExceptionOfType(AutophageException.class)
                .isThrownBy(() -> SpecSource.read(Trip.class, missing, List.of()))
                .withMessage(missing + ": no such file")
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
    }

    @Test
    void whatIsWrittenReadsBack() throws IOException {
        Trip trip = read("seeds: [1, 2]\nroute: {through: ['2e-3', 'no', '1']}\nvehicle: {speed: 2e-7}");
        String written = Yaml.write(SpecBinder.MAPPER.valueToTree(trip));
        assertThat(read(written)).isEqualTo(trip);
        assertThat(written).startsWith("name: trip\n");
    }
}
