package org.autophage.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.autophage.base.AtomicFiles;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.jspecify.annotations.Nullable;

/**
 * Folders in the system's folder for temporary files, made when the first is asked for and deleted together. What killed processes left
 * of theirs is deleted with the first.
 */
public final class TemporaryFolder implements AutoCloseable {
    private static final String PREFIX = "autophage-program-";
    private static final Pattern NAME = Pattern.compile(Pattern.quote(PREFIX) + "(\\d{1,18})-\\d+");

    private @Nullable Path root;
    private int count;

    /** A new folder, empty. */
    public Path newFolder() {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            if (root == null) {
                deleteAbandoned(temporary);
                root = Files.createTempDirectory(
                        temporary, PREFIX + ProcessHandle.current().pid() + "-");
            }
            return Files.createDirectory(root.resolve(String.valueOf(count++)));
        } catch (IOException e) {
            throw DiskErrors.cannotWrite(temporary, e);
        }
    }

    private static void deleteAbandoned(Path temporary) throws IOException {
        List<Path> all;
        try (Stream<Path> contents = Files.list(temporary)) {
            all = contents.toList();
        }
        for (Path each : all) {
            Matcher name = NAME.matcher(each.getFileName().toString());
            if (name.matches()
                    && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
                try {
                    AtomicFiles.delete(each);
                } catch (AutophageException anotherUsers) {
                    // whose process will find it
                }
            }
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
