package org.autophage.report.watch;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * The folder that is watched. Links may lie in it; those that lead out of it are not followed.
 *
 * @param root without links
 */
record WatchedFolder(Path root) {
    /** Whether a file or folder that is there lies inside, wherever its name stands. */
    boolean holds(Path path) {
        try {
            return path.toRealPath().startsWith(root);
        } catch (IOException e) {
            return false; // there is nothing that could be read
        }
    }

    /** Refuses a file that lies elsewhere; one that is not there, or cannot be read, is left to who reads it. */
    void requireInside(Path file) throws IOException {
        Path real;
        try {
            real = file.toRealPath();
        } catch (IOException nothingToRead) {
            return;
        }
        if (!real.startsWith(root)) {
            throw new FileSystemException(file.toString(), null, "its link leads out of the folder that is watched");
        }
    }
}
