package org.autophage.data;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.autophage.base.DiskErrors;
import org.autophage.base.Sha256;

/**
 * Notices in a moment that files have changed: a hash over their names, sizes and times of last modification. It notices
 * every file that was added, removed, renamed or written to; not one whose bytes were changed while its size and time
 * were put back.
 */
final class SourceFingerprint {
    private SourceFingerprint() {}

    /**
     * Of one file, or of all files below a folder but hidden ones.
     *
     * @throws org.autophage.base.AutophageException (usage) if it cannot be read
     */
    static String of(Path root) {
        try {
            return Files.isDirectory(root) ? ofFolder(root) : ofFiles(List.of(root));
        } catch (IOException e) {
            throw DiskErrors.cannotRead(root, e);
        }
    }

    /** Of some files, which exist. */
    static String ofFiles(List<Path> files) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : files) {
            lines.add(line(String.valueOf(file.getFileName()), Files.readAttributes(file, BasicFileAttributes.class)));
        }
        return Sha256.of(String.join("\n", lines));
    }

    private static String ofFolder(Path root) throws IOException {
        List<String> lines = new ArrayList<>();
        int start = root.toString().length() + 1;
        // The walk hands out the attributes that it reads anyway: one look a file.
        Files.walkFileTree(
                root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        String name = file.toString().substring(start).replace(File.separatorChar, '/');
                        if (!name.startsWith(".") && !name.contains("/.")) {
                            lines.add(line(name, attributes));
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        Collections.sort(lines);
        return Sha256.of(String.join("\n", lines));
    }

    private static String line(String name, BasicFileAttributes attributes) {
        return name
                + '\t'
                + attributes.size()
                + '\t'
                + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    }
}
