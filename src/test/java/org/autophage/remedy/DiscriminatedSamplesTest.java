package org.autophage.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.autophage.data.Images;
import org.autophage.data.Points;
import org.autophage.data.Samples;
import org.autophage.data.points.PointDataset;
import org.autophage.data.points.PointDistribution;
import org.autophage.data.points.PointsSpec;
import org.autophage.loop.Draws;
import org.autophage.metrics.Bars;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Discriminators of Gaussians' own ratios are in {@code autophage verify}. */
class DiscriminatedSamplesTest extends OnCpu {
    @TempDir
    private Path folder;

    /** p = (.5, .3, .2) from g = (.2, .3, .5), by powers of the chain's matrix; 4 standard errors. */
    @ParameterizedTest
    @CsvSource({"1, .32, .354, .326", "2, .392, .3486, .2594", "5, .47667, .31356, .20977", "20, .49999, .30001, .2"})
    void aChainGoesToTheRealLaw(int proposals, double first, double second, double third) {
        double[] ratio = {Math.log(.5 / .2), 0, Math.log(.2 / .5)};
        SplittableRandom random = new SplittableRandom(proposals);
        int n = 200_000;
        int[] counts = new int[3];
        for (int i = 0; i < n; i++) {
            int[] drawn = new int[proposals + 1];
            Arrays.setAll(drawn, k -> {
                double u = random.nextDouble();
                return u < .2 ? 0 : u < .5 ? 1 : 2;
            });
            double[] scores = Arrays.stream(drawn).mapToDouble(k -> ratio[k]).toArray();
            counts[drawn[ChainedSamples.END.choose(scores, 0, scores.length, random)]]++;
        }
        double error = 4 * 0.5 / Math.sqrt(n);
        assertThat(counts[0] / (double) n).isCloseTo(first, within(error));
        assertThat(counts[1] / (double) n).isCloseTo(second, within(error));
        assertThat(counts[2] / (double) n).isCloseTo(third, within(error));
    }

    /** Draws of N(0, 1.5²), N(0, 1) is real: a discriminator that learns the ratio from 20,000 of either brings the variance back to 1. */
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void aTrainedDiscriminatorOfPointsMendsAWideModel(boolean chain) {
        PointDataset dataset = new PointsSpec(PointDistribution.GAUSSIAN, 1, 1, 1, 0).open();
        PoolRemedy remedy = chain
                ? new ChainedSamples(Discriminator.TRAINED, 20_000, 15, null)
                : new DiscriminatedSamples(Discriminator.TRAINED, 20_000, null, 0, 100, null);
        try (RemedyContext context = RemedyContexts.of(device, dataset, folder)) {
            Draws draws = remedy.open(context).apply(NormalDraws.of(9, 1, 1.5), RemedyContexts.turn(dataset));
            double[] given = ((Points) draws.next(20_000).samples()).values();
            double squares = Arrays.stream(given).map(x -> x * x).average().orElseThrow();
            // 4 standard errors of n draws, and of a ratio that was learnt from as many
            assertThat(squares).isCloseTo(1, within(4 * Math.sqrt(2.0 / 20_000 + 3.0 / 20_000)));
            assertThat(draws.told()).containsEntry("discriminatorTrainedOn", 20_000L);
        }
    }

    /** Every other draw is inverted, black on white: a network that has seen real ones rejects those. */
    @Test
    void aTrainedDiscriminatorOfImagesRejectsWhatIsNotReal() {
        Bars bars = new Bars(512, 40);
        Images all = bars.real(LongStream.range(5_000, 7_000).toArray());
        byte[] pixels = all.pixels().clone();
        int size = all.imageBytes();
        for (int i = 0; i < pixels.length; i++) {
            if (i / size / 4 % 2 == 1) {
                pixels[i] = (byte) (255 - (pixels[i] & 0xff));
            }
        }
        Samples drawn = new Images(all.height(), all.width(), 1, 4, pixels, all.labels());
        DiscriminatedSamples remedy = new DiscriminatedSamples(Discriminator.TRAINED, 512, null, 0, 20, null);
        try (RemedyContext context = RemedyContexts.of(device, bars, folder)) {
            Draws draws = remedy.open(context).apply(RemedyContexts.of(drawn), RemedyContexts.turn(bars));
            var given = draws.next(80);
            long real = LongStream.range(0, 80)
                    .filter(i -> given.draw((int) i) / 4 % 2 == 0)
                    .count();
            assertThat(real).isGreaterThan(75);
            assertThat(given.draw(0))
                    .as("draws that it learnt from are not given")
                    .isGreaterThanOrEqualTo(512);
            assertThat(((Images) given.samples()).classCounts()).containsOnly(20);
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> new DiscriminatedSamples(Discriminator.TRAINED, 9, null, 0, 9, null))
                .hasMessageContaining("samples is 9: must be from 10 to 1000000");
        assertThatThrownBy(() -> new DiscriminatedSamples(Discriminator.TRAINED, 99, 0.0, 0, 9, null))
                .hasMessageContaining("bound is 0.0: must be above 0");
        assertThatThrownBy(() -> new DiscriminatedSamples(Discriminator.TRAINED, 99, null, Double.NaN, 9, null))
                .hasMessageContaining("shift is NaN");
        assertThatThrownBy(() -> new ChainedSamples(Discriminator.TRAINED, 99, 0, null))
                .hasMessageContaining("proposals is 0: must be from 1 to 1000");
        ChainedSamples oracle = new ChainedSamples(Discriminator.ORACLE, 99, 5, null);
        assertThatThrownBy(() -> oracle.check(RemedyContexts.setting(new Bars(9, 1))))
                .hasMessageContaining("knows densities, of points only");
        Setting points = RemedyContexts.setting(PointsSpec.DEFAULTS.open());
        assertThatThrownBy(() -> Remedies.check(List.of(DistinctSamples.DEFAULTS, oracle), points))
                .hasMessage(
                        "remedies[1], metropolis-hastings: discriminator is oracle: it knows the density of the model's own draws, so that it must come before near-duplicates, which changes them: put it first in the list");
        Remedies.check(List.of(oracle, DistinctSamples.DEFAULTS), points);
    }
}
