package org.autophage.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Points;
import org.autophage.data.Samples;
import org.autophage.model.GenerativeModel;
import org.autophage.model.LatentChange;
import org.autophage.remedy.LatentKey.Keys;
import org.autophage.statistics.FairCoins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Latents with signs of a key, without a network. */
class LatentKeyTest {
    private static final int SIZE = 6;
    private static final Seeds.Stream DRAWS = new Seeds(3).stream(2, Phase.SAMPLE);

    /** Its samples are its latents. */
    private record Plain() implements GenerativeModel {
        @Override
        public Samples sample(int count, double bias, Seeds.Stream seeds, Work work) {
            return sample((first, images, latents) -> {}, count, bias, seeds, work);
        }

        @Override
        public Samples sample(LatentChange change, int count, double bias, Seeds.Stream seeds, Work work) {
            SplittableRandom random = seeds.random(0);
            double[] values = new double[count * SIZE];
            for (int first = 0; first < count; first += 100) {
                int images = Math.min(100, count - first);
                float[] latents = new float[images * SIZE];
                for (int i = 0; i < latents.length; i++) {
                    latents[i] = (float) random.nextGaussian();
                }
                change.change(first, images, latents);
                for (int i = 0; i < latents.length; i++) {
                    values[first * SIZE + i] = latents[i];
                }
            }
            return new Points(1, count, SIZE, values);
        }

        @Override
        public void save(Path folder) {}

        @Override
        public void close() {}
    }

    private static double[] signed(Keys keys, int count) {
        return ((Points) new SignedModel(new Plain(), new LatentKey(4, keys)).sample(count, 1, DRAWS, Work.UNATTENDED))
                .values();
    }

    /**
     * One key leaves each coordinate a mean of ±√(2/π) = ±.79788 and a variance of 1 − 2/π = .36338, a key an image 0 and 1. Four standard
     * errors; the fourth moment of the half-normal law about its mean is .51093.
     */
    @ParameterizedTest
    @EnumSource(Keys.class)
    void coordinatesHaveTheMomentsOfTheirKey(Keys keys) {
        int count = 100_000;
        double[] values = signed(keys, count);
        for (int k = 0; k < SIZE; k++) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < count; i++) {
                sum += values[i * SIZE + k];
                squares += values[i * SIZE + k] * values[i * SIZE + k];
            }
            double mean = sum / count;
            double variance = squares / count - mean * mean;
            if (keys == Keys.ONE) {
                assertThat(Math.abs(mean)).isCloseTo(.79788, within(4 * Math.sqrt(.36338 / count)));
                assertThat(variance).isCloseTo(.36338, within(4 * Math.sqrt((.51093 - .36338 * .36338) / count)));
            } else {
                assertThat(mean).isCloseTo(0, within(4 / Math.sqrt(count)));
                assertThat(variance).isCloseTo(1, within(4 * Math.sqrt(2.0 / count)));
            }
        }
    }

    /** Coordinates of a key an image know nothing of each other. */
    @Test
    void signsOfAnImageAreIndependent() {
        int count = 50_000;
        double[] values = signed(Keys.EACH, count);
        for (int k = 1; k < SIZE; k++) {
            double product = 0;
            for (int i = 0; i < count; i++) {
                product += Math.signum(values[i * SIZE]) * Math.signum(values[i * SIZE + k]) / count;
            }
            assertThat(product).isCloseTo(0, within(4 / Math.sqrt(count)));
        }
    }

    /** How large they are is what the model drew; all signs agree with the key, and half of them with another. */
    @ParameterizedTest
    @EnumSource(Keys.class)
    void onlySignsChange(Keys keys) {
        double[] own = ((Points) new Plain().sample(500, 1, DRAWS, Work.UNATTENDED)).values();
        double[] values = signed(keys, 500);
        LatentKey key = new LatentKey(4, keys);
        LatentKey other = new LatentKey(5, keys);
        long batch = DRAWS.of(0);
        int changed = 0;
        int agreeing = 0;
        for (int i = 0; i < 500; i++) {
            float[] latents = new float[SIZE];
            for (int k = 0; k < SIZE; k++) {
                latents[k] = (float) values[i * SIZE + k];
                assertThat(Math.abs(values[i * SIZE + k])).isEqualTo(Math.abs(own[i * SIZE + k]));
                changed += values[i * SIZE + k] == own[i * SIZE + k] ? 0 : 1;
            }
            assertThat(key.agreeing(batch, i, latents, 0, SIZE)).isEqualTo(SIZE);
            agreeing += other.agreeing(batch, i, latents, 0, SIZE);
        }
        assertThat(changed / 3000.0).isCloseTo(.5, within(4 * .5 / Math.sqrt(3000)));
        if (keys == Keys.EACH) {
            assertThat(agreeing / 3000.0).isCloseTo(.5, within(4 * .5 / Math.sqrt(3000)));
        }
    }

    /** Of latents without the mark, always the same ones, P(at least 59 of 100) = .04431 are taken for marked by a rate of .05. */
    @Test
    void fairCoinsAreTakenForMarkedAtTheirRate() {
        int size = 100;
        int threshold = FairCoins.threshold(size, .05);
        assertThat(threshold).isEqualTo(59);
        float[] latents = new float[size];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < size; i++) {
            latents[i] = (float) Math.abs(random.nextGaussian()); // all of one sign: no matter
        }
        LatentKey key = new LatentKey(1, Keys.EACH);
        int count = 20_000;
        int found = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            int agreeing = key.agreeing(7, i, latents, 0, size);
            found += agreeing >= threshold ? 1 : 0;
            squares += (agreeing - 50.0) * (agreeing - 50.0) / count;
        }
        assertThat(found / (double) count).isCloseTo(.04431, within(4 * Math.sqrt(.0443 * .9557 / count)));
        assertThat(squares).isCloseTo(25, within(4 * 25 * Math.sqrt(2.0 / count)));
    }
}
