package org.autophage.model;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.autophage.base.AutophageException;
import org.autophage.base.PlainFiles;

/**
 * What was drawn so far, as a file: eight bytes of a mark, eight of its CRC-32 (big-endian), and the bytes themselves, whole chunks:
 * of NHWC images the pixels, of sequences what {@link SequenceSampling} says.
 */
final class SamplingCheckpoint {
    private static final long MARK = 0x4155_544f_5058_3031L; // "AUTOPX01"
    private static final int HEADER = 2 * Long.BYTES;

    private SamplingCheckpoint() {}

    /** Writes the beginning of an array that may be too large to copy. */
    static void write(byte[] pixels, int length, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(ByteBuffer.allocate(HEADER)
                    .putLong(MARK)
                    .putLong(crc(pixels, 0, length))
                    .array());
            out.write(pixels, 0, length);
        }
    }

    /**
     * Reads the file into the beginning of an array, as much as fits.
     *
     * @return the number of bytes
     * @throws AutophageException with USAGE, naming the file, if they are not those that were written
     */
    static int read(byte[] pixels, Path file) {
        byte[] content = read(file);
        int length = Math.min(content.length, pixels.length);
        System.arraycopy(content, 0, pixels, 0, length);
        return length;
    }

    /**
     * Reads all bytes of the file.
     *
     * @throws AutophageException with USAGE, naming the file, if they are not those that were written
     */
    static byte[] read(Path file) {
        byte[] content;
        try {
            PlainFiles.regular(file);
            content = Files.readAllBytes(file);
        } catch (IOException e) {
            throw AutophageException.failed("the checkpoint of the sampling cannot be read: " + e.getMessage());
        }
        ByteBuffer header = ByteBuffer.wrap(content);
        if (content.length < HEADER
                || header.getLong() != MARK
                || header.getLong() != crc(content, HEADER, content.length - HEADER)) {
            throw AutophageException.usage(
                    file + " is corrupt, or of a version before 0.2: delete it, and these samples are drawn again");
        }
        return Arrays.copyOfRange(content, HEADER, content.length);
    }

    private static long crc(byte[] bytes, int from, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, length);
        return crc.getValue();
    }
}
