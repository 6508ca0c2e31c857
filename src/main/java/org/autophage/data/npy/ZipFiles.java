package org.autophage.data.npy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.autophage.base.AutophageException;

/**
 * Opens zips whatever their names are written in, and says why one cannot be read. Java's own reader does the reading,
 * which any number of threads may ask at once; it takes a zip whole or not at all, and in words that help nobody, so that
 * another one looks at what it refuses.
 */
public final class ZipFiles {
    /** Of the format's own compression methods (APPNOTE 4.4.5); those that Java reads are missing. */
    private static final Map<Integer, String> METHODS = Map.ofEntries(
            Map.entry(1, "Shrink"),
            Map.entry(2, "Reduce"),
            Map.entry(3, "Reduce"),
            Map.entry(4, "Reduce"),
            Map.entry(5, "Reduce"),
            Map.entry(6, "Implode"),
            Map.entry(9, "Deflate64"),
            Map.entry(10, "PKWARE Implode"),
            Map.entry(12, "BZIP2"),
            Map.entry(14, "LZMA"),
            Map.entry(20, "Zstandard"),
            Map.entry(93, "Zstandard"),
            Map.entry(94, "MP3"),
            Map.entry(95, "XZ"),
            Map.entry(96, "JPEG"),
            Map.entry(97, "WavPack"),
            Map.entry(98, "PPMd"));

    /** What stands for encryption in the place of a method. */
    private static final int AES = 99;

    /** A byte of Deflate's stands for 1,032 at most. */
    private static final long MOST_PACKED = 1032;

    /** Letters of Latin-1 begin here; of CP437, what is not used in words. */
    private static final int LETTERS = 0xc0;

    private ZipFiles() {}

    /**
     * Opens a zip. Names are UTF-8 where the zip says so or they can be, and otherwise Latin-1 or CP437, whichever they
     * look like.
     *
     * @param kind of file that it has to be, for messages: "zip"
     * @throws AutophageException (usage) if it is truncated, no zip, encrypted, or packed by a method that is not read
     */
    public static ZipFile open(Path file, String kind) throws IOException {
        try {
            return new ZipFile(file.toFile());
        } catch (ZipException e) {
            String refusal = refusal(file).orElse("%s is truncated or no %s: %s".formatted(file, kind, e.getMessage()));
            Optional<Charset> charset = charset(file);
            if (charset.isEmpty()) {
                throw AutophageException.usage(refusal);
            }
            try {
                return new ZipFile(file.toFile(), charset.get());
            } catch (ZipException again) {
                throw AutophageException.usage(refusal);
            }
        }
    }

    /**
     * Looks whether what a zip says of an entry's size can be true, before so much memory is asked for.
     *
     * @param where names the entry in messages
     * @throws AutophageException (usage) if it cannot
     */
    static void checkSize(ZipEntry entry, Path file, String where) {
        long packed = entry.getCompressedSize();
        boolean stored = entry.getMethod() == ZipEntry.STORED;
        if (packed > file.toFile().length() || entry.getSize() > (stored ? packed : MOST_PACKED * (packed + 1))) {
            throw AutophageException.usage("%s is corrupt: its zip says that %d bytes of a file of %d hold %d"
                    .formatted(where, packed, file.toFile().length(), entry.getSize()));
        }
    }

    /** Why a zip cannot be read that is one, naming an entry. */
    private static Optional<String> refusal(Path file) throws IOException {
        for (ZipArchiveEntry entry : entries(file)) {
            if (entry.getGeneralPurposeBit().usesEncryption() || entry.getMethod() == AES) {
                return Optional.of("%s is encrypted, such as its entry %s: zips without a password can be read"
                        .formatted(file, entry.getName()));
            }
            if (entry.getMethod() != ZipEntry.STORED && entry.getMethod() != ZipEntry.DEFLATED) {
                String method = METHODS.getOrDefault(entry.getMethod(), "method " + entry.getMethod());
                return Optional.of(
                        "%s is packed by %s, such as its entry %s: zips that are stored or deflated can be read"
                                .formatted(file, method, entry.getName()));
            }
        }
        return Optional.empty();
    }

    /** What names are in that are not UTF-8, if there are any. */
    private static Optional<Charset> charset(Path file) throws IOException {
        boolean latin = true;
        boolean foreign = false;
        for (ZipArchiveEntry entry : entries(file)) {
            byte[] name = entry.getRawName();
            if (!entry.getGeneralPurposeBit().usesUTF8ForNames() && !isUtf8(name)) {
                foreign = true;
                for (byte letter : name) {
                    latin &= letter >= 0 || Byte.toUnsignedInt(letter) >= LETTERS;
                }
            }
        }
        if (!foreign) {
            return Optional.empty();
        }
        boolean known = !latin && Charset.isSupported("IBM437");
        return Optional.of(known ? Charset.forName("IBM437") : StandardCharsets.ISO_8859_1);
    }

    private static boolean isUtf8(byte[] name) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** The entries as the central directory has them; none if it is damaged. */
    private static Iterable<ZipArchiveEntry> entries(Path file) {
        try (org.apache.commons.compress.archivers.zip.ZipFile zip =
                org.apache.commons.compress.archivers.zip.ZipFile.builder()
                        .setPath(file)
                        .setIgnoreLocalFileHeader(true)
                        .get()) {
            return Collections.list(zip.getEntries());
        } catch (IOException | RuntimeException e) {
            return Collections.emptyList(); // Java's reader has said what is wrong
        }
    }
}
