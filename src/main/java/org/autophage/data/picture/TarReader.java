package org.autophage.data.picture;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.autophage.base.AutophageException;
import org.autophage.base.Interruptible;

/**
 * The entries of a tar, or of a gzipped one, one after the other, as POSIX (pax) and GNU write them. Nothing that it says is
 * believed before it is checked, and nothing of it is kept but one entry's name: sizes that the file cannot hold, headers
 * without end, names that no disk has, and archives that unpack to a hundred times their size, or whose headers alone unpack
 * to much more than theirs, are refused.
 */
final class TarReader implements AutoCloseable {
    private static final int BLOCK = 512;
    private static final int CHECKSUM_AT = 148;
    private static final int CHECKSUM_BYTES = 8;
    private static final int PREFIX_AT = 345;

    /** Longest list of attributes of an entry. */
    private static final int LONGEST_HEADER = 1 << 20;

    /** Characters of a name: no path of Linux has more bytes. */
    private static final int LONGEST_NAME = 1 << 12;

    /** Headers that say something of the next entry; archives have one to three. */
    private static final int MOST_EXTENSIONS = 16;

    /** A byte of Deflate's stands for 1,032 at most. */
    private static final long MOST_PACKED = 1032;

    /** Pictures are packed already: what unpacks to more than this many times its size has none. */
    private static final long BOMB = 100;

    private static final long HARMLESS = 1L << 30;

    /** Headers unpack to three KiB at most where the smallest picture and its label have some hundred packed bytes. */
    private static final long HEADER_BOMB = 32;

    private static final long HARMLESS_HEADERS = 1L << 26;
    private static final int STEP = 1 << 24;

    private final Path file;
    private final long fileBytes;
    private final boolean packed;
    private final CountingStream in;
    private boolean begun;

    /** Bytes of headers and of what they say of the next entry, so far. */
    private long headers;

    /** Bytes of the entry that were not read yet, and those that fill its last block. */
    private long left;

    private String name = "";
    private long size;
    private char type;

