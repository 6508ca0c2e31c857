package org.autophage.report.records;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class SweepKeyTest {
    private static final YAMLMapper YAML = new YAMLMapper();

    private static SweepKey key(String name, String values) {
        return SweepKey.of(name, YAML.readTree(values)).get(0);
    }

    /** A cell's spec has what was written with all defaults, a random control all that the choice has and one key more. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {}                                                                        | 0 | none
                    {remedies: []}                                                            | 0 | none
                    {remedies: [{kind: sure, keep: 0.5}]}                                     | 1 | sure
                    {remedies: [{kind: sure, keep: 0.25}]}                                    | 3 | sure, keep 0.25
                    {remedies: [{kind: sure, keep: 0.5, control: random}]}                    | 2 | sure, control random
                    {remedies: [{kind: sure, keep: 0.5}, {kind: mark, key: 1, strength: 1}]}  | 4 | sure, keep 0.50 + mark, strength 1
                    {remedies: [{kind: near-duplicates, distance: 1}]}                        | 5 | near-duplicates, distance 1
                    """)
    void listsOfPartsAreFoundAsTheyWereWritten(String spec, int place, String text) {
        SweepKey remedies = key(
                "remedies",
                "[[], [{kind: sure}], [{kind: sure, control: random}], [{kind: sure, keep: 0.25}],"
                        + " [{kind: sure, keep: 0.50}, {kind: mark, strength: 1}]]");
        JsonNode complete = YAML.readTree(spec);
        assertThat(remedies.placeOf(remedies.in(complete))).isEqualTo(place);
        assertThat(SweepKey.text(remedies.written(complete))).isEqualTo(text.replace("0.50", "0.5"));
    }

    @Test
    void numbersAreTheSameHoweverTheyAreWritten() {
        SweepKey bias = key("sampling.bias", "[0.5, 1]");
        assertThat(bias.holdsFor(YAML.readTree("{sampling: {bias: 1.0}}"))).isTrue();
        assertThat(bias.holdsFor(YAML.readTree("{sampling: {bias: 0.7}}"))).isFalse();
        SweepKey seeds = key("seeds", "[[0], [0, 1]]");
        assertThat(seeds.placeOf(YAML.readTree("[0, 1]"))).isEqualTo(1);
        assertThat(SweepKey.text(YAML.readTree("[0, 1]"))).isEqualTo("[0, 1]");
    }
}
