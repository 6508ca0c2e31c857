package org.autophage.remedy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.autophage.base.AutophageException;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.data.Images;
import org.autophage.data.PointShape;
import org.autophage.data.Points;
import org.autophage.data.SampleLabels;
import org.autophage.data.SampleShape;
import org.autophage.data.Samples;
import org.autophage.data.Shuffle;
import org.autophage.loop.Turn;
import org.autophage.metrics.features.Features;

/**
 * A spread-spectrum mark (Cox et al., IEEE Transactions on Image Processing 6, 1997): a key s of as many +1 as −1 in every channel (and
 * a 0 where their number is odd), which is added to samples, and is found again by how far they lie along it,
 * z = ⟨x, s⟩/‖x‖ with the mean of each channel taken off x. Of samples that know nothing of the key z has mean 0 and variance 1.
 */
final class SpreadSpectrum {
    static final String KEY_DESCRIPTION = "Number that the mark's signs are drawn from; a filter needs the mark's own";
    static final String RATE_DESCRIPTION =
            "Share of generation 1's real samples that the threshold of the detector lets be taken for marked, in [0, 1)";

    private static final int GREY = 255;

    private final double[] signs;
    private final int channels;

    private SpreadSpectrum(double[] signs, int channels) {
        this.signs = signs;
        this.channels = channels;
    }

    /** The mark of a key for samples of a dataset. */
    static SpreadSpectrum of(long key, RemedyContext context) {
        SampleShape shape = context.dataset().shape(SampleLabels.BALANCED);
        int channels = shape.ofImages().map(images -> images.channels()).orElse(1);
        return new SpreadSpectrum(signs(key, perChannel(shape), channels), channels);
    }

    private static int perChannel(SampleShape shape) {
        return shape.ofPoints().map(PointShape::dimensions).orElseGet(() -> shape.ofImages()
                .map(images -> images.size() * images.size())
                .orElseThrow());
    }

    /** Refuses samples that no key fits. */
    static void check(SampleShape shape) {
        Setting.requireVectors(shape);
        if (perChannel(shape) < 2) {
            throw AutophageException.usage(
                    "a mark needs at least 2 values a sample, half of which it raises and half of which it lowers");
        }
    }

    static void checkRate(double falsePositives) {
        Checks.within("falsePositives", falsePositives, Range.closedOpen(0, 1));
    }

    private static double[] signs(long key, int perChannel, int channels) {
        SplittableRandom random = new SplittableRandom(key);
        double[] signs = new double[perChannel * channels];
        for (int channel = 0; channel < channels; channel++) {
            int[] order = Shuffle.permutation(perChannel, random);
            for (int i = 0; i < perChannel / 2; i++) {
                signs[order[2 * i] * channels + channel] = 1;
                signs[order[2 * i + 1] * channels + channel] = -1;
            }
        }
        return signs;
    }

    /** Samples with the mark: points moved by it, pixels too, but within black and white and to whole grey levels. */
    Samples embed(Samples samples, double strength) {
        return samples.points()
                .<Samples>map(points -> embed(points, strength))
                .orElseGet(() -> embed(samples.images().orElseThrow(), strength));
    }

    private Points embed(Points points, double strength) {
        double[] values = points.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] += strength * signs[i % signs.length];
        }
        return new Points(points.replicas(), points.count(), points.dimensions(), values);
    }

    private Images embed(Images images, double strength) {
        byte[] pixels = new byte[Math.multiplyExact(images.count(), signs.length)];
        int at = 0;
        for (int image = 0; image < images.count(); image++) {
            byte[] own = images.pixels(image);
            for (int i = 0; i < own.length; i++) {
                long moved = Math.round(Byte.toUnsignedInt(own[i]) + GREY * strength * signs[i]);
                pixels[at++] = (byte) Math.max(0, Math.min(GREY, moved));
            }
        }
        return new Images(
                images.height(), images.width(), images.channels(), images.classNames(), pixels, images.labels());
    }

    /** z of each sample; 0 of one without any contrast. */
    double[] scores(Samples samples) {
        Features rows = SetFeatures.raw(samples);
        double[] scores = new double[rows.count()];
        double[] means = new double[channels];
        for (int row = 0; row < scores.length; row++) {
            Arrays.fill(means, 0);
            double along = 0;
            for (int i = 0; i < signs.length; i++) {
                double x = rows.value(row, i);
                means[i % channels] += x * channels / signs.length;
                along += x * signs[i];
            }
            double squares = 0;
            for (int i = 0; i < signs.length; i++) {
                double x = rows.value(row, i) - means[i % channels];
                squares += x * x;
            }
            scores[row] = squares > 0 ? along / Math.sqrt(squares) : 0;
        }
        return scores;
    }

    /** The sum over samples of how strong the mark is in each: ⟨x, s⟩/⟨s, s⟩, in the unit of the samples, pixels in [0, 1]. */
    double strengths(Samples samples) {
        Features rows = SetFeatures.raw(samples);
        double of = Arrays.stream(signs).map(sign -> sign * sign).sum();
        double sum = 0;
        for (int row = 0; row < rows.count(); row++) {
            for (int i = 0; i < signs.length; i++) {
                sum += rows.value(row, i) * signs[i] / of;
            }
        }
        return sum;
    }

    /**
     * The threshold beyond which a sample is taken for marked.
     *
     * @param real samples without a mark, at least one
     * @param falsePositives share of them that may lie beyond it
     */
    double threshold(Samples real, double falsePositives) {
        double[] scores = scores(real);
        Arrays.sort(scores);
        int beyond = (int) Math.floor(falsePositives * scores.length + 1e-9);
        return scores[scores.length - 1 - beyond];
    }

    /** The threshold for each seed, from what its generation 1 is trained on. */
    Thresholds thresholds(RemedyContext context, double falsePositives) {
        FirstReal.Made<Calibrated> made = new FirstReal.Made<>(
                context.dataset(), real -> new Calibrated(threshold(real, falsePositives), real.count()));
        return made::of;
    }

    /**
     * A threshold.
     *
     * @param threshold of z
     * @param calibratedOn how many real samples it comes from
     */
    record Calibrated(double threshold, int calibratedOn) {}

    @FunctionalInterface
    interface Thresholds {
        Calibrated of(Turn turn);
    }
}
