package org.autophage.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.autophage.data.npy.NpyArray;
import org.autophage.data.npy.Npz;
import org.autophage.metrics.distance.FrechetDistance;
import org.autophage.metrics.distance.KernelDistance;
import org.autophage.metrics.distance.VendiScore;
import org.autophage.metrics.features.Features;
import org.autophage.metrics.neighbours.Authenticity;
import org.autophage.metrics.neighbours.Ball;
import org.autophage.metrics.neighbours.NeighbourSearch;
import org.autophage.metrics.neighbours.PrecisionRecall;
import org.autophage.program.Device;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The values that prdc, torch-fidelity, the Vendi-Score package and dgm-eval give, in float64, for eight sets of features:
 * Fréchet distance, kernel distance and Vendi score to 1e-6 relative, counts to the last sample (the peers print some shares as float32, hence 1e-7).
 */
class OraclesTest {
    private static final Path FOLDER = Path.of("..", "shared", "oracles");

    @TestFactory
    List<DynamicTest> equalThePeers() throws IOException {
        assumeTrue(Files.isDirectory(FOLDER), "the reference values in ../shared/oracles are not here");
        JsonNode expected = JsonMapper.builder().build().readTree(Files.readString(FOLDER.resolve("expected.json")));
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonNode> set : expected.properties()) {
            Path file = FOLDER.resolve(set.getKey() + ".npz");
            tests.add(DynamicTest.dynamicTest(set.getKey() + " fréchet", () -> frechet(file, set.getValue())));
            tests.add(DynamicTest.dynamicTest(set.getKey() + " kernel", () -> kernel(file, set.getValue())));
            tests.add(DynamicTest.dynamicTest(set.getKey() + " vendi", () -> vendi(file, set.getValue())));
            if (set.getValue().has("authenticPercent")) {
                tests.add(DynamicTest.dynamicTest(
                        set.getKey() + " authenticity",
                        () -> authenticity(file, set.getValue().path("authenticPercent"))));
            }
            for (Ball ball : Ball.values()) {
                for (int k : new int[] {1, 3, 5}) {
                    String key = ball + "-k" + k;
                    tests.add(DynamicTest.dynamicTest(
                            set.getKey() + " " + key,
                            () -> counts(file, set.getValue().path(key), ball, k)));
                }
            }
        }
        return tests;
    }

    private static void frechet(Path file, JsonNode expected) {
        try (Device device = Device.of("cpu");
                FrechetDistance frechet = new FrechetDistance(device)) {
            double peer = expected.path("frechetDistance").asDouble();
            double distance = frechet.between(
                    frechet.statistics(features(file, "real")), frechet.statistics(features(file, "fake")));
            assertThat(distance).isCloseTo(peer, within(1e-6 * peer));
        }
    }

    private static void kernel(Path file, JsonNode expected) {
        try (Device device = Device.of("cpu");
                KernelDistance kernel = new KernelDistance(device)) {
            double peer = expected.path("kernelDistance").asDouble();
            assertThat(kernel.full(features(file, "real"), features(file, "fake")))
                    .isCloseTo(peer, within(1e-6 * Math.abs(peer)));
        }
    }

    private static void vendi(Path file, JsonNode expected) {
        try (Device device = Device.of("cpu");
                VendiScore vendi = new VendiScore(device)) {
            for (String name : List.of("real", "fake")) {
                double peer = expected.path("vendiScore").path(name).asDouble();
                assertThat(vendi.of(features(file, name))).isCloseTo(peer, within(1e-6 * peer));
            }
        }
    }

    private static void authenticity(Path file, JsonNode expected) {
        try (Device device = Device.of("cpu");
                NeighbourSearch search = new NeighbourSearch(device)) {
            // The peer prints float32.
            assertThat(Authenticity.of(search, features(file, "real"), features(file, "fake"))
                            .percent())
                    .isCloseTo(expected.asDouble(), within(1e-5));
        }
    }

    private static void counts(Path file, JsonNode expected, Ball ball, int k) {
        try (Device device = Device.of("cpu");
                PrecisionRecall precisionRecall = new PrecisionRecall(device, k, ball)) {
            PrecisionRecall.Result result = precisionRecall.between(
                    precisionRecall.neighbourhoods(features(file, "real")),
                    precisionRecall.neighbourhoods(features(file, "fake")));
            Map<String, Double> values = Map.of(
                    "precision", result.precision(),
                    "recall", result.recall(),
                    "density", result.density(),
                    "coverage", result.coverage());
            assertThat(expected.properties()).isNotEmpty();
            for (Map.Entry<String, JsonNode> value : expected.properties()) {
                assertThat(values.get(value.getKey()))
                        .as(value.getKey())
                        .isCloseTo(value.getValue().asDouble(), within(1e-7));
            }
        }
    }

    private static Features features(Path file, String name) {
        NpyArray array = Npz.read(file, name);
        return Features.ofRows(array.shape()[1], array.toDoubles());
    }
}
