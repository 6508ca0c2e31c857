package org.autophage.metrics.known;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.autophage.collapse.WorldOrLoop;
import org.autophage.data.Points;
import org.autophage.measure.Basis;
import org.autophage.measure.Composition;
import org.autophage.measure.Measures;
import org.autophage.metrics.Instruments;
import org.autophage.metrics.MeasuredGeneration;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.MeasuredSet;
import org.autophage.metrics.features.Features;
import org.autophage.metrics.neighbours.Ball;
import org.autophage.program.OnCpu;
import org.autophage.run.GenerationRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Gaussians in the plane, whose Fréchet distances are known: ‖μ₁ − μ₂‖² + Σ (σ₁ − σ₂)². */
class DriftOrCollapseTest extends OnCpu {
    private static final int REAL = 2000;

    private final Instruments instruments = new Instruments(device, 5, Ball.STRICT);
    private final SplittableRandom random = new SplittableRandom(20);

    @AfterEach
    void close() {
        instruments.close();
    }

    private MeasuredSet set(int count, double mean, double deviation) {
        double[] values = new double[2 * count];
        for (int i = 0; i < values.length; i++) {
            values[i] = deviation * random.nextGaussian() + (i % 2 == 0 ? mean : 0);
        }
        return MeasuredSet.of("a set", instruments, Features.ofRows(2, values));
    }

    private GenerationRecord record(int t, MeasuredSet first, MeasuredSet now, MeasuredSet training, MeasuredSet fake) {
        Points none = new Points(1, 1, 2, new double[2]);
        MeasuredPair pair = MeasuredPair.of(
                now,
                first,
                fake,
                training,
                Optional.empty(),
                Optional.empty(),
                MeasuredGeneration.of(none, none, chunk -> chunk));
        Measures measures = Measures.builder()
                .add(Basis.REFERENCE, now.count())
                .addAll(new DriftOrCollapse().of(pair).measures())
                .build();
        return new GenerationRecord(t, 0, "mix", 1, new Composition(0, 0, training.count()), measures, 0, 0, 0);
    }

    private WorldOrLoop found(double world, double training, double deviation, double fake, int count) {
        MeasuredSet first = set(REAL, 0, 1);
        MeasuredSet now = world == 0 ? first : set(REAL, world, 1);
        GenerationRecord one = record(1, first, first, set(500, 0, 1), set(1000, 0, 1));
        GenerationRecord ten =
                record(10, first, now, set(count, world - training, deviation), set(1000, world - training, fake));
        return WorldOrLoop.of(one, ten).orElseThrow();
    }

    @Test
    void distancesAreThoseOfTheLaws() {
        WorldOrLoop found = found(2, 0.5, 1, 0.6, 1500);
        assertThat(found.world().by()).isCloseTo(4, within(.3));
        assertThat(found.contamination().by()).isCloseTo(0.25, within(.07));
        assertThat(found.fit().by()).isCloseTo(2 * 0.16, within(.06));
        assertThat(found.shareOfWorld()).isCloseTo(4 / 4.57, within(.03));
    }

    @Test
    void driftAndCollapseAreToldApart() {
        WorldOrLoop drift = found(1, 0, 1, 1, 500);
        assertThat(drift.alarms()).isFalse();
        assertThat(drift.inWords())
                .startsWith("Generation 10: drift, and no collapse. The world moved (distance ")
                .contains("100% of what has grown)", "the training data are as real ones (");
        WorldOrLoop collapse = found(0, 0, 0.5, 0.5, 500);
        assertThat(collapse.alarms()).isTrue();
        assertThat(collapse.inWords())
                .startsWith("Generation 10: collapse, and no drift. The world has not moved (0.00 ± 0.0)")
                .contains("; the training data are contaminated (distance 0.")
                .endsWith("the model fits as in generation 1 (%s).".formatted(number(collapse)));
        assertThat(found(2, 0.4, 1, 1, 500).inWords())
                .contains("mostly drift: the loop follows a world that moves, at a distance");
        assertThat(found(0, 0, 1, 0.5, 500).inWords())
                .contains("collapse, and no drift")
                .contains("the training data are as real ones", "; the model does not fit its training data (");
    }

    private static String number(WorldOrLoop found) {
        return String.format(
                java.util.Locale.ROOT,
                "%.3g ± %.2g",
                found.fit().by(),
                found.fit().error());
    }

    /**
     * Nothing changes but the size of the training set: how often chance alone grows either distance beyond three standard errors.
     * 300 loops a size; a rate of 1% passes 3% once in 500 experiments.
     */
    @Test
    void chanceSeldomAlarms() {
        for (int count : List.of(250, 500, 2000)) {
            int alarms = 0;
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < 300; i++) {
                WorldOrLoop found = found(0, 0, 1, 1, count);
                alarms += found.alarms() ? 1 : 0;
                sum += found.contamination().by();
                squares += found.contamination().by() * found.contamination().by();
            }
            assertThat(alarms).as("of 300 with %d samples", count).isLessThanOrEqualTo(9);
            // the noise of training sets of another size is taken away: its mean is 0, within 3.5 standard errors
            assertThat(sum / 300).isCloseTo(0, within(3.5 * Math.sqrt(squares) / 300));
        }
    }

    @Test
    void recordsWithoutTheDistancesSayNothing() {
        GenerationRecord plain = new GenerationRecord(
                1, 0, "mix", 1, new Composition(1, 0, 0), Measures.builder().build(), 0, 0, 0);
        assertThat(WorldOrLoop.of(plain, plain)).isEmpty();
    }
}
