package org.autophage.data;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bytes as text: what is UTF-8 as its characters, and any byte that is none by itself as {@code <0xE2>}. */
public final class ByteText {
    /** A byte that is UTF-8 nowhere, as it is written. */
    static final String NEVER_TEXT = "<0xFF>";

    private static final Pattern WRITTEN = Pattern.compile("<0x([0-9A-F]{2})>");
    private static final int HEXADECIMAL = 16;

    private ByteText() {}

    /** Bytes written as text. */
    public static String of(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length * NEVER_TEXT.length());
        CoderResult result = decoder.decode(in, out, true);
        while (result.isError()) {
            for (int i = 0; i < result.length(); i++) {
                out.put("<0x%02X>".formatted(in.get()));
            }
            result = decoder.decode(in, out, true);
        }
        return out.flip().toString();
    }

    /** The bytes of a piece of text in which some are written. */
    static byte[] bytes(String piece) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Matcher written = WRITTEN.matcher(piece);
        int from = 0;
        while (written.find()) {
            bytes.writeBytes(piece.substring(from, written.start()).getBytes(StandardCharsets.UTF_8));
            bytes.write(Integer.parseInt(written.group(1), HEXADECIMAL));
            from = written.end();
        }
        bytes.writeBytes(piece.substring(from).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }
}
