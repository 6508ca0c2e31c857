package org.autophage.data;

import java.nio.file.Path;
import java.util.Map;

/** Reads back what {@link Samples#write} wrote, whichever kind of samples that was. */
public final class SampleArchive {
    private SampleArchive() {}

    /**
     * Reads samples.
     *
     * @throws org.autophage.base.AutophageException (usage) when the file is missing, truncated, or holds neither images
     *     nor points
     */
    public static Samples read(Path file) {
        Map<String, NpyArray> arrays = Npz.read(file);
        NpyArray points = arrays.get(PointArchive.ARRAY);
        return points == null ? ImageArchive.of(arrays, file) : PointArchive.of(points, file);
    }
}
