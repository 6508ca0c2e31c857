package org.autophage.planning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.autophage.planning.GpuShare.Found;
import org.autophage.program.Gpu.Reading;
import org.junit.jupiter.api.Test;

class GpuShareTest {
    private static final long GIBIBYTE = 1L << 30;

    private static Optional<Found> between(long before, long after) {
        Deque<Reading> readings = new ArrayDeque<>(List.of(
                new Reading(null, before * GIBIBYTE, 80 * GIBIBYTE),
                new Reading(null, after * GIBIBYTE, 80 * GIBIBYTE)));
        return GpuShare.begin(() -> Optional.of(readings.remove())).now();
    }

    @Test
    void asManyFitAsThereIsMemoryFor() {
        Found found = between(10, 13).orElseThrow();
        assertThat(found.bytes()).isEqualTo(3 * GIBIBYTE);
        assertThat(found.fit()).isEqualTo(26); // 80 GiB / 3 GiB = 26.7
    }

    @Test
    void nothingIsFoundWhereNothingWasTakenOrNobodyTells() {
        assertThat(between(10, 10)).isEmpty();
        assertThat(between(10, 9)).isEmpty(); // another process has gone meanwhile
        assertThat(GpuShare.begin(Optional::empty).now()).isEmpty();
        assertThat(GpuShare.begin("cpu").now()).isEmpty();
    }
}
