package org.autophage.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {
    @ParameterizedTest
    @CsvSource({
        "'a\nb\r\tc', 'a\\nb\\r\\tc'",
        "'\u001b[31mred', '\\u001b[31mred'",
        "'\u009b2J', '\\u009b2J'",
        "'\u0007\u007f', '\\u0007\\u007f'",
        "'gnp\u202e.exe', 'gnp\\u202e.exe'",
        "'\u2066x\u2069\u200f', '\\u2066x\\u2069\\u200f'",
        "'\u2028\u2029\ufeff\u200b', '\\u2028\\u2029\\ufeff\\u200b'",
        "'\udb40\udc41', '\\udb40\\udc41'",
    })
    void whatNobodySeesIsAnEscape(String text, String shown) {
        assertThat(Printable.of(text)).isEqualTo(shown);
    }

    @Test
    void halvesOfPairsAreEscapes() {
        assertThat(Printable.of("a\ud800")).isEqualTo("a\\ud800");
    }

    @Test
    void whatASeeingPersonReadsStays() {
        String text = "Fréchet λ=0.5 ¹⁄₂ 数字 🙂 C:\\n";
        assertThat(Printable.of(text)).isSameAs(text);
    }
}
