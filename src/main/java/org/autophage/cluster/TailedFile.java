package org.autophage.cluster;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A file that another process appends lines to, read as it grows. */
final class TailedFile {
    /** Of what came since the last look at most so much is read; before that something is left out. */
    private static final int MOST_BYTES = 64 << 10;

    private final Path file;
    private long position;

    /** @param fromEnd whether to leave out what is there already */
    TailedFile(Path file, boolean fromEnd) {
        this.file = file;
        this.position = fromEnd ? size(file) : 0;
    }

    /** Whole lines that have come since the last look. */
    List<String> newLines() {
        long size = size(file);
        if (size <= position) {
            return List.of();
        }
        long from = Math.max(position, size - MOST_BYTES);
        byte[] bytes = read(from, size);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        if (end == 0) {
            return List.of();
        }
        position = from + end;
        return new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
    }

    /** The last line that is not blank. */
    static Optional<String> lastLine(Path file) {
        TailedFile tail = new TailedFile(file, false);
        long size = size(file);
        return new String(tail.read(Math.max(0, size - MOST_BYTES), size), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce((earlier, later) -> later);
    }

    private byte[] read(long from, long to) {
        byte[] bytes = new byte[(int) (to - from)];
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            open.seek(from);
            open.readFully(bytes);
            return bytes;
        } catch (IOException e) { // not there yet, or cut meanwhile: the next look finds it
            return new byte[0];
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
