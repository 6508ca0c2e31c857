package org.autophage.data.picture;

/**
 * Lanczos resampling with three lobes, widened by the ratio of sizes so that it is antialiased: the same bits as Pillow's
 * {@code resize(size, LANCZOS)}, with which edm's and StyleGAN's tools prepare data. As there, weights are rounded to 22
 * binary places, and rows are resampled and rounded to 8 bits before columns.
 */
final class LanczosResampling {
    private static final int LOBES = 3;
    private static final int PLACES = 22;

    private LanczosResampling() {}

    /** The pixels of a square picture of this size. */
    static byte[] shrink(Picture picture, int size) {
        int channels = picture.channels();
        Taps[] columns = taps(picture.width(), size);
        byte[] narrow = new byte[picture.height() * size * channels];
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < size; x++) {
                for (int channel = 0; channel < channels; channel++) {
                    int first = (y * picture.width() + columns[x].first) * channels + channel;
                    narrow[(y * size + x) * channels + channel] = columns[x].of(picture.pixels(), first, channels);
                }
            }
        }
        Taps[] rows = taps(picture.height(), size);
        int stride = size * channels;
        byte[] small = new byte[size * stride];
        for (int y = 0; y < size; y++) {
            for (int i = 0; i < stride; i++) {
                small[y * stride + i] = rows[y].of(narrow, rows[y].first * stride + i, stride);
            }
        }
        return small;
    }

    /** The old pixels that a new one is made of along one axis, and their weights times 2^22. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Taps(int first, int[] weights) {
        byte of(byte[] pixels, int start, int stride) {
            int sum = 1 << (PLACES - 1);
            for (int i = 0; i < weights.length; i++) {
                sum += weights[i] * Byte.toUnsignedInt(pixels[start + i * stride]);
            }
            return (byte) Math.max(0, Math.min(255, sum >> PLACES));
        }
    }

    private static Taps[] taps(int from, int to) {
        double ratio = (double) from / to;
        double widening = Math.max(1, ratio);
        double reach = LOBES * widening;
        Taps[] taps = new Taps[to];
        for (int i = 0; i < to; i++) {
            double centre = (i + 0.5) * ratio;
            int first = Math.max(0, (int) (centre - reach + 0.5));
            int end = Math.min(from, (int) (centre + reach + 0.5));
            double[] exact = new double[end - first];
            double sum = 0;
            for (int j = 0; j < exact.length; j++) {
                exact[j] = lanczos((first + j - centre + 0.5) / widening);
                sum += exact[j];
            }
            int[] weights = new int[exact.length];
            for (int j = 0; j < weights.length; j++) {
                double scaled = exact[j] / sum * (1 << PLACES);
                weights[j] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
            }
            taps[i] = new Taps(first, weights);
        }
        return taps;
    }

    private static double lanczos(double x) {
        return Math.abs(x) < LOBES ? sinc(x) * sinc(x / LOBES) : 0;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }
}
