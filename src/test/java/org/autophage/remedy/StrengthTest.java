package org.autophage.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.autophage.base.Range;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class StrengthTest {
    private static Strength read(String json) {
        return JsonMapper.shared().readValue(json, Strength.class);
    }

    @Test
    void theLastValueHoldsOn() {
        Strength strength = read("[0, 1, 0.5]");
        assertThat(List.of(strength.at(1), strength.at(2), strength.at(3), strength.at(50)))
                .containsExactly(0.0, 1.0, .5, .5);
        assertThat(read("2").at(9)).isEqualTo(2);
    }

    @Test
    void itIsWrittenAsItIsRead() {
        for (String json : new String[] {"0.5", "[0.5,1.0]"}) {
            assertThat(JsonMapper.shared().writeValueAsString(read(json))).isEqualTo(json);
        }
    }

    @Test
    void whatIsNoStrengthIsRefused() {
        assertThatThrownBy(() -> read("[]")).hasMessageContaining("is empty");
        assertThatThrownBy(() -> read("[1, \"a\"]")).hasMessageContaining("must be a number, or a list of them");
        assertThatThrownBy(() -> read("[1, 3]").check("weight", Range.closed(0, 2.5), "0 is the model"))
                .hasMessage("weight is [1.0, 3.0]: must be in [0, 2.5], 0 is the model");
        assertThatThrownBy(() -> Strength.of(Double.NaN).check("weight", Range.closed(0, 1), "no"))
                .hasMessageContaining("weight is NaN");
    }
}
