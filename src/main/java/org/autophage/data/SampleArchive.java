package org.autophage.data;

import java.nio.file.Path;
import java.util.List;
import org.autophage.data.npy.Npz;

/** Reads back what {@link Samples#write} wrote, whichever kind of samples that was. */
public final class SampleArchive {
    private SampleArchive() {}

    /**
     * Reads samples.
     *
     * @throws org.autophage.base.AutophageException (usage) when the file is missing, truncated, or holds neither images,
     *     points nor tokens
     */
    public static Samples read(Path file) {
        List<String> names = Npz.names(file);
        if (names.contains(PointArchive.ARRAY)) {
            return PointArchive.of(Npz.read(file, PointArchive.ARRAY), file);
        }
        return names.contains(TokenArchive.ARRAY) ? TokenArchive.read(file) : ImageArchive.read(file);
    }
}
