package org.autophage.data;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where datasets lie. A path of a spec is taken as it is when it exists. When it is relative and does not, and the
 * environment variable {@code AUTOPHAGE_DATASETS} names a folder, then its last component is looked for there:
 * {@code datasets/mnist} becomes {@code $AUTOPHAGE_DATASETS/mnist}. So one spec runs on machines that keep their data
 * in different places.
 */
public final class DatasetFolders {
    public static final String VARIABLE = "AUTOPHAGE_DATASETS";

    private DatasetFolders() {}

    /** The folder of datasets that {@code data fetch} fills: {@code $AUTOPHAGE_DATASETS}, or {@code datasets}. */
    public static Path root() {
        String shared = System.getenv(VARIABLE);
        return Path.of(shared == null || shared.isBlank() ? "datasets" : shared);
    }

    /** Where the dataset of a spec's path is; the path itself, existing or not, when there is no better place. */
    public static Path find(String path) {
        return find(Path.of(path), System.getenv(VARIABLE));
    }

    static Path find(Path path, @Nullable String shared) {
        if (shared == null || shared.isBlank() || path.isAbsolute() || Files.exists(path)) {
            return path;
        }
        Path elsewhere = Path.of(shared).resolve(path.getFileName());
        return Files.exists(elsewhere) ? elsewhere : path;
    }
}
