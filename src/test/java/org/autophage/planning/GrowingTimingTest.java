package org.autophage.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrowingTimingTest {
    private static final long NO_TIME = System.nanoTime();

    @Test
    void growsToTheWholeWhereThereIsTime() {
        List<Integer> sizes = new ArrayList<>();
        GrowingTiming timing = new GrowingTiming(1, 100, size -> {
            sizes.add(size);
            return 0.001 + 1e-5 * size;
        });
        timing.grow(System.nanoTime() + 60_000_000_000L);
        assertThat(sizes).containsExactly(1, 16, 100);
        assertThat(timing.isWhole()).isTrue();
        assertThat(timing.seconds()).isCloseTo(0.002, within(1e-12));
    }

    @Test
    void withoutTimeTheSmallestIsTakenInProportion() {
        GrowingTiming timing = new GrowingTiming(1, 256, size -> 2);
        timing.grow(NO_TIME);
        assertThat(timing.isWhole()).isFalse();
        assertThat(timing.size()).isOne();
        assertThat(timing.seconds()).isEqualTo(512);
    }

    @Test
    void twoSizesGiveALine() {
        assertThat(GrowingTiming.whole(16, 3, 1, 1.5, 256)).isCloseTo(27, within(1e-9));
        assertThat(GrowingTiming.whole(16, 3, 1, 3.5, 256)).isEqualTo(48); // noise: no line goes down
    }

    @Test
    void theNextSizeEndsInTime() {
        assertThat(GrowingTiming.next(1, 256, 1, 0, 20)).isEqualTo(10);
        assertThat(GrowingTiming.next(1, 256, 1, 17, 20)).isZero();
        assertThat(GrowingTiming.next(16, 20, 1, 0, 20)).isEqualTo(20);
        assertThat(GrowingTiming.next(16, 256, 0.1, 0, -1)).isZero();
    }
}
