package org.autophage.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SpecDifferenceTest {
    private static List<SpecDifference> differences(String before, String after) {
        return SpecDifference.all(tree(before), tree(after), Set.of("seeds", "loop.generations"));
    }

    private static JsonNode tree(String yaml) {
        return RecordedSpec.parse(yaml);
    }

    @Test
    void equalSpecsDoNotDiffer() {
        assertThat(differences("{a: 1, b: {c: [1, 2]}}", "{b: {c: [1, 2]}, a: 1.0}"))
                .isEmpty();
    }

    @Test
    void someKeysMayDiffer() {
        assertThat(differences(
                        "{seeds: [1], loop: {generations: 3, real: 2}}",
                        "{seeds: [2], loop: {generations: 4, real: 2}}"))
                .isEmpty();
    }

    @Test
    void namesTheKeyAndBothValues() {
        assertThat(differences("{seeds: [1], loop: {generations: 3, real: 2}}", "{seeds: [1], loop: {real: 5}}"))
                .contains(new SpecDifference("loop.real", "2", "5"));
        assertThat(differences("{a: {b: x}}", "{a: {}}")).contains(new SpecDifference("a.b", "x", "absent"));
        assertThat(differences("{a: {}}", "{a: {b: {c: 1}}}"))
                .contains(new SpecDifference("a.b", "absent", "{\"c\":1}"));
    }
}
