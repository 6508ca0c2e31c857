package org.autophage.data.strokes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.autophage.base.Sha256;
import org.autophage.data.Dataset;
import org.autophage.data.Images;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrokesDatasetTest {
    private static StrokesDataset strokes(int size) {
        return new StrokesSpec(size, 500, 0).open();
    }

    private static long[] range(long from, long to) {
        return LongStream.range(from, to).toArray();
    }

    /** Found equal with Java 17 and Java 25; a change of drawing must raise the version in the dataset's hash. */
    @ParameterizedTest
    @CsvSource({
        "16, 4abc65f0f2352aff4600e2661eaa1f65a5d49e33ed55041b72d77bad0f88d37a",
        "28, d92ca80cdde09faae74d3f3f41b7c284ba911c26eaafebeb9fbcc03ccd7ebb7a",
        "64, ee8ff19a7b36fcf90f2d24997e27f0364e4d8b2c1231bfd13a87b02162ce5546"
    })
    void firstTwoThousandImagesAreTheSameOnEveryMachine(int size, String sha256) {
        assertThat(Sha256.of(strokes(size).real(range(0, 2_000)).pixels())).isEqualTo(sha256);
    }

    @Test
    void imageDependsOnItsIndexOnly() {
        StrokesDataset strokes = strokes(16);
        Images all = strokes.real(range(0, 1_000));
        Images some = strokes.real(new long[] {999, 3, 3, 256});
        assertThat(some.pixels())
                .isEqualTo(all.select(new int[] {999, 3, 3, 256}).pixels());
        assertThat(some.labels()).containsExactly(9, 3, 3, 6);
    }

    @Test
    void indicesReachFarAndNeverBelowZero() {
        StrokesDataset strokes = strokes(16);
        long far = Dataset.UNLIMITED - 1;
        assertThat(strokes.real(new long[] {far}).labels()).containsExactly((int) (far % 10));
        assertThatThrownBy(() -> strokes.real(new long[] {-1})).hasMessageContaining("-1");
    }

    @Test
    void imagesAreAllDifferentAndNoneIsInTheHoldout() {
        StrokesDataset strokes = strokes(16);
        Images real = strokes.real(range(0, 5_000));
        Images holdout = strokes.holdout();
        Set<String> seen = new HashSet<>();
        for (Images images : new Images[] {real, holdout}) {
            for (int i = 0; i < images.count(); i++) {
                seen.add(Sha256.of(images.slice(i, i + 1).pixels()));
            }
        }
        assertThat(seen).hasSize(real.count() + holdout.count());
        assertThat(holdout.count()).isEqualTo(500);
        assertThat(strokes.holdoutFactors()).hasSize(500);
    }

    @Test
    void seedAndSizeChangeTheHash() {
        assertThat(new StrokesSpec(16, 500, 1).open().hash())
                .isNotEqualTo(strokes(16).hash());
        assertThat(strokes(28).hash()).isNotEqualTo(strokes(16).hash());
        assertThat(new StrokesSpec(16, 1, 1).open().real(range(0, 10)).pixels())
                .isNotEqualTo(strokes(16).real(range(0, 10)).pixels());
    }

    /** The frame is the 3% that the painter promises, less the rounding of one partly covered pixel. */
    @ParameterizedTest
    @ValueSource(ints = {16, 28, 64})
    void glyphsAreWhiteOnBlackAndInsideTheFrame(int size) {
        Images images = strokes(size).real(range(0, 1_000));
        for (int i = 0; i < images.count(); i++) {
            byte[] pixels = images.slice(i, i + 1).pixels();
            int brightest = 0;
            int dark = 0;
            for (byte pixel : pixels) {
                brightest = Math.max(brightest, Byte.toUnsignedInt(pixel));
                dark += pixel == 0 ? 1 : 0;
            }
            assertThat(brightest).as("image %d", i).isGreaterThan(150);
            assertThat(dark).as("image %d", i).isGreaterThan(pixels.length / 3);
            if (size == 64) {
                int corner = Byte.toUnsignedInt(pixels[0]);
                int edge = IntStream.range(0, size)
                        .map(x -> Byte.toUnsignedInt(pixels[x])
                                + Byte.toUnsignedInt(pixels[(size - 1) * size + x])
                                + Byte.toUnsignedInt(pixels[x * size])
                                + Byte.toUnsignedInt(pixels[x * size + size - 1]))
                        .sum();
                assertThat(corner + edge).as("image %d", i).isZero();
            }
        }
    }

    /** Means of 20,000 draws lie within five standard errors of the distribution's. */
    @Test
    void factorsHaveTheirDistributions() {
        StrokesDataset strokes = strokes(16);
        int count = 20_000;
        double[] slant = LongStream.range(0, count)
                .mapToDouble(i -> strokes.factors(i).slant())
                .toArray();
        double mean = Arrays.stream(slant).average().orElseThrow();
        double variance = Arrays.stream(slant).map(s -> (s - mean) * (s - mean)).sum() / count;
        assertThat(mean).isBetween(0.10 - 5 * 0.15 / Math.sqrt(count), 0.10 + 5 * 0.15 / Math.sqrt(count));
        assertThat(Math.sqrt(variance)).isBetween(0.145, 0.155);
        long barred = LongStream.range(0, count)
                .filter(i -> i % 10 == 7 && strokes.factors(i).variant() == 1)
                .count();
        assertThat(barred).isBetween(1_000L - 112, 1_000L + 112);
    }

    @Test
    void factorsDescribeTheImage() {
        StrokesDataset strokes = strokes(64);
        Images images = strokes.real(range(0, 2_000));
        double thinInk = 0;
        double thickInk = 0;
        for (int i = 0; i < images.count(); i++) {
            GlyphFactors factors = strokes.factors(i);
            assertThat(factors.label()).isEqualTo(images.labels()[i]);
            double ink = 0;
            for (byte pixel : images.slice(i, i + 1).pixels()) {
                ink += Byte.toUnsignedInt(pixel);
            }
            if (factors.thickness() < 0.08) {
                thinInk = Math.max(thinInk, ink);
            } else if (factors.thickness() > 0.13 && factors.label() != 1) {
                thickInk = thickInk == 0 ? ink : Math.min(thickInk, ink);
            }
        }
        assertThat(thickInk).isGreaterThan(0.8 * thinInk);
    }

    /** Classes are distinct: the nearest of 3,000 images has the right label for nearly all others. */
    @Test
    void nearestNeighbourKnowsTheClass() {
        StrokesDataset strokes = strokes(16);
        Images known = strokes.real(range(0, 3_000));
        Images asked = strokes.holdout();
        long right = IntStream.range(0, asked.count())
                .parallel()
                .filter(i -> known.labels()[nearest(known.pixels(), asked.pixels(i))] == asked.labels()[i])
                .count();
        assertThat(right).isGreaterThan(asked.count() * 97L / 100);
    }

    private static int nearest(byte[] known, byte[] asked) {
        int size = asked.length;
        int best = -1;
        long bestDistance = Long.MAX_VALUE;
        for (int k = 0; k < known.length / size; k++) {
            long distance = 0;
            for (int p = 0; p < size; p++) {
                int difference = Byte.toUnsignedInt(known[k * size + p]) - Byte.toUnsignedInt(asked[p]);
                distance += (long) difference * difference;
            }
            if (distance < bestDistance) {
                bestDistance = distance;
                best = k;
            }
        }
        return best;
    }
}
