package org.autophage.data.picture;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/** Checks the checksums of a PNG file's chunks and that it has its end; Java's own reader leaves that out. */
final class PngChecksums {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private PngChecksums() {}

    static boolean isPng(byte[] bytes) {
        return bytes.length > SIGNATURE.length
                && Arrays.equals(bytes, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
    }

    static void check(byte[] png) throws BadPictureException {
        ByteBuffer chunks = ByteBuffer.wrap(png).position(SIGNATURE.length);
        try {
            while (true) {
                int length = chunks.getInt();
                int start = chunks.position();
                if (length < 0 || length > chunks.remaining() - 8) {
                    throw new BadPictureException("it is truncated");
                }
                String type = new String(png, start, 4, StandardCharsets.ISO_8859_1);
                CRC32 checksum = new CRC32();
                checksum.update(png, start, 4 + length);
                chunks.position(start + 4 + length);
                if (chunks.getInt() != (int) checksum.getValue()) {
                    throw new BadPictureException(
                            "it is corrupt: the checksum of its chunk %s is wrong".formatted(type));
                }
                if (type.equals("IEND")) {
                    return;
                }
            }
        } catch (BufferUnderflowException e) {
            throw new BadPictureException("it is truncated");
        }
    }
}
