package org.autophage.report.watch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.autophage.run.GenerationRecord;
import org.autophage.run.RecordLines;
import org.autophage.run.SeedFolder;

/**
 * Reads the records of a seed as they come: every line once. A file that does not go on from what was read, because the
 * run was begun anew, is read from the start.
 */
final class RecordTail {
    private final SeedFolder seed;
    private final WatchedFolder watched;
    private final Path file;
    private FileState state = FileState.MISSING;
    /** Where the last line that was read begins, and that line. */
    private long lastLineStart;

    private byte[] lastLine = {};

    /** How many lines were read. */
    private int records;

    /** Whether the last reading came to its end; after one that did not, everything is read again. */
    private boolean whole = true;

    RecordTail(SeedFolder seed, WatchedFolder watched) {
        this.seed = seed;
        this.watched = watched;
        this.file = seed.generations();
    }

    /** How the file was when it was read last. */
    FileState state() {
        return state;
    }

    /**
     * Reads what is new.
     *
     * @param restart is run first where all lines come again
     * @param each gets the new records in order
     * @return whether there was any change
     * @throws org.autophage.base.AutophageException with USAGE where a line is not the record that belongs there
     */
    boolean read(Runnable restart, Consumer<GenerationRecord> each) throws IOException {
        watched.requireInside(file);
        FileState now = FileState.of(file);
        if (now.equals(state) && whole) {
            return false;
        }
        boolean goesOn = whole;
        whole = false;
        read(now, goesOn, restart, each);
        state = now;
        whole = true;
        return true;
    }

    private void read(FileState now, boolean goesOn, Runnable restart, Consumer<GenerationRecord> each)
            throws IOException {
        byte[] bytes = now.exists() ? bytesFrom(lastLineStart) : new byte[0];
        if (!goesOn || !startsWith(bytes, lastLine)) {
            lastLineStart = 0;
            lastLine = new byte[0];
            records = 0;
            restart.run();
            bytes = now.exists() ? bytesFrom(0) : bytes;
        }
        for (byte[] line : linesAfter(bytes, lastLine.length)) {
            lastLineStart += lastLine.length;
            lastLine = line;
            records++;
            each.accept(RecordLines.record(
                            new String(line, StandardCharsets.UTF_8).strip(),
                            file + ", line " + records,
                            seed.seed(),
                            records)
                    .printable());
        }
    }

    private byte[] bytesFrom(long position) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.max(0, channel.size() - position));
            channel.position(position);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // until all is there
            }
            return Arrays.copyOf(buffer.array(), buffer.position());
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] beginning) {
        return bytes.length >= beginning.length
                && Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length);
    }

    /** The complete lines, each with its end; a line that is still being written by hand waits. */
    private static List<byte[]> linesAfter(byte[] bytes, int from) {
        List<byte[]> lines = new ArrayList<>();
        int start = from;
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                byte[] line = Arrays.copyOfRange(bytes, start, i + 1);
                if (!new String(line, StandardCharsets.UTF_8).isBlank()) {
                    lines.add(line);
                }
                start = i + 1;
            }
        }
        return lines;
    }
}
