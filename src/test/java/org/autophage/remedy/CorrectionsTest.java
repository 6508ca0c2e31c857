package org.autophage.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.autophage.data.Images;
import org.autophage.data.Points;
import org.autophage.data.points.PointDataset;
import org.autophage.data.points.PointDistribution;
import org.autophage.data.points.PointsSpec;
import org.autophage.loop.Draws;
import org.autophage.loop.Given;
import org.autophage.metrics.Bars;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole loops with corrections are in {@code autophage verify}. */
class CorrectionsTest extends OnCpu {
    @TempDir
    private Path folder;

    /** A third of zeros become N(0, 1), whose mean distance from 0 is √(2/π); each replica by itself. 4 standard errors. */
    /** The turn's generation is the second: nothing is replaced by the first strength, everything by the second. */
    @Test
    void strengthsAreOfTheirGeneration() {
        Bars bars = new Bars(40, 4);
        Images black = new Images(16, 16, 1, 4, new byte[40 * 256], new int[40]);
        for (double second : new double[] {1e12, 1e-12}) {
            try (RemedyContext context = RemedyContexts.of(device, bars, folder)) {
                Draws draws = new RealCorrection(new Strength(List.of(1 / second, second)))
                        .open(context)
                        .apply(RemedyContexts.of(black), RemedyContexts.turn(bars));
                draws.next(40);
                assertThat(draws.told()).containsEntry("changed", second > 1 ? 1.0 : 0.0);
            }
        }
        Setting setting = RemedyContexts.setting(bars); // two generations of 40
        assertThat(new RealCorrection(new Strength(List.of(1e-12, 1.0)))
                        .cost(setting)
                        .sideInformation())
                .isEqualTo(20);
        assertThat(new RandomSamples(new Strength(List.of(1.0, 0.25)))
                        .cost(setting)
                        .inSentence())
                .contains("draws 160 samples for the 40");
        assertThatThrownBy(() -> new RandomSamples(new Strength(List.of(1.0, 2.0))))
                .hasMessageContaining("keep is [1.0, 2.0]: must be in [0.001, 1]");
    }

    @Test
    void drawsAreReplacedByRealOnes() {
        PointDataset dataset = new PointsSpec(PointDistribution.GAUSSIAN, 1, 2, 1, 0).open();
        int n = 50_000;
        try (RemedyContext context = RemedyContexts.of(device, dataset, folder)) {
            Draws draws = new RealCorrection(Strength.of(0.5))
                    .open(context)
                    .apply(RemedyContexts.of(new Points(2, 2 * n, 1, new double[4 * n])), RemedyContexts.turn(dataset));
            Points given = (Points) draws.next(n).samples();
            double squares = 0;
            int both = 0;
            for (int i = 0; i < n; i++) {
                squares += given.values()[i] * given.values()[i];
                both += given.values()[i] != 0 && given.values()[n + i] != 0 ? 1 : 0;
            }
            assertThat(squares / n).isCloseTo(1 / 3.0, within(4 * Math.sqrt((1 - 1 / 9.0) / n)));
            assertThat(both / (double) n).isCloseTo(1 / 9.0, within(4 * Math.sqrt(8 / 81.0 / n)));
            assertThat(RemedyContexts.number(draws.told(), "changed"))
                    .isCloseTo(1 / 3.0, within(4 * Math.sqrt(2 / 9.0 / (2 * n))));
            assertThat(RemedyContexts.number(draws.told(), "meanDisplacement"))
                    .isCloseTo(Math.sqrt(2 / Math.PI) / 3, within(4 * 0.6 / Math.sqrt(2 * n)));
            assertThat(RemedyContexts.number(draws.told(), "realSamples"))
                    .isEqualTo(RemedyContexts.number(draws.told(), "changed") * n);
            Points next = (Points) draws.next(n).samples();
            assertThat(next.values()).isNotEqualTo(given.values());
        }
    }

    /** All draws of a bar are replaced by real images of the dataset, with their labels. */
    @Test
    void imagesAreReplacedWithTheirLabels() {
        Bars bars = new Bars(40, 10);
        Images black = new Images(16, 16, 1, 4, new byte[256 * 40], new int[40]);
        try (RemedyContext context = RemedyContexts.of(device, bars, folder)) {
            Images given = (Images) new RealCorrection(Strength.of(1e12))
                    .open(context)
                    .apply(RemedyContexts.of(black), RemedyContexts.turn(bars))
                    .next(40)
                    .samples();
            assertThat(given.classCounts()).doesNotContain(0);
            Images real = bars.real(LongStream.range(0, 40).toArray());
            for (int i = 0; i < 40; i++) {
                byte[] one = given.pixels(i);
                int label = given.labels()[i];
                assertThat(LongStream.range(0, 40))
                        .anyMatch(k -> Arrays.equals(real.pixels((int) (long) k), one)
                                && real.labels()[(int) (long) k] == label);
            }
        }
    }

