package org.autophage.spec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.base.PlainFiles;

/** The text of a spec file: UTF-8, or whatever Unicode encoding its byte order mark names. */
final class SpecText {
    /** More than any spec; a file of another kind by mistake is refused before it is parsed. */
    static final int MOST_BYTES = 1 << 20;

    /** Longer marks first: UTF-32's begins as UTF-16's does. */
    private static final Map<String, Charset> BYTE_ORDER_MARKS = new LinkedHashMap<>();

    static {
        BYTE_ORDER_MARKS.put("\u00FF\u00FE\u0000\u0000", Charset.forName("UTF-32LE"));
        BYTE_ORDER_MARKS.put("\u0000\u0000\u00FE\u00FF", Charset.forName("UTF-32BE"));
        BYTE_ORDER_MARKS.put("\u00FF\u00FE", StandardCharsets.UTF_16LE);
        BYTE_ORDER_MARKS.put("\u00FE\u00FF", StandardCharsets.UTF_16BE);
        BYTE_ORDER_MARKS.put("\u00EF\u00BB\u00BF", StandardCharsets.UTF_8);
    }

    private SpecText() {}

    /**
     * Reads a file.
     *
     * @throws AutophageException with USAGE, naming the file and, where there is one, the line, if it is missing, too large
     *     or no text
     */
    static String read(Path file) {
        byte[] bytes = bytes(file);
        String latin = new String(bytes, StandardCharsets.ISO_8859_1); // a character a byte
        for (Map.Entry<String, Charset> mark : BYTE_ORDER_MARKS.entrySet()) {
            if (latin.startsWith(mark.getKey())) {
                int length = mark.getKey().length();
                return decode(file, ByteBuffer.wrap(bytes, length, bytes.length - length), mark.getValue());
            }
        }
        return decode(file, ByteBuffer.wrap(bytes), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Path file) {
        if (Files.isDirectory(file)) {
            throw AutophageException.usage(file + ": is a folder, not a spec");
        }
        byte[] bytes;
        try (InputStream in = opened(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw AutophageException.usage(file + ": no such file");
        } catch (IOException e) {
            throw DiskErrors.cannotRead(file, e);
        }
        if (bytes.length > MOST_BYTES) {
            throw AutophageException.usage(
                    file + ": has more than " + (MOST_BYTES >> 20) + " MiB: no spec is that large");
        }
        return bytes;
    }

    /** Pipes are read where a shell made them, as in {@code run <(…)}; anywhere else one would be waited for. */
    private static InputStream opened(Path file) throws IOException {
        Path place = file.toAbsolutePath();
        if (!place.startsWith("/dev") && !place.startsWith("/proc")) {
            PlainFiles.attributes(file);
        }
        return Files.newInputStream(file);
    }

    private static String decode(Path file, ByteBuffer bytes, Charset charset) {
        int from = bytes.position();
        try {
            String text = charset.newDecoder().decode(bytes).toString();
            int nul = text.indexOf('\0');
            if (nul >= 0) {
                throw AutophageException.usage("%s, line %d: has a byte 0: must be text in UTF-8"
                        .formatted(file, line(text.substring(0, nul))));
            }
            return text;
        } catch (CharacterCodingException e) {
            // the decoder stops where it cannot go on
            String before = new String(bytes.array(), from, bytes.position() - from, charset);
            throw AutophageException.usage(
                    "%s, line %d: is no text in %s: save the file as UTF-8".formatted(file, line(before), charset));
        }
    }

    /** Of the first character after this text, counted from 1. */
    private static long line(String before) {
        return 1 + before.chars().filter(c -> c == '\n').count();
    }
}
