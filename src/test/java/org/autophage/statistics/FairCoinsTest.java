package org.autophage.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FairCoinsTest {
    /** P(20 coins show at least 16) = 6196/2²⁰ = .0059, at least 15: .0207. */
    @ParameterizedTest
    @CsvSource({
        "20, .01, 16",
        "20, .0207, 15",
        "20, .0206, 16",
        "10, 0.0009765625, 10",
        "10, 0.00097, 11",
        "1, .5, 1",
        "2, 1, 0"
    })
    void thresholdsOfFewCoins(int coins, double probability, int threshold) {
        assertThat(FairCoins.threshold(coins, probability)).isEqualTo(threshold);
    }

    /** Whole numbers of ways, added up exactly. */
    @ParameterizedTest
    @CsvSource({"100, .05", "784, .001", "784, 1e-6", "3072, .01", "12288, 1e-9", "256, .5"})
    void theTailIsThatOfWholeNumbers(int coins, double probability) {
        int threshold = FairCoins.threshold(coins, probability);
        BigDecimal allowed = new BigDecimal(probability).multiply(new BigDecimal(BigInteger.TWO.pow(coins)));
        BigInteger ways = BigInteger.ONE;
        BigInteger tail = BigInteger.ZERO;
        for (int k = coins; k >= threshold; k--) {
            tail = tail.add(ways);
            ways = ways.multiply(BigInteger.valueOf(k)).divide(BigInteger.valueOf(coins - k + 1));
        }
        assertThat(new BigDecimal(tail)).isLessThanOrEqualTo(allowed);
        assertThat(new BigDecimal(tail.add(ways))).isGreaterThan(allowed);
    }

    /** Of a normal law: 392 + 3.0902 · 14 and half a coin. */
    @Test
    void ofManyCoinsItIsNearlyNormal() {
        assertThat(FairCoins.threshold(784, .001)).isBetween(435, 437);
    }
}
