package org.autophage.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.autophage.base.AutophageException;
import org.autophage.data.npy.NpyArray;
import org.autophage.data.npy.Npz;

/** Points in one .npz file: {@code points}, float64 of shape (replicas, N, dimensions). */
final class PointArchive {
    static final String ARRAY = "points";

    private PointArchive() {}

    /** Writes the file whole or not at all; equal points give equal bytes. */
    static void write(Points points, Path file) {
        NpyArray array = NpyArray.ofDoubles(points.values(), points.replicas(), points.count(), points.dimensions());
        Npz.write(file, Map.of(ARRAY, array));
    }

    /**
     * The points of an array.
     *
     * @param array float64, or float32, as other programs have it
     * @throws AutophageException (usage) when it is not a float array of three axes
     */
    static Points of(NpyArray array, Path file) {
        int[] shape = array.shape();
        boolean floating = array.type() == NpyArray.Type.FLOAT64 || array.type() == NpyArray.Type.FLOAT32;
        if (!floating || shape.length != 3 || shape[0] < 1 || shape[2] < 1) {
            throw AutophageException.usage("%s:%s is %s of shape %s: must be float64 of shape (replicas, N, dimensions)"
                    .formatted(file, ARRAY, array.type(), Arrays.toString(shape)));
        }
        return new Points(shape[0], shape[1], shape[2], array.toDoubles());
    }
}
