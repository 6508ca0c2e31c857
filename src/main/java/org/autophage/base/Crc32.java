package org.autophage.base;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** The CRC-32, as of zlib, in eight hexadecimal digits: what a disk or a hand changed by mistake is noticed by it. */
public final class Crc32 {
    private Crc32() {}

    /** Of a text as UTF-8. */
    public static String of(String text) {
        return of(Stream.of(StandardCharsets.UTF_8.encode(text)));
    }

    /** Of all bytes that remain in the parts, one after the other; reads them. */
    public static String of(Stream<ByteBuffer> parts) {
        CRC32 crc = new CRC32();
        parts.forEachOrdered(crc::update);
        return HexFormat.of().toHexDigits(crc.getValue(), 8);
    }
}
