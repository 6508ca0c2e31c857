package org.autophage.metrics.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.autophage.data.Images;
import org.autophage.data.KnownFactors;
import org.autophage.data.strokes.StrokesDataset;
import org.autophage.data.strokes.StrokesSpec;
import org.junit.jupiter.api.Test;

/** Of real strokes, whose factors are known, tails are taken away: these are named, and nothing else is. */
class FactorEstimatorTest {
    private static final StrokesDataset STROKES = new StrokesSpec(16, 100, 0).open();
    private static final FactorEstimator ESTIMATOR = new FactorEstimator(STROKES);
    private static final List<KnownFactors.Factor> FACTORS =
            STROKES.knownFactors().orElseThrow().factors();

    /** Factors of strokes that the estimator was not fitted to and not tested on. */
    private static final int FROM = 50_000;

    private static double[] truth(int factor, int count) {
        return IntStream.range(0, count)
                .mapToDouble(i -> STROKES.knownFactors().orElseThrow().of(FROM + i)[factor])
                .toArray();
    }

    /** The shares of all tails, by their names, of the strokes that are kept of so many. */
    private static List<String> lost(int from, int count, LongPredicate kept) {
        long[] indices =
                LongStream.range(from, from + (long) count).filter(kept).toArray();
        Images images = STROKES.real(indices);
        double[][] estimates = ESTIMATOR.estimate(images, images.labels());
        List<String> lost = new ArrayList<>();
        for (int f = 0; f < FACTORS.size(); f++) {
            int factor = f;
            double[] ofFactor =
                    Arrays.stream(estimates).mapToDouble(each -> each[factor]).toArray();
            for (boolean upper : new boolean[] {false, true}) {
                FactorEstimator.Share share = ESTIMATOR.share(f, upper, ofFactor);
                if (share.value() <= .075 && share.value() + 2.5 * share.error() < .1) { // as reports have it
                    lost.add("%s %.3f"
                            .formatted(
                                    upper
                                            ? FACTORS.get(f).highest()
                                            : FACTORS.get(f).lowest(),
                                    share.value()));
                }
            }
        }
        return lost;
    }

    @Test
    void imagesTellTheirFactors() {
        double[] correlations = IntStream.range(0, FACTORS.size())
                .mapToDouble(ESTIMATOR::correlation)
                .toArray();
        assertThat(FACTORS.stream().map(KnownFactors.Factor::name))
                .containsExactly("slant", "width", "size", "thickness");
        assertThat(correlations[0]).isGreaterThan(.93);
        assertThat(correlations[1]).isGreaterThan(.85);
        assertThat(correlations[2]).isGreaterThan(.95);
        assertThat(correlations[3]).isGreaterThan(.98);
    }

    @Test
    void aTenthThatIsTakenAwayIsNamedAndNothingElse() {
        int count = 4000;
        for (int f = 0; f < FACTORS.size(); f++) {
            int factor = f;
            double[] sorted = truth(f, count);
            Arrays.sort(sorted);
            double low = sorted[count / 10];
            double high = sorted[count - count / 10 - 1];
            KnownFactors known = STROKES.knownFactors().orElseThrow();
            List<String> withoutHigh = lost(FROM, count, i -> known.of(i)[factor] <= high);
            List<String> withoutLow = lost(FROM, count, i -> known.of(i)[factor] >= low);
            assertThat(withoutHigh).hasSize(1);
            assertThat(withoutHigh.get(0)).matches(FACTORS.get(f).highest() + " 0\\.0[0-4].");
            assertThat(withoutLow).hasSize(1);
            assertThat(withoutLow.get(0)).matches(FACTORS.get(f).lowest() + " 0\\.0[0-4].");
        }
    }

    /** 40 fresh sets of 1,000: eight tails each, 2.5 standard errors, so that 8 · .62% of sets are to name one: 2 of 40. */
    @Test
    void freshStrokesHaveAllTheirTails() {
        int named = 0;
        for (int set = 0; set < 40; set++) {
            named += lost(FROM + 1000 * set, 1000, i -> true).isEmpty() ? 0 : 1;
        }
        assertThat(named).isLessThanOrEqualTo(5); // more with probability 1.4% of a binomial of 40 and .05
    }

    /** Twice as many of the widest: the share is .2 / 1.1. */
    @Test
    void aSharesEstimateIsTheShare() {
        int count = 6000;
        double[] widths = truth(1, count);
        double[] sorted = widths.clone();
        Arrays.sort(sorted);
        double high = sorted[count - count / 10 - 1];
        long[] indices = LongStream.concat(
                        LongStream.range(FROM, FROM + (long) count),
                        LongStream.range(FROM, FROM + (long) count).filter(i -> widths[(int) (i - FROM)] > high))
                .toArray();
        Images images = STROKES.real(indices);
        double[] estimates = Arrays.stream(ESTIMATOR.estimate(images, images.labels()))
                .mapToDouble(each -> each[1])
                .toArray();
        FactorEstimator.Share share = ESTIMATOR.share(1, true, estimates);
        assertThat(share.value()).isCloseTo(.2 / 1.1, within(3 * share.error()));
    }
}
