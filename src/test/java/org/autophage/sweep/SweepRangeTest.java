package org.autophage.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.spec.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Ranges against lists worked out by hand. */
class SweepRangeTest {
    private static List<JsonNode> values(String range) {
        return SweepRange.parse((ObjectNode) Yaml.parse(range, "test"), "map.yaml: sweep.key")
                .values();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{from: 100, to: 500, step: 100}                 | 100 200 300 400 500",
                "{from: 0.1, to: 0.5, step: 0.1}                 | 0.1 0.2 0.3 0.4 0.5",
                "{from: 0.7, to: 1, step: 0.1}                   | 0.7 0.8 0.9 1.0",
                "{from: 0, to: 1, step: 0.5}                     | 0.0 0.5 1.0",
                "{from: -1, to: 1, step: 1}                      | -1 0 1",
                "{from: 1e-3, to: 1e-1, count: 5, scale: log}    | 0.001 0.00316228 0.01 0.0316228 0.1",
                "{from: 1e-4, to: 1e-2, count: 3, scale: log}    | 0.0001 0.001 0.01",
                "{from: 100, to: 10000, count: 5, scale: log}    | 100 316 1000 3162 10000",
                "{from: 1, to: 10, count: 4}                     | 1 4 7 10",
                "{from: 0.0, to: 1.0, count: 4}                  | 0.0 0.333333 0.666667 1.0",
                "{from: 0.5, to: 1.0, count: 3, scale: linear}   | 0.5 0.75 1.0",
                "{from: 1, to: 64, count: 7, scale: log}         | 1 2 4 8 16 32 64",
            })
    void numbersAreThoseOfAList(String range, String list) {
        assertThat(values(range))
                .isEqualTo(List.copyOf(Yaml.parse("[" + list.replace(" ", ", ") + "]", "test")
                        .valueStream()
                        .toList()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{from: 1, step: 1}                          | sweep.key has no to: a range is written",
                "{to: 1, step: 1}                            | sweep.key has no from: a range is written",
                "{from: 1, to: 5}                            | must have either step or count, such as",
                "{from: 1, to: 5, step: 1, count: 5}         | must have either step or count, such as",
                "{from: 1, to: 5, stop: 1}                   | sweep.key.stop: a range has the keys from, to, and step",
                "{from: 5, to: 1, step: 1}                   | sweep.key is from 5 to 1: from must be less than to",
                "{from: a, to: 5, step: 1}                   | sweep.key.from is \"a\": must be a number",
                "{from: 1, to: 5, step: 0}                   | sweep.key.step is 0: must be greater than 0",
                "{from: 1, to: 6, step: 2}                   | sweep.key.to is 6, which no step of 2 reaches: write 5 or 7",
                "{from: 1, to: 5, step: 1, scale: log}       | sweep.key.scale: goes with count, not with step",
                "{from: 1, to: 5, count: 1}                  | sweep.key.count is 1: must be a whole number of at least 2",
                "{from: 1, to: 5, count: 2.5}                | sweep.key.count is 2.5: must be a whole number of at least 2",
                "{from: 0, to: 5, count: 3, scale: log}      | sweep.key.from is 0: must be greater than 0 on a logarithmic",
                "{from: 1, to: 5, count: 3, scale: square}   | sweep.key.scale is square: must be linear or log",
                "{from: 1, to: 2, step: 1e-9}                | sweep.key has 1000000001 values: must be at most 10000",
            })
    void whatIsNoRangeIsRefused(String range, String message) {
        assertThatThrownBy(() -> values(range))
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageStartingWith("map.yaml: sweep.key")
                .hasMessageContaining(message);
    }

    @Test
    void anEndThatIsNotFiniteIsRefusedAsEveryNumberIs() {
        assertThatThrownBy(() -> values("{from: 1, to: .inf, count: 3}"))
                .isInstanceOf(AutophageException.class)
                .hasMessage("test, line 1, column 15: to is .inf: must be a finite number, below 1.8e308");
    }
}
