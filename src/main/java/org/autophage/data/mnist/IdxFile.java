package org.autophage.data.mnist;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Sha256;

/**
 * The contents of an IDX file of unsigned bytes, the format of MNIST: two zero bytes, the type (8), the number of
 * dimensions, each dimension as a big-endian 32-bit number, and the values in C order.
 *
 * @param dimensions such as {60000, 28, 28}
 * @param unpacked the whole file, header included, after gunzip
 */
@SuppressWarnings("ArrayRecordComponent") // a view of one file on its way into Images, never compared
record IdxFile(int[] dimensions, byte[] unpacked) {
    private static final int UNSIGNED_BYTE = 8;
    private static final int GZIP_MAGIC = 0x1f8b;

    /**
     * Reads a file, gzipped or not (which its first bytes tell, not its name).
     *
     * @throws AutophageException (usage) when it is unreadable, truncated, or not IDX with this many dimensions
     */
    static IdxFile read(Path file, int rank) {
        byte[] bytes = gunzip(file, readAll(file));
        int header = 4 * (1 + rank);
        if (bytes.length < header) {
            throw AutophageException.usage(
                    "%s is truncated: %d bytes, its header alone has %d".formatted(file, bytes.length, header));
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int magic = buffer.getInt();
        int expected = UNSIGNED_BYTE << 8 | rank;
        if (magic != expected) {
            throw AutophageException.usage("%s is no IDX file of %d dimensions: it begins with 0x%08x, must be 0x%08x"
                    .formatted(file, rank, magic, expected));
        }
        int[] dimensions = new int[rank];
        long values = 1;
        for (int i = 0; i < rank; i++) {
            dimensions[i] = buffer.getInt();
            values *= Math.max(dimensions[i], 0);
        }
        if (bytes.length != header + values) {
            throw AutophageException.usage("%s is %s: it announces %s, which takes %d bytes, and has %d"
                    .formatted(
                            file,
                            bytes.length < header + values ? "truncated" : "corrupt",
                            Arrays.toString(dimensions),
                            header + values,
                            bytes.length));
        }
        return new IdxFile(dimensions, bytes);
    }

    /** SHA-256 of the unpacked file. */
    String sha256() {
        return Sha256.of(unpacked);
    }

    /** The values in C order. */
    byte[] values() {
        return Arrays.copyOfRange(unpacked, 4 * (1 + dimensions.length), unpacked.length);
    }

    private static byte[] readAll(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new AutophageException(ExitCode.USAGE, file + " cannot be read: " + e, e);
        }
    }

    private static byte[] gunzip(Path file, byte[] bytes) {
        if (bytes.length < 2 || (Byte.toUnsignedInt(bytes[0]) << 8 | Byte.toUnsignedInt(bytes[1])) != GZIP_MAGIC) {
            return bytes;
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes), 1 << 16)) {
            return in.readAllBytes();
        } catch (EOFException e) {
            throw new AutophageException(
                    ExitCode.USAGE,
                    "%s is truncated: its gzip stream ends after %d bytes, before its end mark"
                            .formatted(file, bytes.length),
                    e);
        } catch (ZipException e) {
            throw new AutophageException(ExitCode.USAGE, file + " is corrupt: gzip says " + e.getMessage(), e);
        } catch (IOException e) {
            throw new AutophageException(ExitCode.USAGE, file + " cannot be unpacked: " + e, e);
        }
    }
}
