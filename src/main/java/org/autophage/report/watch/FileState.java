package org.autophage.report.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * How a file was when it was last looked at: where nothing of this changed, neither did its content, since files of runs
 * are replaced as a whole.
 *
 * @param bytes its size; −1 where there is no such file
 * @param modifiedMillis since 1970
 */
record FileState(long bytes, long modifiedMillis) {
    static final FileState MISSING = new FileState(-1, 0);

    static FileState of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileState(
                    attributes.size(), attributes.lastModifiedTime().toMillis());
        } catch (IOException e) {
            return MISSING;
        }
    }

    boolean exists() {
        return bytes >= 0;
    }
}
