package org.autophage.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.autophage.data.points.PointDataset;
import org.autophage.data.points.PointDistribution;
import org.autophage.data.points.PointDrift;
import org.autophage.data.points.PointsSpec;
import org.autophage.data.strokes.FactorDrift;
import org.autophage.data.strokes.GlyphFactors;
import org.autophage.data.strokes.StrokesDataset;
import org.autophage.data.strokes.StrokesSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Datasets whose law moves: sample i is that of a still one, moved by so much. */
class DriftTest {
    private static final long[] FIRST = LongStream.range(0, 300).toArray();

    private static StrokesDataset strokes(FactorDrift drift) {
        return new StrokesSpec(20, 50, 3, drift, null).open();
    }

    private static FactorDrift wider(double step) {
        return new FactorDrift(null, null, null, step, null);
    }

    private static PointDataset points(PointDistribution law, Double... step) {
        return new PointsSpec(law, null, 2, 40, 3, new PointDrift(List.of(step))).open();
    }

    @Test
    void aStillDatasetIsItselfAtAnyTime() {
        StrokesDataset strokes = new StrokesSpec(20, 50, 3).open();
        PointDataset points = new PointsSpec(PointDistribution.MOONS, null, 2, 40, 3).open();
        assertThat(strokes.at(7)).isSameAs(strokes);
        assertThat(strokes.whole()).isSameAs(strokes);
        assertThat(points.at(7)).isSameAs(points);
        PointDataset byNothing = points(PointDistribution.MOONS, 0.0);
        assertThat(byNothing.at(7)).isSameAs(byNothing);
        // SHA-256 of what versions without drift wrote: their runs can be gone on with
        assertThat(strokes.hash()).isEqualTo("d4f1279e1dd01798295348e58f97402c14adb78ff7c2719b23781fa98339ad32");
        assertThat(points.hash()).isEqualTo("7b3e9f54a3de2009a5e32ea5b78d9fc0a6df6dd2be94d0fc37c54404a717f588");
    }

    @Test
    void theFirstGenerationIsThatOfAStillDataset() {
        StrokesDataset still = new StrokesSpec(20, 50, 3).open();
        StrokesDataset moving = strokes(wider(0.1));
        assertThat(moving.at(1)).isSameAs(moving);
        assertThat(moving.real(FIRST).pixels()).isEqualTo(still.real(FIRST).pixels());
        assertThat(moving.holdout().pixels()).isEqualTo(still.holdout().pixels());
        assertThat(moving.hash())
                .isNotEqualTo(still.hash())
                .isNotEqualTo(strokes(wider(0.2)).hash());
        assertThat(moving.whole().hash()).as("classifiers are shared").isEqualTo(still.hash());
    }

    @Test
    void factorsMoveByTheirSteps() {
        StrokesDataset moving = strokes(new FactorDrift(0.02, -0.01, 0.03, 0.1, 0.004));
        StrokesDataset later = moving.at(5);
        for (long i : FIRST) {
            GlyphFactors before = moving.factors(i);
            GlyphFactors after = later.factors(i);
            assertThat(after.label()).isEqualTo(before.label());
            assertThat(after.slant() - before.slant()).isCloseTo(0.08, within(1e-12));
            assertThat(after.rotation() - before.rotation()).isCloseTo(-0.04, within(1e-12));
            assertThat(after.scale() - before.scale()).isCloseTo(0.12, within(1e-12));
            assertThat(after.aspect() - before.aspect()).isCloseTo(0.4, within(1e-12));
            assertThat(after.thickness() - before.thickness()).isCloseTo(0.016, within(1e-12));
            assertThat(after.bow()).isEqualTo(before.bow());
            assertThat(after.balance()).isEqualTo(before.balance());
        }
        assertThat(later.real(FIRST).pixels()).isNotEqualTo(moving.real(FIRST).pixels());
        assertThat(moving.at(5)).isSameAs(later);
        assertThat(moving.at(6).holdout().pixels()).isNotEqualTo(later.holdout().pixels());
    }

    /** Ink spreads over more columns: the standard deviation across, of all ink of an image. */
    @Test
    void widerGlyphsLookWider() {
        StrokesDataset moving = strokes(wider(0.1));
        double before = spread(moving.real(FIRST));
        double after = spread(moving.at(4).real(FIRST));
        assertThat(after / before).isBetween(1.2, 1.35);
    }

