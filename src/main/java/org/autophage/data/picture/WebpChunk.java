package org.autophage.data.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a WebP file.
 *
 * @param type four letters
 * @param start of its content in the file
 * @param end behind its content, at most the file's
 * @param whole whether the file has all of it
 */
record WebpChunk(String type, int start, int end, boolean whole) {
    private static final int FIRST = 12;

    static List<WebpChunk> of(byte[] bytes) {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        List<WebpChunk> chunks = new ArrayList<>();
        for (long at = FIRST; at + 8 <= bytes.length; ) {
            long length = file.getInt((int) at + 4) & 0xffffffffL;
            long start = at + 8;
            chunks.add(new WebpChunk(
                    new String(bytes, (int) at, 4, StandardCharsets.ISO_8859_1),
                    (int) start,
                    (int) Math.min(bytes.length, start + length),
                    start + length <= bytes.length));
            at = start + length + length % 2;
        }
        return chunks;
    }
}
