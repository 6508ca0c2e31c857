package org.autophage.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.autophage.metrics.neighbours.NeighbourSearchTest;
import org.junit.jupiter.api.Test;

/** Histograms of classes by hand. */
class ClassHistogramTest {
    private static final ClassHistogram HALF = ClassHistogram.of(new int[] {0, 1, 1, 0}, 4);

    @Test
    void countsAndShares() {
        ClassHistogram histogram = ClassHistogram.of(new int[] {0, 2, 2, 2}, 3);
        assertThat(histogram.counts()).containsExactly(1, 0, 3);
        assertThat(histogram.samples()).isEqualTo(4);
        assertThat(histogram.shares()).containsExactly(.25, 0, .75);
    }

    @Test
    void divergences() {
        assertThat(HALF.divergenceFromUniform()).isCloseTo(Math.log(2), within(1e-15));
        assertThat(ClassHistogram.of(new int[] {0, 1, 2, 3}, 4).divergenceFromUniform())
                .isZero();
        ClassHistogram reference = new ClassHistogram(new long[] {1, 2, 1, 0});
        // ½ ln(½ / ¼) + ½ ln(½ / ½)
        assertThat(HALF.divergenceFrom(reference)).isCloseTo(Math.log(2) / 2, within(1e-15));
        assertThat(reference.divergenceFrom(HALF)).isInfinite();
        assertThat(HALF.divergenceFrom(HALF)).isZero();
    }

    @Test
    void lostClassesAreThoseOfTheReference() {
        assertThat(HALF.lostFrom(new ClassHistogram(new long[] {1, 2, 1, 0}))).isOne();
        assertThat(HALF.lostFrom(new ClassHistogram(new long[] {0, 2, 1, 9}))).isEqualTo(2);
        assertThat(HALF.lostFrom(HALF)).isZero();
    }

    @Test
    void badLabelsAndSizesAreRefused() {
        NeighbourSearchTest.assertRefused(
                () -> ClassHistogram.of(new int[] {0, 3}, 3), "label of sample 1 is 3: must be from 0 to 2");
        NeighbourSearchTest.assertRefused(
                () -> ClassHistogram.of(new int[] {-1}, 3), "label of sample 0 is -1: must be from 0 to 2");
        NeighbourSearchTest.assertRefused(
                () -> ClassHistogram.of(new int[0], 3), "a histogram of classes needs at least 1 sample, there are 0");
        ClassHistogram two = new ClassHistogram(new long[] {1, 1});
        String message = "histograms of 4 and of 2 classes cannot be compared: must be the same";
        NeighbourSearchTest.assertRefused(() -> HALF.lostFrom(two), message);
        NeighbourSearchTest.assertRefused(() -> HALF.divergenceFrom(two), message);
    }
}
