package org.autophage.metrics.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.autophage.metrics.neighbours.NeighbourSearchTest;
import org.autophage.program.Device;
import org.autophage.program.Scope;
import org.junit.jupiter.api.Test;

/** Rows of either precision. */
class FeaturesTest {
    private static final Features SINGLE = Features.ofRows(3, new float[] {0, 1, 2, 3, 4.5f, .1f});
    private static final Features DOUBLE = Features.ofRows(new double[][] {{0, 1, 2}, {3, 4.5, .1}});

    @Test
    void shapesAndValues() {
        assertThat(SINGLE.count()).isEqualTo(2);
        assertThat(SINGLE.width()).isEqualTo(3);
        assertThat(DOUBLE.count()).isEqualTo(2);
        assertThat(DOUBLE.width()).isEqualTo(3);
        assertThat(SINGLE.value(1, 1)).isEqualTo(4.5);
        assertThat(SINGLE.value(1, 2)).isEqualTo((double) .1f);
        assertThat(DOUBLE.value(1, 2)).isEqualTo(.1);
        assertThatThrownBy(() -> Features.ofRows(4, new double[6]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("6 values are no rows of 4 features");
        assertThatThrownBy(() -> Features.ofRows(0, new float[6])).isInstanceOf(IllegalArgumentException.class);
        assertThat(Features.ofRows(1, new double[0]).count()).isZero();
    }

    @Test
    void valuesAreGivenAsFloat32() {
        assertThat(SINGLE.toFloats()).containsExactly(0, 1, 2, 3, 4.5f, .1f);
        assertThat(DOUBLE.toFloats()).containsExactly(0, 1, 2, 3, 4.5f, .1f);
        SINGLE.toFloats()[0] = 9;
        assertThat(SINGLE.value(0, 0)).isZero();
    }

    @Test
    void constantIsWhatHasOneRowOverAndOver() {
        assertThat(DOUBLE.isConstant()).isFalse();
        assertThat(Features.ofRows(2, new float[] {1, 2, 1, 2, 1, 2}).isConstant())
                .isTrue();
        assertThat(Features.ofRows(2, new double[] {1, 2, 1, 2, 1, 3}).isConstant())
                .isFalse();
        assertThat(Features.ofRows(2, new double[] {1, 2}).isConstant()).isTrue();
    }

    @Test
    void rowsAreSelectedInOrderAndAgain() {
        for (Features features : new Features[] {SINGLE, DOUBLE}) {
            Features chosen = features.select(new int[] {1, 0, 1});
            assertThat(chosen.count()).isEqualTo(3);
            for (int column = 0; column < 3; column++) {
                assertThat(chosen.value(0, column)).isEqualTo(features.value(1, column));
                assertThat(chosen.value(1, column)).isEqualTo(features.value(0, column));
                assertThat(chosen.value(2, column)).isEqualTo(features.value(1, column));
            }
        }
    }

    @Test
    void blocksAreFloat64OnTheDevice() {
        try (Device device = Device.of("cpu");
                Scope scope = device.newScope()) {
            assertThat(SINGLE.block(scope, 1, 2).toDoubles()).containsExactly(3, 4.5, .1f);
            assertThat(DOUBLE.block(scope, 0, 2).toDoubles()).containsExactly(0, 1, 2, 3, 4.5, .1);
            assertThat(DOUBLE.block(scope, 0, 1).dims()).containsExactly(1, 3);
        }
    }

    @Test
    void squaredDistancesOfOddAndEvenWidths() {
        assertThat(DOUBLE.squaredDistance(0, DOUBLE, 1)).isEqualTo(9 + 1.9 * 1.9 + 3.5 * 3.5);
        assertThat(SINGLE.squaredDistance(0, SINGLE, 0)).isZero();
        Features even = Features.ofRows(4, new float[] {1, 2, 3, 4, 0, 0, 0, 0});
        assertThat(even.squaredDistance(1, even, 0)).isEqualTo(30);
        // 1 apart at a million times a million: exact all the same.
        Features far = Features.ofRows(1, new double[] {1e12, 1e12 + 1});
        assertThat(far.squaredDistance(0, far, 1)).isEqualTo(1);
    }

    @Test
    void whatIsNotFiniteIsNamedByRowAndFeature() {
        assertThat(SINGLE.firstNonFiniteRow()).isEmpty();
        assertThat(SINGLE.requireFinite("a.npz")).isSameAs(SINGLE);
        Features infinite = Features.ofRows(2, new float[] {0, 1, 2, Float.NEGATIVE_INFINITY, Float.NaN, 0});
        assertThat(infinite.firstNonFiniteRow()).hasValue(1);
        NeighbourSearchTest.assertRefused(
                () -> infinite.requireFinite("a.npz"),
                "a.npz: feature 1 of row 1 is -Infinity: must be a finite number");
    }
}