    @Test
    void drawsGoToTheNearestCentreOrSomeOfTheWay() {
        PointDataset dataset = new PointsSpec(PointDistribution.GAUSSIAN, 1, 1, 1, 0).open();
        Points drawn = new Points(1, 4, 1, new double[] {-9, -0.1, 0.1, 3});
        try (RemedyContext context = RemedyContexts.of(device, dataset, folder)) {
            double[] whole = ((Points) new CentreCorrection(2, 20_000, null)
                            .open(context)
                            .apply(RemedyContexts.of(drawn), NormalDraws.TURN)
                            .next(4)
                            .samples())
                    .values();
            double centre = Math.sqrt(2 / Math.PI); // of the half-normal law
            assertThat(whole[0]).isCloseTo(-centre, within(0.05)).isEqualTo(whole[1]);
            assertThat(whole[3]).isCloseTo(centre, within(0.05)).isEqualTo(whole[2]);
            Draws part = new CentreCorrection(2, 20_000, Strength.of(0.25))
                    .open(context)
                    .apply(RemedyContexts.of(drawn), NormalDraws.TURN);
            double[] some = ((Points) part.next(4).samples()).values();
            for (int i = 0; i < 4; i++) {
                assertThat(some[i]).isCloseTo(drawn.values()[i] + 0.2 * (whole[i] - drawn.values()[i]), within(1e-12));
            }
            assertThat(part.told())
                    .containsEntry("centresKnow", 20_000)
                    .containsEntry("changed", 1.0)
                    .containsEntry("given", 4L);
        }
    }

    /** One centre a class is the mean of the class's real images, whatever the draw looks like. */
    @Test
    void anImageGoesToACentreOfItsOwnClass() {
        Bars bars = new Bars(80, 10);
        Images drawn = bars.real(LongStream.range(5_000, 5_008).toArray());
        Images real = bars.real(LongStream.range(0, 80).toArray());
        try (RemedyContext context = RemedyContexts.of(device, bars, folder)) {
            Given given = new CentreCorrection(1, 1_000, null)
                    .open(context)
                    .apply(RemedyContexts.of(drawn), RemedyContexts.turn(bars))
                    .next(8);
            Images images = (Images) given.samples();
            assertThat(given.isInTurn()).isTrue();
            assertThat(images.labels()).isEqualTo(drawn.labels());
            for (int i = 0; i < 8; i++) {
                for (int k = 0; k < 256; k += 37) {
                    double mean = 0;
                    for (int j = 0; j < 80; j++) {
                        mean += real.labels()[j] == images.labels()[i] ? (real.pixels(j)[k] & 0xff) / 20.0 : 0;
                    }
                    assertThat(images.pixels(i)[k] & 0xff).isBetween((int) (mean - 0.51), (int) (mean + 1.01));
                }
            }
        }
    }

    @Test
    void whatTheyKnowIsCounted() {
        Setting bars = RemedyContexts.setting(new Bars(80, 10));
        assertThat(new CentreCorrection(4, 1_000, null).cost(bars).sideInformation())
                .isEqualTo(80);
        assertThat(new RealCorrection(Strength.of(1)).cost(bars).sideInformation())
                .isEqualTo(40);
        assertThat(new RealCorrection(Strength.of(1)).cost(bars).inSentence())
                .contains("knows 40 real samples (side information)");
        assertThat(new SureSamples(Strength.of(0.5), null).cost(bars).sideInformation())
                .isEqualTo(80);
        assertThat(new RandomSamples(Strength.of(0.5)).cost(bars).sideInformation())
                .isZero();
        Setting points = RemedyContexts.setting(PointsSpec.DEFAULTS.open());
        assertThat(new CentreCorrection(4, 1_000, null).cost(points).sideInformation())
                .isEqualTo(1_000);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> new RealCorrection(Strength.of(0)))
                .hasMessageContaining("strength is 0.0: must be above 0");
        assertThatThrownBy(() -> new CentreCorrection(0, 9, null)).hasMessageContaining("centres is 0");
        assertThatThrownBy(() -> new CentreCorrection(10, 9, null))
                .hasMessageContaining("samples is 9: must be at least");
        assertThatThrownBy(() -> new CentreCorrection(1, 9, Strength.of(-1.0)))
                .hasMessageContaining("strength is -1.0");
    }
}
