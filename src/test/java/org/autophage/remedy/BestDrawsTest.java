package org.autophage.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.autophage.data.Points;
import org.autophage.data.Samples;
import org.autophage.loop.Draws;
import org.autophage.loop.Given;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BestDrawsTest {
    private static double[] values(Samples samples) {
        return ((Points) samples).values();
    }

    private static BestDraws largest(Draws draws, double keep) {
        return new BestDraws(draws, NormalDraws.TURN, "sure", keep, BestDrawsTest::values, Map.of("known", 7));
    }

    /** The upper part of a normal law: mean h, variance 1 + ah − h², h = φ(a)/(1 − Φ(a)); errors of 4 standard errors. */
    @ParameterizedTest
    @CsvSource({".5, .79788, .36338", ".1, 1.75498, .16909", "1, 0, 1"})
    void theLargestHaveTheMomentsOfTheUpperTail(double keep, double mean, double variance) {
        int count = 200_000;
        double[] chosen = values(largest(NormalDraws.of(1), keep).next(count).samples());
        assertThat(chosen).hasSize(count);
        double found = Arrays.stream(chosen).average().orElseThrow();
        double squared = Arrays.stream(chosen)
                .map(x -> (x - found) * (x - found))
                .average()
                .orElseThrow();
        assertThat(found).isCloseTo(mean, within(4 / Math.sqrt(count)));
        assertThat(squared).isCloseTo(variance, within(4 * Math.sqrt(2.0 / count)));
    }

    @Test
    void whatIsChosenKeepsItsOrderAndTellsItsDraws() {
        Draws draws = largest(NormalDraws.of(2), 0.25);
        Given given = draws.next(10);
        double[] all = values(NormalDraws.of(2).next(40).samples());
        double least = IntStream.range(0, 40)
                .mapToDouble(i -> all[i])
                .sorted()
                .skip(30)
                .min()
                .orElseThrow();
        for (int i = 0; i < given.count(); i++) {
            assertThat(values(given.samples())[i])
                    .isEqualTo(all[(int) given.draw(i)])
                    .isGreaterThanOrEqualTo(least);
            assertThat(i == 0 || given.draw(i) > given.draw(i - 1)).isTrue();
        }
        assertThat(draws.told())
                .containsEntry("drawn", 40L)
                .containsEntry("given", 10L)
                .containsEntry("leastOfGiven", least)
                .containsEntry("known", 7);
        assertThat(draws.next(2).draw(0)).as("draws go on").isGreaterThanOrEqualTo(40);
    }

    @Test
    void everyGroupKeepsItsShare() {
        double[] scores = {9, 8, 7, 6, 1, 2, 3, 4, 5, 5};
        int[] groups = {0, 0, 0, 0, 1, 1, 1, 1, 2, 2};
        assertThat(BestDraws.best(scores, groups, 5)).containsExactly(0, 1, 6, 7, 8);
        assertThat(BestDraws.best(scores, groups, 4))
                .as("1.6, 1.6, .8: the largest remainder")
                .hasSize(4)
                .contains(8);
        assertThat(BestDraws.best(scores, groups, 10)).hasSize(10);
        assertThat(BestDraws.best(scores, new int[10], 3)).containsExactly(0, 1, 2);
    }

    @Test
    void equalScoresAreTakenAsTheyWereDrawn() {
        assertThat(BestDraws.best(new double[6], new int[6], 3)).containsExactly(0, 1, 2);
    }

    @ParameterizedTest
    @CsvSource({"10, .1, 100", "10000, .3, 33334", "7, 1, 7", "1, .001, 1000", "3, .7, 5"})
    void asManyAreDrawnAsAreNeeded(int count, double keep, long drawn) {
        assertThat(BestDraws.drawn(count, keep)).isEqualTo(drawn);
    }
}
