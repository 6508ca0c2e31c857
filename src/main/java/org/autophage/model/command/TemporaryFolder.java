package org.autophage.model.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.autophage.base.AtomicFiles;
import org.autophage.base.DiskErrors;
import org.jspecify.annotations.Nullable;

/** Folders in the system's folder for temporary files, made when the first is asked for and deleted together. */
final class TemporaryFolder implements AutoCloseable {
    private @Nullable Path root;
    private int count;

    Path newFolder() {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            if (root == null) {
                root = Files.createTempDirectory("autophage-program-");
            }
            return Files.createDirectory(root.resolve(String.valueOf(count++)));
        } catch (IOException e) {
            throw DiskErrors.cannotWrite(temporary, e);
        }
    }

    @Override
    public void close() {
        if (root != null) {
            AtomicFiles.delete(root);
            root = null;
        }
    }
}
