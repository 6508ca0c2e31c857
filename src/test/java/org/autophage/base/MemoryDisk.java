package org.autophage.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/** For runs that sync thousands of small files: where the system has a disk in memory, they go there. */
public final class MemoryDisk implements TempDirFactory {
    private static final Path LINUX_MEMORY_DISK = Path.of("/dev/shm");

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension) throws IOException {
        return Files.isWritable(LINUX_MEMORY_DISK)
                ? Files.createTempDirectory(LINUX_MEMORY_DISK, "autophage-test-")
                : Files.createTempDirectory("autophage-test-");
    }
}
