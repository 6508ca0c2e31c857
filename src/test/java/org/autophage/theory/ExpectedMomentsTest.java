package org.autophage.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.autophage.loop.Counts;
import org.autophage.loop.DataMix;
import org.autophage.loop.KeptShares;
import org.autophage.loop.Memory;
import org.autophage.loop.RealWeight;
import org.autophage.theory.ExpectedMoments.Moments;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The recursion against the closed forms that it contains, and against simulations that share no code with it. */
class ExpectedMomentsTest {
    private static final Offset<Double> EXACT = within(1e-12);
    private static final Memory LAST = new Memory(1);

    private static DataMix mix(
            int n, int fixed, int fresh, Counts synthetic, Memory memory, @Nullable Integer subsample) {
        return new DataMix(
                n,
                n,
                Counts.of(fixed),
                Counts.of(fresh),
                synthetic,
                memory,
                subsample == null ? null : Counts.of(subsample),
                null);
    }

    private static DataMix replace(int n) {
        return mix(n, 0, 0, Counts.ALL, LAST, null);
    }

    private static List<Moments> of(DataMix mix, double bias, boolean unbiased, int generations) {
        return ExpectedMoments.of(mix, bias, unbiased, generations).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"10", "100"})
    void replaceBiased(int n) {
        List<Moments> moments = of(replace(n), 1, false, 50);
        for (int t = 1; t <= 50; t++) {
            double variance = Math.pow(1 - 1.0 / n, t);
            assertThat(moments.get(t - 1).variance()).isCloseTo(variance, EXACT);
            assertThat(moments.get(t - 1).squaredMean()).isCloseTo(1 - variance, EXACT);
        }
    }

    @ParameterizedTest
    @CsvSource({"10, 1", "10, .8", "100, .7"})
    void replaceUnbiased(int n, double bias) {
        List<Moments> moments = of(replace(n), bias, true, 30);
        double drift = 0;
        for (int t = 1; t <= 30; t++) {
            drift += Math.pow(bias, t - 1) / n;
            assertThat(moments.get(t - 1).variance()).isCloseTo(Math.pow(bias, t - 1), EXACT);
            assertThat(moments.get(t - 1).squaredMean()).isCloseTo(drift, EXACT);
        }
    }

    @ParameterizedTest
    @CsvSource({"10, .8434", "32, .9494", "100, .98363", "316, .99480"})
    void accumulate(int n, double limit) {
        List<Moments> moments = of(mix(n, n, 0, Counts.ALL, Memory.ALL, null), 1, false, 300);
        double product = 1;
        for (int t = 1; t <= 300; t++) {
            product *= 1 - 1 / ((double) n * t * t);
            assertThat(moments.get(t - 1).variance()).isCloseTo(product, EXACT);
        }
        // what is missing after generation 300 is about 1/(300 n), and the table rounds at the last digit
        assertThat(moments.get(299).variance()).isCloseTo(limit, within(1.0 / (300 * n) + 1e-4));
    }

    @ParameterizedTest
    @CsvSource({"10, .738, .004", "32, .910, .006", "100, .966, .007"})
    void accumulateAndSubsample(int n, double simulated, double error) {
        List<Moments> moments = of(mix(n, n, 0, Counts.ALL, Memory.ALL, n), 1, false, 100);
        assertThat(moments.get(99).variance()).isCloseTo(simulated, within(4 * error));
    }

    @ParameterizedTest
    @CsvSource({".5, .6667", ".618034, .618034", "1, 1"})
    void goldenRatio(double weight, double asymptotic) {
        int n = 100_000;
        // a weight of 1 leaves the synthetic points without any; the mix needs them to be there all the same
        DataMix mix = new DataMix(n, n, Counts.NONE, Counts.of(n), Counts.ALL, LAST, null, RealWeight.of(weight));
        assertThat(of(mix, 1, true, 60).get(59).squaredMean() * n).isCloseTo(asymptotic, within(1e-4));
    }

    /** The best weight solves k w² + w = 1, and the variance of the mean is then w σ²/n_r; equal weights give (1 + k)/(1 + 2k). */
    @ParameterizedTest
    @CsvSource({"1, .61803, .66667", "2, .5, .6", "4, .39039, .55556"})
    void theGoldenWeightOfEveryRatio(int k, double golden, double equal) {
        int n = 10_000;
        assertThat(RealWeight.GOLDEN.of(n, k * n)).isCloseTo(golden, within(5e-6));
        double[] variances = new double[4];
        RealWeight[] weights = {
            RealWeight.GOLDEN, RealWeight.of(1.0 / (1 + k)), RealWeight.of(golden - .05), RealWeight.of(golden + .05)
        };
        for (int i = 0; i < weights.length; i++) {
            DataMix mix = new DataMix(n, k * n, Counts.NONE, Counts.of(n), Counts.ALL, LAST, null, weights[i]);
            variances[i] = n * of(mix, 1, true, 60).get(59).squaredMean();
        }
        assertThat(variances[0]).isCloseTo(golden, within(2e-4));
        assertThat(variances[1]).isCloseTo(equal, within(2e-4));
        assertThat(variances[0]).isLessThan(variances[2]).isLessThan(variances[3]);
    }

    @Test
    void weightsThatEqualSharesAreNone() {
        DataMix equal = mix(20, 0, 60, Counts.ALL, LAST, null);
        DataMix weighted = new DataMix(20, 20, Counts.NONE, Counts.of(60), Counts.ALL, LAST, null, RealWeight.of(0.75));
        List<Moments> moments = of(equal, 0.9, true, 10);
        for (int t = 0; t < 10; t++) {
            assertThat(of(weighted, 0.9, true, 10).get(t).variance())
                    .isCloseTo(moments.get(t).variance(), EXACT);
        }
    }

    @Test
    void aRandomNumberOfWeightedPointsIsNotInClosedForm() {
        KeptShares half = new KeptShares(.5, .5);
        assertThat(ExpectedMoments.of(mix(10, 5, 0, Counts.ALL, LAST, 8), half, 1, true, 5))
                .isEmpty();
        DataMix mix =
                new DataMix(10, 10, Counts.of(5), Counts.NONE, Counts.ALL, LAST, Counts.of(8), RealWeight.of(0.5));
        assertThat(ExpectedMoments.of(mix, 1, true, 5)).isEmpty();
    }

    /** m* = (α + c)/(n(1 − (1 − α)²) + c) and v* = α(1 − m*)/(1 − b), b = (1 − α)λ, c = αb/(1 − b): where fresh-data loops end. */
    @ParameterizedTest
    @CsvSource({
        "100, .2, .8, .54707, .01528",
        "60, .5, .5, .65683, .01476",
        "100, .1, 1, .94975, .05025",
        "52, .69231, 1, .97890, .02110"
    })
    void freshDataEndsAtTheClosedForm(int n, double share, double bias, double variance, double squaredMean) {
        int real = (int) Math.round(share * n);
        DataMix mix = new DataMix(n, n, Counts.NONE, Counts.of(real), Counts.of(n - real), LAST, null, null);
        Moments last = of(mix, bias, false, 300).get(299);
        assertThat(last.variance()).isCloseTo(variance, within(1.5e-5));
        assertThat(last.squaredMean()).isCloseTo(squaredMean, within(1.5e-5));
    }

    /** Synthetic augmentation ends at v* = (1 − 1/n_r)/(1 + k), k = ((1 − α)/n)/(1 − (1 − α)²), m* = 1/n_r + k v*. */
    @ParameterizedTest
    @CsvSource({"50, .2, .86170", "20, .5, .87097"})
    void fixedDataEndsAtTheClosedForm(int n, double share, double variance) {
        int real = (int) Math.round(share * n);
        double k = (1 - share) / n / (1 - (1 - share) * (1 - share));
        DataMix mix = new DataMix(n, n, Counts.of(real), Counts.NONE, Counts.of(n - real), LAST, null, null);
        Moments last = of(mix, 1, false, 300).get(299);
        assertThat(last.variance()).isCloseTo(variance, within(5e-6));
        assertThat(last.variance()).isCloseTo((1 - 1.0 / real) / (1 + k), EXACT);
        assertThat(last.squaredMean()).isCloseTo(1.0 / real + k * variance, within(5e-6));
    }

    /**
     * Filtering unbiased samples harms, filtering biased ones helps: the approximate distance m + (1 − √v)² where n_r = 100 and
     * n_s = 900, without a filter, with one (true positives .9, false positives .05), and of real data alone.
     */
    @ParameterizedTest
    @CsvSource({"1, .0052, .0071", ".8, .164, .0133", ".6, .286, .0278"})
    void aRightFilterCanHarm(double bias, double open, double filtered) {
        DataMix mix = new DataMix(1000, 1000, Counts.NONE, Counts.of(100), Counts.of(900), LAST, null, null);
        assertThat(distance(mix, KeptShares.ALL, bias)).isCloseTo(open, within(open > .1 ? 1e-3 : 1e-4));
        assertThat(distance(mix, new KeptShares(.95, .1), bias)).isCloseTo(filtered, within(1.5e-4));
        assertThat(distance(mix, new KeptShares(1, 0), bias)).isCloseTo(.0100, within(5e-5));
    }

    private static double distance(DataMix mix, KeptShares kept, double bias) {
        Moments last =
                ExpectedMoments.of(mix, kept, bias, false, 200).orElseThrow().get(199);
        return last.squaredMean() + Math.pow(1 - Math.sqrt(last.variance()), 2);
    }

    /** Shares of 0 and 1 keep numbers that are not random: the loop of a smaller mix. */
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void keepingOneKindIsTheMixOfIt(boolean unbiased) {
        DataMix both = mix(12, 4, 5, Counts.of(7), new Memory(2), null);
        DataMix realAlone = mix(12, 4, 5, Counts.of(0), LAST, null);
        Moments kept = ExpectedMoments.of(both, new KeptShares(1, 0), .9, unbiased, 6)
                .orElseThrow()
                .get(5);
        Moments known = of(realAlone, .9, unbiased, 6).get(5);
        assertThat(kept.variance()).isCloseTo(known.variance(), EXACT);
        assertThat(kept.squaredMean()).isCloseTo(known.squaredMean(), EXACT);
        KeptShares almostAll = new KeptShares(1 - 1e-13, 1 - 1e-13);
        Moments all = ExpectedMoments.of(both, almostAll, .9, unbiased, 6)
                .orElseThrow()
                .get(5);
        assertThat(all.variance()).isCloseTo(of(both, .9, unbiased, 6).get(5).variance(), within(1e-10));
        assertThat(all.squaredMean()).isCloseTo(of(both, .9, unbiased, 6).get(5).squaredMean(), within(1e-10));
    }

    /**
     * Five generations of a filtered loop, 200,000 replicas of their own counts; a standard error is .3% of the figures, and the
     * simulation goes on where fewer than two points are left, which adds less than that.
     */
    @ParameterizedTest
    @CsvSource({"8, 30, .9, .1, 1, false", "3, 12, .5, .3, .8, true"})
    void chanceAgreesWithASimulation(int fresh, int drawn, double flagged, double lost, double bias, boolean unbiased) {
        int t = 5;
        DataMix mix = new DataMix(12, drawn, Counts.NONE, Counts.of(fresh), Counts.ALL, LAST, null, null);
        Moments known = ExpectedMoments.of(mix, new KeptShares(1 - lost, 1 - flagged), bias, unbiased, t)
                .orElseThrow()
                .get(t - 1);
        SplittableRandom random = new SplittableRandom(8);
        int replicas = 200_000;
        double variances = 0;
        double squaredMeans = 0;
        for (int replica = 0; replica < replicas; replica++) {
            double mean = 0;
            double variance = 1;
            for (int generation = 1; generation <= t; generation++) {
                double[] points = new double[generation == 1 ? 12 : fresh + drawn];
                int n;
                do {
                    n = 0;
                    for (int i = 0; i < points.length; i++) {
                        boolean real = generation == 1 || i < fresh;
                        if (generation == 1 || random.nextDouble() >= (real ? lost : flagged)) {
                            points[n++] =
                                    (real ? 0 : mean) + (real ? 1 : Math.sqrt(bias * variance)) * random.nextGaussian();
                        }
                    }
                } while (n < 2);
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += points[i] / n;
                }
                double squares = 0;
                for (int i = 0; i < n; i++) {
                    squares += (points[i] - sum) * (points[i] - sum);
                }
                mean = sum;
                variance = squares / (unbiased ? n - 1 : n);
            }
            variances += variance / replicas;
            squaredMeans += mean * mean / replicas;
        }
        assertThat(variances).isCloseTo(known.variance(), within(.012 * known.variance()));
        assertThat(squaredMeans).isCloseTo(known.squaredMean(), within(.016 * known.squaredMean()));
    }

    /**
     * Loops written out in the plainest way. 40,000 replicas each; the figures checked have a relative standard error
     * under 1.2%, and 5% is four of them: with 8 figures a correct recursion fails once in 2,000 seeds, and the seed is
     * fixed.
     */
    @ParameterizedTest
    @CsvSource({
        // fixed, fresh, drawn, memory, subsample (0: none), bias, unbiased
        "4, 0, 6, 1, 0, 1, false",
        "3, 2, 5, 2, 0, .8, true",
        "6, 0, 9, 3, 7, 1, true",
        "0, 3, 6, 9, 0, .9, false",
    })
    void mixesAgreeWithASimulation(
            int fixed, int fresh, int drawn, int memory, int subsample, double bias, boolean unbiased) {
        int n = 6;
        int generations = 5;
        // the pool of generation 2 has n points, so that lists begin with what is there
        Counts synthetic = Counts.parse(List.of(Math.min(n, drawn), drawn));
        DataMix mix = mix(n, fixed, fresh, synthetic, new Memory(memory), subsample == 0 ? null : subsample);
        Moments expected = of(mix, bias, unbiased, generations).get(generations - 1);
        PlainLoop loop = new PlainLoop(mix, bias, unbiased, new SplittableRandom(5));
        int replicas = 40_000;
        double variance = 0;
        double squaredMean = 0;
        for (int replica = 0; replica < replicas; replica++) {
            double[] last = loop.run(generations);
            variance += last[0] / replicas;
            squaredMean += last[1] * last[1] / replicas;
        }
        assertThat(variance).isCloseTo(expected.variance(), within(0.05 * expected.variance()));
        assertThat(squaredMean).isCloseTo(expected.squaredMean(), within(0.05 * expected.squaredMean()));
    }

    /** Moving means: the lag is (1 − α)(lag + δ), the variance that of the mixture, and neither depends on λ = 1's noise. */
    @ParameterizedTest
    @CsvSource({".1, .2", ".3, .5", "-.2, .9"})
    void aLawThatMovesIsFollowedAtADistance(double step, double share) {
        int n = 1000;
        int fresh = (int) Math.round(n * share);
        double[] means = new double[80];
        Arrays.setAll(means, i -> step * i);
        DataMix mix = new DataMix(n, n - fresh, Counts.NONE, Counts.of(fresh), Counts.ALL, LAST, null, null);
        List<Moments> moments =
                ExpectedMoments.of(mix, KeptShares.ALL, 1, true, means).orElseThrow();
        double lag = 0;
        double variance = 1;
        for (int t = 1; t <= means.length; t++) {
            Moments known = moments.get(t - 1);
            assertThat(known.lag()).isCloseTo(lag, within(1e-11));
            // the noise of means is between that of n independent points and that of the same with the larger variance
            assertThat(known.variance()).isCloseTo(variance, within(2 * variance / (n * share)));
            assertThat(known.squaredMean() - lag * lag).isBetween(0.9 / n, 2 * variance / (n * share));
            double gap = lag + step;
            variance = share + (1 - share) * variance + share * (1 - share) * gap * gap;
            lag = (1 - share) * gap;
        }
        assertThat(lag).isCloseTo(step * (1 - share) / share, within(1e-7));
        assertThat(variance).isCloseTo(1 + step * step * (1 - share) / (share * share), within(1e-6));
    }

    /**
     * Twenty points, of which five are generation 1's, five fresh and ten synthetic; λ = .9. By a loop written in numpy, 2,000,000
     * replicas of generations 1 to 6: E σ² with standard errors up to .0004, E (μ − m)² up to .0004.
     */
    @Test
    void movingMeansEqualASimulation() {
        double[] variances = {.99983, .96764, .99550, 1.07189, 1.19160, 1.35445};
        double[] squares = {.04998, .12324, .25407, .42814, .64421, .90196};
        double[] means = {0, .3, .6, .9, 1.2, 1.5};
        DataMix mix = new DataMix(20, 10, Counts.of(5), Counts.of(5), Counts.ALL, LAST, null, null);
        List<Moments> moments =
                ExpectedMoments.of(mix, KeptShares.ALL, .9, true, means).orElseThrow();
        for (int t = 0; t < means.length; t++) {
            assertThat(moments.get(t).variance()).isCloseTo(variances[t], within(.0015));
            assertThat(moments.get(t).squaredMean()).isCloseTo(squares[t], within(.0015));
        }
    }
}
