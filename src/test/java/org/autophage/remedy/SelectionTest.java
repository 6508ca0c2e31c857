package org.autophage.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.data.Images;
import org.autophage.data.Points;
import org.autophage.data.Samples;
import org.autophage.loop.Draws;
import org.autophage.loop.Given;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;

class SelectionTest {
    private static Selection beyond(double threshold, int most, @Nullable Control control, Draws draws) {
        return new Rejection(
                draws,
                NormalDraws.TURN,
                "verifier",
                control,
                most,
                selection -> samples -> {
                    double[] values = values(samples);
                    return (replica, i) -> values[replica * samples.count() + i] > threshold;
                },
                Map.of("known", 7));
    }

    private static double[] values(Samples samples) {
        return ((Points) samples).values();
    }

    @Test
    void whatIsAcceptedKeepsItsOrderInEveryReplica() {
        Selection selection = beyond(0.5, 100, null, NormalDraws.of(1, 3, 1));
        Points given = (Points) selection.next(20).samples();
        Points all = (Points) NormalDraws.of(1, 3, 1).next(20).samples();
        for (int replica = 0; replica < 3; replica++) {
            double[] accepted = Arrays.stream(all.replica(replica).values())
                    .filter(x -> x > 0.5)
                    .toArray();
            double[] own = given.replica(replica).values();
            assertThat(own).hasSize(20).startsWith(accepted);
            assertThat(Arrays.stream(own).min().orElseThrow()).isGreaterThan(0.5);
        }
        assertThat(selection.told()).containsEntry("given", 20L).containsEntry("known", 7);
    }

    /** Candidates up to the n-th accepted have the mean n/p, so that the pooled share is p; 4 standard errors. */
    @ParameterizedTest
    @NullSource
    @EnumSource(Control.class)
    void theAcceptanceIsThatOfTheLaw(@Nullable Control control) {
        int replicas = 100_000;
        int n = 5;
        Selection selection = beyond(0, 1000, control, NormalDraws.of(2, replicas, 1));
        selection.next(n);
        double acceptance = RemedyContexts.number(selection.told(), "acceptance");
        assertThat(acceptance).isCloseTo(n / offered(control, n), within(4 * 0.5 * Math.sqrt(0.5 / (n * replicas))));
    }

    /** Of the rule n/p candidates; the control's go on to the next acceptance, (n + 1)/p − 1. */
    private static double offered(@Nullable Control control, int n) {
        return control == null ? n / 0.5 : (n + 1) / 0.5 - 1;
    }

    /**
     * Two of the control's are independent draws of N(0, 1), however few there are: mean 0, E (x − y)²/2 = 1, E xy = 0. Chosen
     * among candidates that end with an accepted one, .386 of two were above 0 too many. 4 standard errors.
     */
    @Test
    void theControlIsBlind() {
        int replicas = 400_000;
        Points given = (Points) beyond(0, 1000, Control.RANDOM, NormalDraws.of(3, replicas, 1))
                .next(2)
                .samples();
        double mean = 0;
        double half = 0;
        double product = 0;
        for (int replica = 0; replica < replicas; replica++) {
            double x = given.values()[2 * replica];
            double y = given.values()[2 * replica + 1];
            mean += (x + y) / 2 / replicas;
            half += (x - y) * (x - y) / 2 / replicas;
            product += x * y / replicas;
        }
        double error = 4 / Math.sqrt(replicas);
        assertThat(mean).isCloseTo(0, within(error * Math.sqrt(0.5)));
        assertThat(half).isCloseTo(1, within(error * Math.sqrt(2)));
        assertThat(product).isCloseTo(0, within(error));
    }

    @Test
    void tooFewWithinTheBudgetEndTheRunInOneLine() {
        assertThatThrownBy(() -> beyond(9, 5, null, NormalDraws.of(4)).next(20))
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DIVERGED))
                .hasMessage("generation 3: remedies, verifier: 100 draws for 20 samples gave 0, an acceptance of 0.00:"
                        + " a rule that accepts more, or a larger most than 5, is needed");
    }

    /** Within the budget there may be no acceptance more than are given: the control then has all there is to choose from. */
    @Test
    void theControlMakesDoWithTheBudget() {
        Selection all = beyond(-99, 1, Control.RANDOM, NormalDraws.of(5));
        assertThat(values(all.next(6).samples())).hasSize(6);
        assertThat(all.told()).containsEntry("drawn", 6L).containsEntry("acceptance", 1.0);
    }

    /** Class 0 is accepted one time in four, the others always: shares stay, and class 0 alone makes it draw on. */
    @ParameterizedTest
    @NullSource
    @EnumSource(Control.class)
    void classesKeepTheirShares(@Nullable Control control) {
        Selection selection = new Rejection(
                numbered(),
                NormalDraws.TURN,
                "verifier",
                control,
                100,
                rejection -> samples -> {
                    Images images = (Images) samples;
                    return (replica, i) -> images.labels()[i] > 0 || images.pixels(i)[0] / 3 % 4 == 0;
                },
                Map.of());
        Images given = (Images) selection.next(12).samples();
        assertThat(given.classCounts()).containsExactly(4, 4, 4);
        if (control == null) {
            for (int i = 0; i < given.count(); i++) {
                assertThat(given.labels()[i] > 0 || given.pixels(i)[0] / 3 % 4 == 0)
                        .isTrue();
            }
            assertThat(selection.told()).containsEntry("offered", 13L + 4 + 4);
        }
    }

    /** Images of one pixel, which is their number, of three classes in turn. */
    private static Draws numbered() {
        return new Draws() {
            private int at;

            @Override
            public Given next(int count) {
                byte[] pixels = new byte[count];
                int[] labels = new int[count];
                long[] numbers = new long[count];
                for (int i = 0; i < count; i++, at++) {
                    pixels[i] = (byte) at;
                    labels[i] = at % 3;
                    numbers[i] = at;
                }
                return new Given(new Images(1, 1, 1, 3, pixels, labels), numbers);
            }
        };
    }

    /** The control of a choice of one in four takes a quarter blindly: mean 0 and variance 1. */
    @ParameterizedTest
    @CsvSource({", 1.02938, .49172", "RANDOM, 0, 1"})
    void oneOfFour(@Nullable Control control, double mean, double variance) {
        int count = 200_000;
        OneOfMany largest = new OneOfMany(
                NormalDraws.of(6),
                NormalDraws.TURN,
                "curation",
                control,
                4,
                samples -> values(samples).clone(),
                "reward",
                Choosing.BEST.chooser(),
                Map.of());
        double[] chosen = values(largest.next(count).samples());
        double found = Arrays.stream(chosen).average().orElseThrow();
        double squares =
                Arrays.stream(chosen).map(x -> (x - found) * (x - found)).sum();
        assertThat(found).isCloseTo(mean, within(4 * Math.sqrt(variance / count)));
        assertThat(squares / count).isCloseTo(variance, within(4 * Math.sqrt(2.0 / count)));
        assertThat(largest.told()).containsEntry("drawn", 4L * count).containsEntry("acceptance", 0.25);
        assertThat(RemedyContexts.number(largest.told(), "meanOfGiven")).isCloseTo(found, within(1e-9));
    }
}
