package org.autophage.metrics.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.autophage.data.Points;
import org.autophage.data.Samples;
import org.autophage.data.npy.NpyArray;
import org.autophage.data.npy.Npz;
import org.autophage.metrics.MeasuredGeneration;
import org.autophage.metrics.MeasuredSet;
import org.autophage.metrics.ReplicaMeans;
import org.autophage.metrics.features.Features;
import org.autophage.metrics.known.KnownMetrics;
import org.autophage.metrics.neighbours.Ball;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The metrics that a run's spec can ask for, on points: against what peers give, and by hand. */
class ReplicaPairsTest extends OnCpu {
    private static final Path FOLDER = Path.of("..", "shared", "oracles");

    private static Features coordinates(Samples samples) {
        Points points = samples.points().orElseThrow();
        return Features.ofRows(points.dimensions(), points.values());
    }

    private static Map<String, Double> found(Points holdout, Points samples, Points training, String... names) {
        MetricsSpec spec = new MetricsSpec("pixels", 1000, 1, Ball.STRICT);
        try (ReplicaPairs pairs = new ReplicaPairs(spec, device, ReplicaPairsTest::coordinates)) {
            MeasuredGeneration generation = MeasuredGeneration.of(samples, training, chunk -> chunk);
            ReplicaMeans means = new ReplicaMeans();
            MeasuredSet reference = pairs.reference(holdout);
            pairs.of(pairs.measured(samples), generation, reference, reference, KnownMetrics.of(List.of(names)))
                    .forEach(means::add);
            return means.measures().values();
        }
    }

    /** With the real samples as the training set, as evaluate has it. */
    @TestFactory
    List<DynamicTest> equalThePeers() throws IOException {
        assumeTrue(Files.isDirectory(FOLDER), "the reference values in ../shared/oracles are not here");
        JsonNode expected = JsonMapper.shared().readTree(Files.readString(FOLDER.resolve("expected.json")));
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonNode> set : expected.properties()) {
            tests.add(DynamicTest.dynamicTest(set.getKey(), () -> {
                Points real = points(set.getKey(), "real");
                Map<String, Double> values =
                        found(real, points(set.getKey(), "fake"), real, "kernelDistance", "vendiScore", "authenticity");
                JsonNode peer = set.getValue();
                close(values, "kernelDistance", peer.path("kernelDistance"), 1e-6);
                close(values, "vendiScore.real", peer.path("vendiScore").path("real"), 1e-6);
                close(values, "vendiScore.fake", peer.path("vendiScore").path("fake"), 1e-6);
                if (peer.has("authenticPercent")) { // the peer prints float32
                    close(values, "authenticPercent", peer.path("authenticPercent"), 1e-6);
                }
            }));
        }
        return tests;
    }

    private static void close(Map<String, Double> values, String key, JsonNode peer, double tolerance) {
        assertThat(Objects.requireNonNull(values.get(key)))
                .as(key)
                .isCloseTo(peer.doubleValue(), within(tolerance * Math.abs(peer.doubleValue())));
    }

    private static Points points(String set, String name) {
        NpyArray array = Npz.read(FOLDER.resolve(set + ".npz"), name);
        return new Points(1, array.shape()[0], array.shape()[1], array.toDoubles());
    }

    /** Two replicas on a line; the second's samples are its training samples. */
    @Test
    void copiesAreThoseOfTheReplicasOwnTrainingSet() {
        Points holdout = new Points(1, 3, 1, new double[] {0.5, 3, 8});
        Points training = new Points(2, 3, 1, new double[] {0, 4, 10, 100, 104, 110});
        Points samples = new Points(2, 3, 1, new double[] {1, 6, 10, 104, 110, 100});
        Map<String, Double> values = found(holdout, samples, training, "copying", "authenticity");
        // distances 1, 2, 0 and 0, 0, 0; their medians are 1 and 0
        assertThat(values).containsEntry("nearestTrainingDistance", 0.5).containsEntry("exactCopies", 2.0);
        // 1 < 4, 2 < 4, 0 < 6: nothing is farther than its neighbour's own neighbour
        assertThat(values).containsEntry("authenticPercent", 0.0);
        // the holdout is at .5, 1, 2 from the first training set, at 99.5, 97, 92 from the second: U = 1.5 + 2.5 and 0
        double first = (4 - 4.5) / Math.sqrt(9 / 12.0 * (7 - (6 + 6) / 30.0));
        double second = (0 - 4.5) / Math.sqrt(9 / 12.0 * (7 - 24 / 30.0));
        assertThat(Objects.requireNonNull(values.get("copyTest"))).isCloseTo((first + second) / 2, within(1e-12));
    }

    /** ψ(3) − ψ(1) = 1 + 1/2 and the unit ball on a line is 2: ln 2 + 3/2 + mean ln r. */
    @Test
    void entropyByHand() {
        Points holdout = new Points(1, 3, 1, new double[] {0, 1, 3});
        Points samples = new Points(1, 3, 1, new double[] {0, 4, 10});
        Map<String, Double> values = found(holdout, samples, holdout, "entropy");
        double known = Math.log(2) + 1.5;
        assertThat(Objects.requireNonNull(values.get("entropy.real")))
                .isCloseTo(known + Math.log(2) / 3, within(1e-12));
        assertThat(Objects.requireNonNull(values.get("entropy.fake")))
                .isCloseTo(known + (2 * Math.log(4) + Math.log(6)) / 3, within(1e-12));
    }

    @Test
    void samplesThatComeTwiceHaveNoEntropy() {
        Points holdout = new Points(1, 3, 1, new double[] {0, 1, 3});
        Points samples = new Points(1, 3, 1, new double[] {0, 4, 4});
        assertThat(found(holdout, samples, holdout, "entropy")).isEmpty();
    }
}
