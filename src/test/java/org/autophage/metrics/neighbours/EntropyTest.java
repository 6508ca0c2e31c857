package org.autophage.metrics.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.autophage.metrics.Clouds;
import org.autophage.metrics.features.Features;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The entropy by hand and of distributions whose entropy is known. */
class EntropyTest extends OnCpu {
    private static NeighbourSearch search;

    @BeforeAll
    static void open() {
        search = new NeighbourSearch(device);
    }

    @AfterAll
    static void close() {
        search.close();
    }

    @Test
    void byHand() {
        // ψ(3) − ψ(1) = 1 + 1/2; c₁ = 2; distances 1, 1, 3
        assertThat(Entropy.of(search, Features.ofRows(1, new double[] {0, 1, 4}), 1))
                .isCloseTo(1.5 + Math.log(2) + Math.log(3) / 3, within(1e-12));
        // ψ(3) − ψ(2) = 1/2; c₂ = π; second neighbours at 4, 4, 5
        assertThat(Entropy.of(search, Features.ofRows(2, new double[] {0, 0, 3, 0, 0, 4}), 2))
                .isCloseTo(.5 + Math.log(Math.PI) + 2 * Math.log(4 * 5 * 5) / 3, within(1e-12));
    }

    /**
     * A uniform square has entropy 0 and a standard normal in d dimensions d/2 · ln 2πe. The estimate's standard
     * deviation at 2000 samples is below .03 for k = 1 (variance π²/6 + that of ln p, over N); .12 is four of it, one
     * seed in 10,000, and holds the bias at the edges, below .02, besides.
     */
    @Test
    void closedForms() {
        SplittableRandom random = new SplittableRandom(1);
        double[] square = new double[4000];
        Arrays.setAll(square, i -> random.nextDouble());
        assertThat(Entropy.of(search, Features.ofRows(2, square), 1)).isCloseTo(0, within(.14));
        double normal = Entropy.of(search, Features.ofRows(Clouds.normal(2000, 3, 2)), 1);
        double expected = 1.5 * Math.log(2 * Math.PI * Math.E);
        assertThat(normal).isCloseTo(expected, within(.14));
        assertThat(Entropy.of(search, Features.ofRows(Clouds.normal(2000, 3, 2)), 4))
                .isCloseTo(expected, within(.14));
        // Twice as wide in three dimensions: three times ln 2 more, exactly.
        assertThat(Entropy.of(search, Features.ofRows(Clouds.scaled(Clouds.normal(2000, 3, 2), 2)), 1))
                .isCloseTo(normal + 3 * Math.log(2), within(1e-9));
    }

    @Test
    void copiesHaveNone() {
        NeighbourSearchTest.assertRefused(
                () -> Entropy.of(search, Features.ofRows(1, new double[] {5, 0, 0}), 1),
                "the entropy is not defined: row 1 has 1 equal to it among 3; distinct samples would do");
        // The second neighbour is another sample.
        assertThat(Entropy.of(search, Features.ofRows(1, new double[] {5, 0, 0}), 2))
                .isFinite();
    }
}
