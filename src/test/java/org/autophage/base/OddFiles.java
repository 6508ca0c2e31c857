package org.autophage.base;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What may stand where a file of a run belongs, without being one. */
public enum OddFiles {
    PIPE("a pipe") {
        @Override
        void make(Path file) throws IOException {
            try {
                new ProcessBuilder("mkfifo", file.toString()).start().waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    },
    TWO_GIGABYTES("2.0 GiB") {
        @Override
        void make(Path file) throws IOException {
            try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(1L << 31);
            }
        }
    },
    LINK_IN_A_CIRCLE("links") {
        @Override
        void make(Path file) throws IOException {
            Path other = file.resolveSibling(file.getFileName() + ".other");
            Files.createSymbolicLink(file, other);
            Files.createSymbolicLink(other, file);
        }
    },
    LINK_TO_NOTHING("leads nowhere") {
        @Override
        void make(Path file) throws IOException {
            Files.createSymbolicLink(file, file.resolveSibling("nothing"));
        }
    },
    FOLDER("a folder") {
        @Override
        void make(Path file) throws IOException {
            Files.createDirectory(file);
        }
    };

    /** In the message that refuses it. */
    public final String reason;

    OddFiles(String reason) {
        this.reason = reason;
    }

    abstract void make(Path file) throws IOException;

    /** Puts it in a file's place. */
    public void putInPlaceOf(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        make(file);
    }

    /** All of them. */
    public static List<OddFiles> all() {
        return List.of(values());
    }
}