    TarReader(Path file) throws IOException {
        this.file = file;
        this.fileBytes = Files.size(file);
        InputStream plain = Files.newInputStream(file);
        try {
            BufferedInputStream buffered = new BufferedInputStream(plain, 1 << 16);
            buffered.mark(8);
            byte[] magic = buffered.readNBytes(6);
            buffered.reset();
            this.packed = magic.length > 1 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
            refuseOtherPacking(magic);
            this.in = new CountingStream(packed ? new GZIPInputStream(buffered, 1 << 16) : buffered);
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    private void refuseOtherPacking(byte[] magic) {
        String begins = new String(magic, StandardCharsets.ISO_8859_1);
        String by = begins.startsWith("BZh")
                ? "bzip2"
                : begins.startsWith("\u00fd7zXZ")
                        ? "xz"
                        : begins.startsWith("\u0028\u00b5\u002f\u00fd") ? "Zstandard" : "";
        if (!by.isEmpty()) {
            throw AutophageException.usage("%s is packed by %s: a .tar or .tar.gz can be read".formatted(file, by));
        }
    }

    /**
     * Goes to the next entry.
     *
     * @return false at the end
     * @throws AutophageException (usage) if the archive is truncated, corrupt, or none
     */
    boolean next() throws IOException {
        try {
            return read();
        } catch (EOFException e) {
            throw truncated("it ends within " + (name.isEmpty() ? "its first header" : name));
        } catch (ZipException e) {
            throw corrupt("it cannot be unpacked");
        }
    }

    private boolean read() throws IOException {
        Map<String, String> attributes = new HashMap<>();
        String longName = "";
        for (int extensions = 0; ; extensions++) {
            skip(left);
            left = 0;
            Interruptible.proceed();
            byte[] header = in.readNBytes(BLOCK);
            if (header.length == 0 && begun || header.length == BLOCK && isZero(header)) {
                return false;
            }
            if (header.length < BLOCK) {
                if (!begun) {
                    throw notOne();
                }
                throw new EOFException();
            }
            checkSum(header);
            begun = true;
            headers += BLOCK;
            checkRatio();
            if (extensions > MOST_EXTENSIONS) {
                throw corrupt("more than %d headers stand before one entry".formatted(MOST_EXTENSIONS));
            }
            type = (char) header[156];
            size = number(header, 124, 12);
            String own = headerName(header);
            switch (type) {
                case 'L' -> longName = text(extension(), 0);
                case 'K' -> extension();
                case 'x' -> attributes = attributes(extension());
                case 'g' -> extension();
                default -> {
                    name = attributes.getOrDefault("path", longName.isEmpty() ? own : longName);
                    size = attributes.containsKey("size") ? whole(attributes.get("size")) : size;
                    boolean sparse = attributes.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse"));
                    type = sparse ? 'S' : type == 0 ? '0' : type;
                    entry();
                    return true;
                }
            }
        }
    }

    private void entry() {
        if (name.length() > LONGEST_NAME) {
            throw corrupt("a name has %d characters, at most %d are read".formatted(name.length(), LONGEST_NAME));
        }
        boolean hasBytes = isFile() || type == 'S' || "123456".indexOf(type) < 0;
        size = hasBytes ? size : 0;
        long there = packed ? MOST_PACKED * fileBytes : fileBytes - in.count();
        if (size > there) {
            throw packed
                    ? corrupt("%s says it has %d bytes, which %d packed ones cannot hold"
                            .formatted(name, size, fileBytes))
                    : truncated("%s says it has %d bytes, and %d are left".formatted(name, size, there));
        }
        left = padded(size);
    }

    /** The path of the entry as it stands there; nothing is ever written to it. */
    String name() {
        return name;
    }

    /** Bytes of the entry. */
    long size() {
        return size;
    }

    /** Whether it is an ordinary file, and no folder, link, device or sparse file. */
    boolean isFile() {
        return type == '0' || type == '7';
    }

    /** Whether it is a link, or a file that is written in another way than an ordinary one. */
    boolean isOddFile() {
        return type == '1' || type == '2' || type == 'S';
    }

    /** The entry's bytes, at most so many. */
    byte[] bytes(int most) throws IOException {
        int count = (int) Math.min(size, most);
        try {
            byte[] bytes = in.readNBytes(count);
            left -= bytes.length;
            if (bytes.length < count) {
                throw truncated("it ends within " + name);
            }
            checkRatio();
            return bytes;
        } catch (EOFException e) {
            throw truncated("it ends within " + name);
        } catch (ZipException e) {
            throw corrupt("it cannot be unpacked");
        }
    }

    private static String headerName(byte[] header) {
        boolean posix = text(Arrays.copyOfRange(header, 257, 263), 0).startsWith("ustar") && header[262] == 0;
        String prefix = posix ? text(Arrays.copyOfRange(header, PREFIX_AT, PREFIX_AT + 155), 0) : "";
        String last = text(Arrays.copyOfRange(header, 0, 100), 0);
        return prefix.isEmpty() ? last : prefix + "/" + last;
    }

    /** What an entry says of the next one. */
    private byte[] extension() throws IOException {
        if (size > LONGEST_HEADER) {
            throw corrupt("a header has %d bytes, at most %d are read".formatted(size, LONGEST_HEADER));
        }
        byte[] bytes = in.readNBytes((int) padded(size));
        if (bytes.length < size) {
            throw new EOFException();
        }
        headers += bytes.length;
        checkRatio();
        return Arrays.copyOf(bytes, (int) size);
    }

    /** Lines of a length, which counts itself, a space, a key, an equals sign and a value. */
    private Map<String, String> attributes(byte[] bytes) {
        Map<String, String> found = new HashMap<>();
        for (int at = 0; at < bytes.length && bytes[at] != 0; ) {
            int space = at;
            while (space < bytes.length && bytes[space] != ' ') {
                space++;
            }
            long length = whole(new String(bytes, at, space - at, StandardCharsets.UTF_8));
            if (length <= space - at + 1 || length > bytes.length - at) {
                throw corrupt("an extended header has a line of %d bytes".formatted(length));
            }
            String line = new String(bytes, space + 1, (int) length - (space - at) - 2, StandardCharsets.UTF_8);
            int equals = line.indexOf('=');
            if (equals > 0) {
                found.put(line.substring(0, equals), line.substring(equals + 1));
            }
            at += (int) length;
        }
        return found;
    }

    private long whole(String digits) {
        if (!digits.matches("[0-9]{1,18}")) {
            throw corrupt("a header has the number '%s'".formatted(digits.substring(0, Math.min(20, digits.length()))));
        }
        return Long.parseLong(digits);
    }

    /** A number in octal digits, or where the first bit is set in binary. */
    private long number(byte[] header, int at, int length) {
        if ((header[at] & 0x80) != 0) {
            long value = header[at] & 0x3f;
            boolean fits = (header[at] & 0x40) == 0;
            for (int i = 1; i < length && fits; i++) {
                fits = value < 1L << 54;
                value = value << 8 | header[at + i] & 0xff;
            }
            if (!fits) {
                throw corrupt("a header has a size that no file has");
            }
            return value;
        }
        String digits = text(Arrays.copyOfRange(header, at, at + length), 0).strip();
        if (!digits.matches("[0-7]*")) {
            throw corrupt("a header has a size that is no number");
        }
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }

    private void checkSum(byte[] header) {
        long told = -1;
        String digits = text(Arrays.copyOfRange(header, CHECKSUM_AT, CHECKSUM_AT + CHECKSUM_BYTES), 0)
                .strip();
        if (digits.matches("[0-7]{1,7}")) {
            told = Long.parseLong(digits, 8);
        }
        long unsigned = 0;
        long signed = 0;
        for (int i = 0; i < BLOCK; i++) {
            byte value = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM_BYTES ? (byte) ' ' : header[i];
            unsigned += value & 0xff;
            signed += value;
        }
        if (told != unsigned && told != signed) {
            throw begun ? corrupt("the header behind " + name + " has the wrong checksum") : notOne();
        }
    }

    private static boolean isZero(byte[] block) {
        for (byte value : block) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    /** Text up to the first zero: UTF-8, or where it is not, Latin-1. */
    private static String text(byte[] bytes, int from) {
        int end = from;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        String text = new String(bytes, from, end - from, StandardCharsets.UTF_8);
        return text.indexOf('\ufffd') < 0 ? text : new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
    }

    private static long padded(long bytes) {
        return (bytes + BLOCK - 1) / BLOCK * BLOCK;
    }

    private void skip(long bytes) throws IOException {
        for (long rest = bytes; rest > 0; ) {
            Interruptible.proceed();
            long skipped = in.skip(Math.min(rest, STEP));
            if (skipped <= 0) {
                if (in.read() < 0) {
                    throw new EOFException();
                }
                skipped = 1;
            }
            rest -= skipped;
            checkRatio();
        }
        if (!packed && in.count() > fileBytes) {
            throw new EOFException();
        }
    }

    private void checkRatio() {
        if (packed && in.count() > HARMLESS && in.count() / BOMB > fileBytes) {
            throw bomb("%s unpacks to more than %d times its %d bytes", BOMB);
        }
        if (packed && headers > HARMLESS_HEADERS && headers / HEADER_BOMB > fileBytes) {
            throw bomb("%s has headers that unpack to more than %d times its %d bytes", HEADER_BOMB);
        }
    }

    private AutophageException bomb(String what, long ratio) {
        return AutophageException.usage(
                what.formatted(file, ratio, fileBytes) + ": pictures do not, and it is not read on");
    }

    private AutophageException truncated(String reason) {
        return AutophageException.usage("%s is truncated: %s".formatted(file, reason));
    }

    private AutophageException corrupt(String reason) {
        return AutophageException.usage("%s is corrupt: %s".formatted(file, reason));
    }

    private AutophageException notOne() {
        return AutophageException.usage("%s is no tar: it does not begin like one".formatted(file));
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException readOnly) {
            // nothing of it is needed any more
        }
    }
}
