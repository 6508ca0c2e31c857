package org.autophage.metrics.known;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Findings;
import org.autophage.metrics.Instruments;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.MeasuredSet;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.features.Features;
import org.autophage.metrics.neighbours.Ball;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Variance, tails and hallucinated samples on planted sets, whose answer is counted by hand. */
class DefinitionMetricsTest extends OnCpu {
    private static Instruments instruments;

    @BeforeAll
    static void open() {
        instruments = new Instruments(device, 3, Ball.STRICT);
    }

    @AfterAll
    static void close() {
        instruments.close();
    }

    private static MeasuredSet set(DoubleStream line) {
        return MeasuredSet.of("a set", instruments, Features.ofRows(1, line.toArray()));
    }

    private static double of(SampleMetric metric, Metric figure, MeasuredSet real, MeasuredSet fake) {
        Findings found = metric.of(MeasuredPair.of(real, fake, Optional.empty()));
        return found.measures().value(figure).orElseThrow();
    }

    /** 90 real points a hundredth apart and ten far out, ten apart: the far ones have the largest balls, of radius 20 or 30. */
    @Test
    void theTailIsWhereRealSamplesHaveFewOthersAround() {
        DoubleStream dense = IntStream.range(0, 90).mapToDouble(i -> .01 * i);
        double[] far = IntStream.range(0, 10).mapToDouble(i -> 1000 + 10 * i).toArray();
        MeasuredSet real = set(DoubleStream.concat(dense, DoubleStream.of(far)));
        DoubleStream onDense = IntStream.range(0, 90).mapToDouble(i -> .01 * i + .001);
        MeasuredSet without = set(onDense);
        assertThat(of(new Tails(), Metrics.TAIL_COVERAGE, real, without)).isZero();
        // one sample beside the first of them: in the balls of those at 0 (radius 30), 10 (20), and not of that at 20
        // (20), 21 away
        MeasuredSet one =
                set(DoubleStream.concat(IntStream.range(0, 90).mapToDouble(i -> .01 * i + .001), DoubleStream.of(999)));
        assertThat(of(new Tails(), Metrics.TAIL_COVERAGE, real, one)).isCloseTo(.2, within(1e-12));
        MeasuredSet whole = set(DoubleStream.concat(
                IntStream.range(0, 90).mapToDouble(i -> .01 * i + .001),
                DoubleStream.of(far).map(x -> x + 1)));
        assertThat(of(new Tails(), Metrics.TAIL_COVERAGE, real, whole)).isEqualTo(1);
    }

    /** 80 samples on real ones, 15 together where nothing is real, and one alone on the other side. */
    @Test
    void aModeWhereNothingIsRealIsHallucinatedAndAStraySampleIsNot() {
        MeasuredSet real = set(IntStream.range(0, 100).mapToDouble(i -> .01 * i));
        DoubleStream on = IntStream.range(0, 80).mapToDouble(i -> .01 * i + .001);
        DoubleStream mode = IntStream.range(0, 15).mapToDouble(i -> 50 + .3 * i);
        MeasuredSet fake = set(DoubleStream.concat(DoubleStream.concat(on, mode), DoubleStream.of(-900)));
        assertThat(of(new HallucinatedSamples(), Metrics.HALLUCINATED_SHARE, real, fake))
                .isCloseTo(15.0 / 96, within(1e-12));
        assertThat(of(new HallucinatedSamples(), Metrics.HALLUCINATED_SHARE, real, real))
                .isZero();
    }

    /** The factor is that of the variances, (n − 1)-weighted on both sides. */
    @Test
    void aScaledSetHasTheScalesSquareOfTheVariance() {
        double[] line = new SplittableRandom(1).doubles(500).toArray();
        MeasuredSet real = set(DoubleStream.of(line));
        MeasuredSet half = set(DoubleStream.of(line).map(x -> 3 + x / 2));
        assertThat(of(new FeatureVariances(), Metrics.FEATURE_VARIANCE, real, half))
                .isCloseTo(.25, within(1e-9));
        MeasuredSet constant = set(DoubleStream.of(1, 1, 1, 1, 1));
        assertThat(new FeatureVariances()
                        .of(MeasuredPair.of(constant, real, Optional.empty()))
                        .notes())
                .containsExactly("no variance of features: a set has none to compare with");
    }
}
