package org.autophage.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SpecDifferenceTest {
    private static Optional<SpecDifference> difference(String before, String after) {
        return SpecDifference.first(tree(before), tree(after), Set.of("seeds", "loop.generations"));
    }

    private static JsonNode tree(String yaml) {
        return Yaml.parse(yaml, "test");
    }

    @Test
    void equalSpecsDoNotDiffer() {
        assertThat(difference("{a: 1, b: {c: [1, 2]}}", "{b: {c: [1, 2]}, a: 1.0}"))
                .isEmpty();
    }

    @Test
    void someKeysMayDiffer() {
        assertThat(difference(
                        "{seeds: [1], loop: {generations: 3, real: 2}}",
                        "{seeds: [2], loop: {generations: 4, real: 2}}"))
                .isEmpty();
    }

    @Test
    void namesTheKeyAndBothValues() {
        assertThat(difference("{seeds: [1], loop: {generations: 3, real: 2}}", "{seeds: [1], loop: {real: 5}}"))
                .contains(new SpecDifference(KeyPath.parse("loop.real"), "2", "5"));
        assertThat(difference("{a: {b: x}}", "{a: {}}"))
                .contains(new SpecDifference(KeyPath.parse("a.b"), "x", "absent"));
        assertThat(difference("{a: {}}", "{a: {b: {c: 1}}}"))
                .contains(new SpecDifference(KeyPath.parse("a.b"), "absent", "{\"c\":1}"));
    }
}
