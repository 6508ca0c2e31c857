package org.autophage.metrics.neighbours;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the search keeps between its batches, by hand. */
class NearestSoFarTest {
    @Test
    void everythingIsOfInterestUntilSomethingWasFound() {
        NearestSoFar nearest = new NearestSoFar(2, 2);
        assertThat(nearest.limits()).containsExactly(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
        nearest.limit(1, new double[] {9});
        assertThat(nearest.limits()).containsExactly(Double.POSITIVE_INFINITY, 9);
        assertThat(nearest.admits(1, 9)).isTrue();
        assertThat(nearest.admits(1, 9.1)).isFalse();
    }

    @Test
    void aRowsNeighboursStayInOrderAndTightenItsLimit() {
        NearestSoFar nearest = new NearestSoFar(2, 2);
        nearest.offer(1, 7, 16);
        assertThat(nearest.limits()[1]).isInfinite();
        nearest.offer(1, 5, 4);
        assertThat(nearest.limits()[1]).isEqualTo(16);
        nearest.offer(1, 8, 9);
        nearest.offer(1, 9, 25);
        assertThat(nearest.limits()).containsExactly(Double.POSITIVE_INFINITY, 9);
        nearest.offer(0, 1, 1);
        nearest.offer(0, 2, 0);
        assertThat(nearest.found().distances()).containsExactly(0, 1, 2, 3);
        assertThat(nearest.found().indices()).containsExactly(2, 1, 5, 8);
    }

    @Test
    void ofTiesTheFirstStays() {
        NearestSoFar nearest = new NearestSoFar(1, 2);
        nearest.offer(0, 3, 4);
        nearest.offer(0, 2, 4);
        nearest.offer(0, 1, 4);
        assertThat(nearest.found().indices()).containsExactly(3, 2);
    }

    @Test
    void aLowerBoundIsNeverLoosened() {
        NearestSoFar nearest = new NearestSoFar(1, 1);
        nearest.limit(0, new double[] {3});
        nearest.offer(0, 0, 5);
        assertThat(nearest.limits()).containsExactly(3);
    }

    @Test
    void nothingIsNearerThanACopy() {
        NearestSoFar nearest = new NearestSoFar(1, 1);
        nearest.offer(0, 4, 0);
        assertThat(nearest.limits()[0]).isNegative();
        assertThat(nearest.admits(0, 0)).isFalse();
    }
}
