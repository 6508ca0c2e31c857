package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code evaluate --json} on the reference feature sets gives what prdc, torch-fidelity, Vendi-Score and dgm-eval give. */
class EvaluateOraclesTest {
    private static final Path FOLDER = Path.of("..", "shared", "oracles");

    @TestFactory
    List<DynamicTest> equalThePeers() throws IOException {
        assumeTrue(Files.isDirectory(FOLDER), "skipped: the reference values in ../shared/oracles are not here");
        JsonNode expected = JsonMapper.shared().readTree(Files.readString(FOLDER.resolve("expected.json")));
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonNode> set : expected.properties()) {
            for (Map.Entry<String, JsonNode> entry : set.getValue().properties()) {
                String[] balls = entry.getKey().split("-k");
                if (balls.length == 2) {
                    tests.add(DynamicTest.dynamicTest(
                            set.getKey() + " " + entry.getKey(),
                            () -> compare(set.getKey(), balls[0], balls[1], set.getValue(), entry.getValue())));
                }
            }
        }
        return tests;
    }

    private static void compare(String set, String ball, String k, JsonNode expected, JsonNode counts) {
        String file = FOLDER.resolve(set + ".npz").toString();
        CommandRun run = CommandRun.of(
                "evaluate",
                "--real",
                file + ":real",
                "--fake",
                file + ":fake",
                "--ball",
                ball,
                "--neighbours",
                k,
                "--json");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines()).hasSize(1);
        JsonNode found = JsonMapper.shared().readTree(run.out());
        for (String name : List.of("frechetDistance", "kernelDistance")) {
            double peer = expected.path(name).asDouble();
            assertThat(found.path(name).asDouble()).as(name).isCloseTo(peer, within(1e-6 * Math.abs(peer)));
        }
        for (String side : List.of("real", "fake")) {
            double peer = expected.path("vendiScore").path(side).asDouble();
            assertThat(found.path("vendiScore").path(side).asDouble()).isCloseTo(peer, within(1e-6 * peer));
        }
        // The peers print shares as float32. Of the lattice, which is full of ties, dgm-eval says nothing.
        if (expected.has("authenticPercent")) {
            assertThat(found.path("authenticPercent").asDouble())
                    .isCloseTo(expected.path("authenticPercent").asDouble(), within(1e-5));
        }
        for (Map.Entry<String, JsonNode> count : counts.properties()) {
            assertThat(found.path(count.getKey()).asDouble())
                    .as(count.getKey())
                    .isCloseTo(count.getValue().asDouble(), within(1e-7));
        }
        assertThat(found.path("neighbours").asInt()).isEqualTo(Integer.parseInt(k));
        assertThat(found.path("ball").asString()).isEqualTo(ball);
    }
}
