package org.autophage.data.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.autophage.base.DiskErrors;
import org.autophage.data.FolderFiles;

/**
 * Notices in a moment that files have changed: a 64-bit sum over their names, sizes and times of last modification. It
 * notices every file that was added, removed, renamed or written to; not one whose bytes were changed while its size and
 * time were put back. No cryptographic hash: it guards against accidents, and a process that has just started computes it
 * for 70,000 files.
 */
public final class SourceFingerprint {
    private long files;
    private long sum;

    private SourceFingerprint() {}

    /**
     * Of one file, or of all files below a folder but hidden ones.
     *
     * @throws org.autophage.base.AutophageException (usage) if it cannot be read
     */
    public static String of(Path root) {
        try {
            return Files.isDirectory(root) ? ofFolder(root) : ofFiles(List.of(root));
        } catch (IOException e) {
            throw DiskErrors.cannotRead(root, e);
        }
    }

    /** Of some files, which exist. */
    public static String ofFiles(List<Path> files) throws IOException {
        SourceFingerprint fingerprint = new SourceFingerprint();
        for (Path file : files) {
            fingerprint.add(String.valueOf(file.getFileName()), Files.readAttributes(file, BasicFileAttributes.class));
        }
        return fingerprint.text();
    }

    private static String ofFolder(Path root) throws IOException {
        SourceFingerprint fingerprint = new SourceFingerprint();
        // The walk hands out the attributes that it reads anyway: one look a file.
        FolderFiles.visit(root, (name, attributes) -> {
            if (!name.startsWith(".") && !name.contains("/.")) {
                fingerprint.add(name, attributes);
            }
        });
        return fingerprint.text();
    }

    /** A sum does not depend on the order, in which folders are listed differently on different machines. */
    private void add(String name, BasicFileAttributes attributes) {
        long time = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        files++;
        sum += stirred(stirred(stirred(name.hashCode()) + attributes.size()) + time);
    }

    /** The finalizer of MurmurHash3: every bit of the input changes half of the output's. */
    private static long stirred(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

    private String text() {
        return "%d files %016x".formatted(files, sum);
    }
}
