package org.autophage.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.autophage.data.Images;
import org.autophage.data.Points;
import org.autophage.data.Samples;
import org.autophage.data.points.PointsSpec;
import org.autophage.loop.Draws;
import org.autophage.loop.Given;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistinctSamplesTest extends OnCpu {
    @TempDir
    private Path folder;

    private Draws distinct(double distance, Samples samples) {
        try (RemedyContext context = RemedyContexts.of(device, PointsSpec.DEFAULTS.open(), folder)) {
            return new DistinctSamples(Strength.of(distance), 50, null)
                    .open(context)
                    .apply(RemedyContexts.of(samples), NormalDraws.TURN);
        }
    }

    /** What a loop over all pairs leaves, in each of two replicas; in two requests. */
    @Test
    void thePointsAreThoseOfALoopOverAllPairs() {
        SplittableRandom random = new SplittableRandom(4);
        int n = 2_000;
        double[] values = random.doubles(2 * n * 2).toArray();
        Points points = new Points(2, n, 2, values);
        double distance = 0.05;
        Draws draws = distinct(distance, points);
        Points first = (Points) draws.next(60).samples();
        for (int replica = 0; replica < 2; replica++) {
            List<double[]> kept = new ArrayList<>();
            for (int i = 0; i < n && kept.size() < 60; i++) {
                double x = values[(replica * n + i) * 2];
                double y = values[(replica * n + i) * 2 + 1];
                if (kept.stream().noneMatch(other -> Math.hypot(x - other[0], y - other[1]) < distance)) {
                    kept.add(new double[] {x, y});
                }
            }
            for (int i = 0; i < 60; i++) {
                assertThat(first.replica(replica).values()[2 * i]).isEqualTo(kept.get(i)[0]);
            }
        }
        Points second = (Points) draws.next(5).samples();
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 60; j++) {
                assertThat(Math.hypot(
                                second.values()[2 * i] - first.values()[2 * j],
                                second.values()[2 * i + 1] - first.values()[2 * j + 1]))
                        .isGreaterThanOrEqualTo(distance);
            }
        }
    }

    /** 2 of 255 on both pixels is a distance of .0078; the same picture of another class is a duplicate too. */
    @Test
    void imagesAreComparedInPixels() {
        byte[] pixels = {0, 0, 100, 100, 2, 2, 100, 100, 4, 4, 50, 50, (byte) 200, (byte) 200, 99, 99};
        Images images = new Images(1, 2, 1, 2, pixels, new int[] {0, 1, 0, 1, 0, 1, 0, 1});
        Draws draws = distinct(0.01, images);
        Given given = draws.next(4);
        assertThat(((Images) given.samples()).pixels()).containsExactly(0, 0, 100, 100, 4, 4, 50, 50);
        assertThat(draws.told().get("offered")).isEqualTo(6L);
        assertThat(Distance.between(images.vector(0, 0), images.vector(0, 2))).isCloseTo(2 / 255.0, within(1e-12));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> new DistinctSamples(Strength.of(0), 9, null))
                .hasMessageContaining("distance is 0.0: must be above 0");
        assertThatThrownBy(() ->
                        distinct(1, new Points(1, 500, 1, new double[500])).next(2))
                .hasMessageContaining("100 draws for 2 samples gave 1, an acceptance of 0.0100");
    }
}
