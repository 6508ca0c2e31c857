package org.autophage.report.watch;

import java.io.IOException;
import java.nio.file.Path;
import org.autophage.base.PlainFiles;

/**
 * How a file was when it was last looked at: where nothing of this changed, neither did its content, since files of runs
 * are replaced as a whole.
 *
 * @param bytes its size; −1 where there is no such file
 * @param modifiedMillis since 1970
 */
record FileState(long bytes, long modifiedMillis) {
    static final FileState MISSING = new FileState(-1, 0);

    /**
     * Looks at a file.
     *
     * @throws IOException with the reason where there is something that is not to be opened, see {@link PlainFiles}
     */
    static FileState of(Path file) throws IOException {
        return PlainFiles.attributes(file)
                .map(found ->
                        new FileState(found.size(), found.lastModifiedTime().toMillis()))
                .orElse(MISSING);
    }

    boolean exists() {
        return bytes >= 0;
    }
}
