package org.autophage.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.autophage.loop.DataMix;
import org.autophage.loop.LoopSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits against the recursion of exact moments, against published values, and against loops that are run. */
class RealQuotaTest {
    private static DataMix mix(int synthetic, int real, boolean fresh, int generations) {
        LoopSpec loop = fresh
                ? LoopSpec.freshData(generations, real, synthetic, real)
                : LoopSpec.syntheticAugmentation(generations, real, synthetic, real);
        return loop.dataMix();
    }

    @ParameterizedTest
    @CsvSource({
        "80, 20, .8, .54707, .01528",
        "30, 30, .5, .65683, .01476",
        "90, 10, 1, .94975, .05025",
    })
    void freshSamplesKeepWhatTheClosedFormSays(int synthetic, int real, double bias, double variance, double mean) {
        RealQuota.Limit limit = new RealQuota(synthetic, bias, true).limit(real);
        assertThat(limit.variance()).isCloseTo(variance, within(5e-6));
        assertThat(limit.squaredMean()).isCloseTo(mean, within(5e-6));
    }

    @ParameterizedTest
    @CsvSource({"40, 10, .86170", "10, 10, .87097"})
    void theSameSamplesKeepWhatTheClosedFormSays(int synthetic, int real, double variance) {
        assertThat(new RealQuota(synthetic, 1, false).limit(real).variance()).isCloseTo(variance, within(5e-6));
    }

    @ParameterizedTest
    @CsvSource({
        "5, 1, 1, true",
        "5, 1, 1, false",
        "20, 7, .8, true",
        "20, 7, .8, false",
        "12, 30, .5, true",
        "12, 30, .5, false",
        "40, 3, .98, true",
        "40, 3, .98, false",
    })
    void theRecursionOfExactMomentsEndsThere(int synthetic, int real, double bias, boolean fresh) {
        int generations = 150;
        List<ExpectedMoments.Moments> moments = ExpectedMoments.of(
                        mix(synthetic, real, fresh, generations), bias, false, generations)
                .orElseThrow();
        RealQuota.Limit limit = new RealQuota(synthetic, bias, fresh).limit(real);
        assertThat(limit.variance()).isCloseTo(moments.get(generations - 1).variance(), within(1e-6));
        assertThat(limit.squaredMean()).isCloseTo(moments.get(generations - 1).squaredMean(), within(1e-6));
    }

    /** At λ = 1 the number counts, below it the share. */
    @Test
    void quotasAreThoseOfTheRule() {
        assertThat(new RealQuota(1_000_000, 1, true).toLoseAtMost(.05)).hasValue(10); // 1/(2ε), not quite
        assertThat(new RealQuota(10_000, 1, true).toLoseAtMost(.05)).hasValue(10);
        long atEight = new RealQuota(1_000_000, .8, true).toLoseAtMost(.05).orElseThrow();
        assertThat(atEight / (atEight + 1e6)).isCloseTo(.792, within(5e-4));
        long atNinetyEight =
                new RealQuota(1_000_000, .98, true).toLoseAtMost(.05).orElseThrow();
        assertThat(atNinetyEight / (atNinetyEight + 1e6)).isCloseTo(.275, within(5e-4));
    }

    @ParameterizedTest
    @CsvSource({"1, true", "1, false", ".9, true", ".9, false", ".5, true", ".5, false"})
    void theFewestAreEnoughAndOneLessIsNot(double bias, boolean fresh) {
        for (int synthetic : new int[] {1, 10, 1_000, 100_000}) {
            for (double loss : new double[] {.5, .1, .01}) {
                RealQuota quota = new RealQuota(synthetic, bias, fresh);
                long real = quota.toLoseAtMost(loss).orElseThrow();
                assertThat(1 - quota.limit(real).variance()).isLessThanOrEqualTo(loss);
                assertThat(1 - quota.limit(real - 1).variance()).isGreaterThan(loss);
            }
        }
    }

    /** 8,000 replicas a loop; within 4.5 standard errors, which each of the four checks leaves by chance in 1 of 150,000 cases. */
    @ParameterizedTest
    @CsvSource({"30, 1, true", "30, 1, false", "10, .9, true", "10, .9, false"})
    void loopsThatAreRunWithTheQuotaLoseAsMuch(int synthetic, double bias, boolean fresh) {
        RealQuota quota = new RealQuota(synthetic, bias, fresh);
        int real = Math.toIntExact(quota.toLoseAtMost(.1).orElseThrow());
        int generations = 25;
        int replicas = 8_000;
        SplittableRandom random = new SplittableRandom(7);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < replicas; i++) {
            double variance = new PlainLoop(mix(synthetic, real, fresh, generations), bias, false, random.split())
                    .run(generations)[0];
            sum += variance;
            squares += variance * variance;
        }
        double mean = sum / replicas;
        double error = Math.sqrt((squares / replicas - mean * mean) / replicas);
        assertThat(mean).isCloseTo(quota.limit(real).variance(), within(4.5 * error));
        assertThat(1 - mean).isLessThan(.1 + 4.5 * error);
    }
}
