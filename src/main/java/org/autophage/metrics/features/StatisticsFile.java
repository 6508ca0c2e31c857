package org.autophage.metrics.features;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autophage.base.AutophageException;
import org.autophage.data.npy.NpyArray;
import org.autophage.data.npy.Npz;
import org.jspecify.annotations.Nullable;

/**
 * Mean and covariance of features in an .npz file, as edm, clean-fid and pytorch-fid write and read it: {@code mu} (width)
 * and {@code sigma} (width, width), float64. Autophage adds {@code count}, which those ignore.
 */
public final class StatisticsFile {
    private static final String MEAN = "mu";
    private static final String COVARIANCE = "sigma";
    private static final String COUNT = "count";

    /** The names of its arrays. */
    public static final List<String> ARRAYS = List.of(MEAN, COVARIANCE, COUNT);

    /** Largest difference of a covariance from its transpose, as a share of its largest entry. */
    private static final double ASYMMETRY = 1e-4;

    private StatisticsFile() {}

    /** Whether arrays of these names are those of a statistics file. */
    public static boolean isOne(Collection<String> arrays) {
        return arrays.contains(MEAN) && arrays.contains(COVARIANCE);
    }

    /** Writes the file whole or not at all. */
    public static void write(FeatureStatistics statistics, Path file) {
        int width = statistics.width();
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put(MEAN, NpyArray.ofDoubles(statistics.mean(), width));
        arrays.put(COVARIANCE, NpyArray.ofDoubles(statistics.covariance(), width, width));
        arrays.put(COUNT, NpyArray.ofLongs(new long[] {statistics.count()}));
        Npz.write(file, arrays);
    }

    /**
     * Takes the statistics from a file's arrays.
     *
     * @param file for messages
     * @throws AutophageException (usage) naming the array that is missing, of a wrong shape, or not finite
     */
    public static FeatureStatistics read(Map<String, NpyArray> arrays, Path file) {
        NpyArray mean = require(arrays.get(MEAN), MEAN, file);
        int width = mean.elements();
        if (mean.shape().length != 1 || width == 0) {
            throw wrong(file, MEAN, mean, "of shape (width)");
        }
        NpyArray covariance = require(arrays.get(COVARIANCE), COVARIANCE, file);
        if (!Arrays.equals(covariance.shape(), new int[] {width, width})) {
            throw wrong(
                    file,
                    COVARIANCE,
                    covariance,
                    "of shape (%d, %d), as mu has %d values".formatted(width, width, width));
        }
        double[] values = covariance.toDoubles();
        requireSymmetric(values, width, file);
        return new FeatureStatistics(mean.toDoubles(), values, count(arrays.get(COUNT), file));
    }

    private static int count(@Nullable NpyArray array, Path file) {
        if (array == null || !array.isWhole() || array.elements() != 1) {
            return FeatureStatistics.UNKNOWN;
        }
        long count = array.toLongs()[0];
        if (count != FeatureStatistics.UNKNOWN && count < 2 || count > Integer.MAX_VALUE) {
            throw AutophageException.usage("%s:count is %d: must be from 2 to %d, the samples behind mu and sigma"
                    .formatted(file, count, Integer.MAX_VALUE));
        }
        return (int) count;
    }

    private static NpyArray require(@Nullable NpyArray array, String name, Path file) {
        if (array == null) {
            throw AutophageException.usage("%s has no array '%s': statistics have mu and sigma".formatted(file, name));
        }
        if (!Arrays.stream(array.toDoubles()).allMatch(Double::isFinite)) {
            throw AutophageException.usage("%s:%s holds NaN or infinite values: must be finite".formatted(file, name));
        }
        return array;
    }

    private static void requireSymmetric(double[] values, int width, Path file) {
        double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
        for (int i = 0; i < width; i++) {
            if (values[i * width + i] < 0) {
                throw AutophageException.usage("%s:sigma is no covariance: the variance of feature %d is %s"
                        .formatted(file, i, values[i * width + i]));
            }
            for (int j = 0; j < i; j++) {
                if (Math.abs(values[i * width + j] - values[j * width + i]) > ASYMMETRY * largest) {
                    throw AutophageException.usage("%s:sigma is no covariance: entries (%d, %d) and (%d, %d) differ"
                            .formatted(file, i, j, j, i));
                }
            }
        }
    }

    private static AutophageException wrong(Path file, String name, NpyArray array, String right) {
        return AutophageException.usage("%s:%s is %s of shape %s: must be %s"
                .formatted(file, name, array.type(), Arrays.toString(array.shape()), right));
    }
}
