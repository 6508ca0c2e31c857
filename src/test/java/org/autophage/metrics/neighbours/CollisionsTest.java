package org.autophage.metrics.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.autophage.metrics.Clouds;
import org.autophage.metrics.features.Features;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CollisionsTest extends OnCpu {
    private static final int ATOMS = 1000;
    private static NeighbourSearch search;

    @BeforeAll
    static void open() {
        search = new NeighbourSearch(device, 37);
    }

    @AfterAll
    static void close() {
        search.close();
    }

    /** Samples of atoms at 0, 1, …, of which no two different ones are nearer than 1. */
    private static Collisions drawn(SplittableRandom random, int samples) {
        double[] atoms = random.ints(samples, 0, ATOMS).asDoubleStream().toArray();
        return Collisions.of(search, Features.ofRows(1, atoms), 1);
    }

    /** P = 1 − ∏(1 − i/N) = .54637 and s(s − 1)/(2N) = .78 pairs; 4 standard errors of 1,000 times. */
    @Test
    void theBirthdayParadox() {
        SplittableRandom random = new SplittableRandom(1);
        int some = 0;
        double pairs = 0;
        for (int i = 0; i < 1000; i++) {
            Collisions collisions = drawn(random, 40);
            some += collisions.pairs() > 0 ? 1 : 0;
            pairs += collisions.pairs() / 1000.0;
        }
        assertThat(some / 1000.0).isCloseTo(0.54637, within(0.063));
        assertThat(pairs).isCloseTo(0.78, within(0.112));
    }

    /**
     * 199 · 100/1000 = 19.9 pairs of 200 samples, with a variance of that times 1 − 1/N: pairs are pairwise independent. The bound is above N
     * in 5% at most, within 4 standard errors of 300 times.
     */
    @Test
    void theSupportIsEstimatedAndBounded() {
        SplittableRandom random = new SplittableRandom(2);
        int above = 0;
        double inverse = 0;
        for (int i = 0; i < 300; i++) {
            Collisions collisions = drawn(random, 200);
            inverse += 1 / collisions.support().orElseThrow() / 300;
            above += collisions.atLeast() > ATOMS ? 1 : 0;
        }
        assertThat(1 / inverse).isCloseTo(1000, within(4 * 1000 / Math.sqrt(300 * 19.9)));
        assertThat(above / 300.0).isLessThan(0.05 + 4 * Math.sqrt(0.0475 / 300));
    }

    @Test
    void noCollisionsAreALowerBound() {
        Collisions none = new Collisions(0, 40);
        assertThat(none.support()).isEmpty();
        assertThat(none.atLeast()).isCloseTo(780 / -Math.log(0.05), within(1e-6));
        assertThat(new Collisions(780, 40).support().orElseThrow()).isEqualTo(1);
    }

    /** One in a hundred of 200 is nearer than the limit: the three nearest distances are .1 (of two), then .2, .2, then 1. */
    @Test
    void theDistanceLeavesOneInAHundredOfTheRealOnes() {
        double[] line = IntStream.range(0, 200).asDoubleStream().toArray();
        line[1] = 0.1;
        line[3] = 2.2;
        Features real = Features.ofRows(1, line);
        double distance = Collisions.distance(search.within(real, 1));
        assertThat(distance).isCloseTo(0.2, within(1e-12));
        assertThat(Collisions.of(search, real, distance).pairs()).isEqualTo(1);
    }

    /** Every pair measured, on sets that are hard on fast distances. */
    @Test
    void pairsAreCountedExactly() {
        Clouds.adversaries(90, 5).forEach((name, rows) -> {
            Features set = Features.ofRows(rows);
            double[] all = DoubleStream.iterate(0, i -> i + 1)
                    .limit(90 * 90L)
                    .filter(i -> (int) i / 90 < (int) i % 90)
                    .map(i -> Math.sqrt(set.squaredDistance((int) i / 90, set, (int) i % 90)))
                    .sorted()
                    .toArray();
            for (int rank : new int[] {0, 40, 2000, all.length - 1}) {
                double distance = all[rank];
                assertThat(search.pairsNearerThan(set, distance))
                        .as("%s, %s", name, distance)
                        .isEqualTo(DoubleStream.of(all)
                                .filter(each -> each < distance || each == 0)
                                .count());
            }
        });
    }
}
