package org.autophage.data;

import java.nio.file.Path;
import org.autophage.data.npy.Npz;

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
        return Npz.names(file).contains(PointArchive.ARRAY)
                ? PointArchive.of(Npz.read(file, PointArchive.ARRAY), file)
                : ImageArchive.read(file);
    }
}
