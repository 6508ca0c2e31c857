package org.autophage.data.npy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The values of an array where they lie in an .npz file, mapped into memory. Java's zip reader does not tell where an
 * entry begins, but the first one begins with the file; that is where {@link Npz#write} puts a map's first array.
 */
public final class NpzMapping {
    private static final int SIGNATURE = 0x04034b50;
    private static final int STORED = 0;

    /** Bytes of a local file header (APPNOTE 4.3.7) before the name, and where its fields are. */
    private static final int HEADER = 30;

    private static final int METHOD_AT = 8;
    private static final int SIZE_AT = 22;
    private static final int NAME_LENGTH_AT = 26;
    private static final int EXTRA_LENGTH_AT = 28;

    /** Stands for a size that is in the extra field (APPNOTE 4.5.3). */
    private static final long IN_EXTRA = 0xffffffffL;

    private static final int ZIP64 = 1;
    private static final int ZIP64_BYTES = 12;

    /** Bytes of an .npy file of version 1 before its header text, whose length are the last two of them. */
    private static final int NPY_START = 10;

    private NpzMapping() {}

    /**
     * Maps an array, of whose file everything has been checked before.
     *
     * @return the values, or nothing if they cannot be mapped: not the first array, compressed, of another version than
     *     the one that is written here, in Fortran's order, or in a file system without mapping
     */
    public static Optional<ByteBuffer> of(Path file, String name) {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer header = read(channel, 0, HEADER);
            byte[] wanted = (name + ".npy").getBytes(StandardCharsets.UTF_8);
            int nameLength = header.getShort(NAME_LENGTH_AT) & 0xffff;
            long size = header.getInt(SIZE_AT) & 0xffffffffL;
            if (header.getInt(0) != SIGNATURE
                    || header.getShort(METHOD_AT) != STORED
                    || !Arrays.equals(read(channel, HEADER, nameLength).array(), wanted)) {
                return Optional.empty();
            }
            int extraLength = header.getShort(EXTRA_LENGTH_AT) & 0xffff;
            if (size == IN_EXTRA) {
                // NumPy always leaves room for large sizes: two fields of two bytes, the size, and again where it is
                // stored.
                ByteBuffer extra = read(channel, HEADER + nameLength, extraLength);
                size = extraLength >= ZIP64_BYTES && extra.getShort(0) == ZIP64 ? extra.getLong(4) : -1;
            }
            long npyAt = HEADER + nameLength + extraLength;
            ByteBuffer npy = read(channel, npyAt, NPY_START);
            int textLength = npy.getShort(NPY_START - 2) & 0xffff;
            String text =
                    new String(read(channel, npyAt + NPY_START, textLength).array(), StandardCharsets.UTF_8);
            long valuesAt = npyAt + NPY_START + textLength;
            long bytes = npyAt + size - valuesAt;
            if (npy.get(Npy.MAGIC.length) != 1 || text.contains("True") || bytes <= 0 || bytes > Integer.MAX_VALUE) {
                return Optional.empty();
            }
            return Optional.of(channel.map(FileChannel.MapMode.READ_ONLY, valuesAt, bytes));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /** So many bytes from a position; what lies beyond the end is zero. */
    private static ByteBuffer read(FileChannel channel, long position, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) >= 0) {
            // goes on where it stopped
        }
        return bytes.rewind();
    }
}
