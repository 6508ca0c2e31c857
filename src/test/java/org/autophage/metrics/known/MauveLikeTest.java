package org.autophage.metrics.known;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.SplittableRandom;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Findings;
import org.autophage.metrics.Instruments;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.MeasuredSet;
import org.autophage.metrics.features.Features;
import org.autophage.metrics.neighbours.Ball;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MauveLikeTest extends OnCpu {
    private static Instruments instruments;

    @BeforeAll
    static void open() {
        instruments = new Instruments(device, 3, Ball.STRICT);
    }

    @AfterAll
    static void close() {
        instruments.close();
    }

    private static MeasuredSet normal(long seed, int count, double shift) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] rows = new double[3 * count];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = random.nextGaussian() + (i % 3 == 0 ? shift : 0);
        }
        return MeasuredSet.of("a set", instruments, Features.ofRows(3, rows));
    }

    private static Findings of(MeasuredSet real, MeasuredSet fake) {
        return new MauveLike().of(MeasuredPair.of(real, fake, Optional.empty()));
    }

    private static double score(MeasuredSet real, MeasuredSet fake) {
        return of(real, fake).measures().value(Metrics.MAUVE).orElseThrow();
    }

    @Test
    void isOneOfEqualSetsAndNearlyNothingOfSetsApart() {
        MeasuredSet real = normal(1, 1000, 0);
        assertThat(score(real, real)).isCloseTo(1, within(1e-12));
        double ofTheLaw = score(real, normal(2, 1000, 0));
        double moved = score(real, normal(3, 1000, 1));
        double apart = score(real, normal(4, 1000, 100));
        assertThat(ofTheLaw).isBetween(.95, 1.0);
        assertThat(moved).isLessThan(ofTheLaw - .1);
        assertThat(apart).isCloseTo(.0040721, within(1e-6)); // what two laws without a common class have
    }

    /** 2 · 500 points make 32 cells. */
    @Test
    void saysWhatItIsOf() {
        assertThat(of(normal(1, 1000, 0), normal(2, 500, 0)).entries().toString())
                .contains("500 of either kind, 32 cells in 3 components, c = 5");
        MeasuredSet one = MeasuredSet.of("a set", instruments, Features.ofRows(1, new double[] {2, 2, 2}));
        assertThat(of(one, one).notes()).containsExactly("no MAUVE-like score: all samples are alike");
    }
}
