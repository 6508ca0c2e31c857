package org.autophage.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NestedVarianceTest {
    /** Mean squares by hand: means 2, 5, 8, so 3 · 9 = 27 between; variances 1, 4, 1, so 2 within; interval by scipy.stats.f. */
    @Test
    void splitsASmallTable() {
        NestedVariance split =
                NestedVariance.of(List.of(new double[] {1, 2, 3}, new double[] {3, 5, 7}, new double[] {7, 8, 9}));
        assertThat(split.sampling()).isCloseTo(2, within(1e-12));
        assertThat(split.training()).isCloseTo(25.0 / 3, within(1e-12));
        assertThat(split.share()).isCloseTo(25.0 / 31, within(1e-12));
        assertThat(split.low()).isCloseTo(0.222705517546, within(1e-9));
        assertThat(split.high()).isCloseTo(0.994371214809, within(1e-9));
        assertThat(split.trainingDeviation()).isCloseTo(Math.sqrt(25.0 / 3), within(1e-12));
        assertThat(split.samplingDeviation()).isCloseTo(Math.sqrt(2), within(1e-12));
    }

    @Test
    void chanceMayLeaveNothingToTraining() {
        NestedVariance split = NestedVariance.of(List.of(new double[] {1, 3}, new double[] {3, 1}));
        assertThat(split.training()).isEqualTo(-1);
        assertThat(split.share()).isZero();
        assertThat(split.trainingDeviation()).isZero();
        assertThat(split.low()).isZero();
        assertThat(NestedVariance.of(List.of(new double[] {1, 1}, new double[] {1, 1}))
                        .share())
                .isNaN();
    }

    /** 4,000 tables of 5 × 5: both estimates without bias, the interval right in 95% (standard error .34%). */
    @Test
    void estimatesAreUnbiasedAndTheIntervalCovers() {
        double ofTraining = 9;
        double ofSampling = 1;
        Random random = new Random(34);
        double training = 0;
        double sampling = 0;
        int covered = 0;
        int tables = 4000;
        for (int table = 0; table < tables; table++) {
            List<double[]> figures = new ArrayList<>();
            for (int seed = 0; seed < 5; seed++) {
                double model = Math.sqrt(ofTraining) * random.nextGaussian();
                figures.add(random.doubles(5)
                        .map(each -> model + Math.sqrt(ofSampling) * random.nextGaussian())
                        .toArray());
            }
            NestedVariance split = NestedVariance.of(figures);
            training += split.training() / tables;
            sampling += split.sampling() / tables;
            covered += split.low() <= .9 && .9 <= split.high() ? 1 : 0;
        }
        assertThat(training).isCloseTo(ofTraining, within(.3)); // standard deviation 9.2 √(2/4) / √4000: .1
        assertThat(sampling).isCloseTo(ofSampling, within(.015)); // √(2/20) / √4000: .005
        assertThat(covered / (double) tables).isCloseTo(.95, within(.0103));
    }

    @Test
    void refusesWhatCannotBeSplit() {
        for (List<double[]> none : List.of(
                List.<double[]>of(),
                List.of(new double[] {1, 2}),
                List.of(new double[] {1}, new double[] {2}),
                List.of(new double[] {1, 2}, new double[] {1, 2, 3}))) {
            assertThatThrownBy(() -> NestedVariance.of(none)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