    private static double spread(Images images) {
        double sum = 0;
        for (int i = 0; i < images.count(); i++) {
            byte[] pixels = images.pixels(i);
            double ink = 0;
            double first = 0;
            double second = 0;
            for (int p = 0; p < pixels.length; p++) {
                int grey = pixels[p] & 0xff;
                int column = p % images.width();
                ink += grey;
                first += grey * column;
                second += grey * column * column;
            }
            sum += Math.sqrt(second / ink - first / ink * first / ink);
        }
        return sum / images.count();
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 11, true",
        "0.1, 12, false",
        "-0.2, 4, true",
        "-0.2, 5, false",
    })
    void factorsCannotMoveWhereNoGlyphIs(double step, int generation, boolean possible) {
        StrokesDataset moving = strokes(wider(step));
        if (possible) {
            assertThat(moving.at(generation).real(FIRST).count()).isEqualTo(300);
        } else {
            assertThatThrownBy(() -> moving.at(generation))
                    .hasMessageContaining("dataset.drift.aspect is " + step)
                    .hasMessageContaining("at generation " + generation)
                    .hasMessageContaining("must stay within [0.400, 2.00]");
        }
    }

    @ParameterizedTest
    @CsvSource({"GAUSSIAN", "GRID", "ROSENBROCK", "BLOBS", "CIRCLES", "MOONS", "SWISS_ROLL"})
    void pointsAndAllThatIsKnownOfTheirLawMove(PointDistribution distribution) {
        PointDataset still = new PointsSpec(distribution, null, 2, 40, 3).open();
        PointDataset moving = points(distribution, -0.5);
        PointDataset later = moving.at(7);
        int d = still.law().dimensions();
        Points before = still.real(FIRST);
        Points after = later.real(FIRST);
        assertThat(moving.real(FIRST).values()).isEqualTo(before.values());
        for (int i = 0; i < before.values().length; i++) {
            assertThat(after.values()[i] - before.values()[i]).isCloseTo(i % d == 0 ? -3 : 0, within(1e-12));
        }
        assertThat(later.holdout().values()[0] - still.holdout().values()[0]).isCloseTo(-3, within(1e-12));
        assertThat(later.law().mean()[0] - still.law().mean()[0]).isCloseTo(-3, within(1e-12));
        assertThat(later.law().covariance()).isEqualTo(still.law().covariance());
        assertThat(later.law().isGaussian()).isEqualTo(still.law().isGaussian());
        still.law().logDensity(before.values(), d).ifPresent(density -> assertThat(
                        later.law().logDensity(after.values(), d).orElseThrow())
                .isCloseTo(density, within(1e-9)));
        still.law()
                .modes()
                .ifPresent(modes -> IntStream.range(0, modes.centres().size()).forEach(mode -> assertThat(
                                later.law().modes().orElseThrow().centres().get(mode)[0]
                                        - modes.centres().get(mode)[0])
                        .isCloseTo(-3, within(1e-12))));
    }

    @Test
    void aVectorMovesEveryDimension() {
        PointDataset moving = points(PointDistribution.SWISS_ROLL, 1.0, 0.0, -2.0);
        double[] mean = moving.law().mean();
        assertThat(moving.at(3).law().mean())
                .containsExactly(new double[] {mean[0] + 2, mean[1], mean[2] - 4}, within(1e-12));
        assertThat(moving.hash())
                .isNotEqualTo(points(PointDistribution.SWISS_ROLL, 1.0).hash());
        assertThatThrownBy(() -> points(PointDistribution.SWISS_ROLL, 1.0, 2.0))
                .hasMessageContaining("dataset.drift is [1.0, 2.0]")
                .hasMessageContaining("or 3, one a dimension");
        assertThatThrownBy(() -> PointDrift.parse("far")).hasMessageContaining("must be a number");
        assertThat(PointDrift.parse(List.of(1, 2.5)).step()).containsExactly(1.0, 2.5);
        assertThat(PointDrift.parse(2).specValue()).isEqualTo(2.0);
    }
}
