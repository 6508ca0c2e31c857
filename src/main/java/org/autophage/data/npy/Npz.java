package org.autophage.data.npy;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.autophage.base.AtomicFiles;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;

/**
 * The .npz format of NumPy: a zip of .npy files. Written uncompressed and with a fixed time, as {@code numpy.savez}
 * does, so that equal arrays give equal bytes on every machine; read compressed or not.
 */
public final class Npz {
    private static final String SUFFIX = ".npy";
    private static final LocalDateTime FIXED_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private Npz() {}

    /** Writes arrays by name, in the map's order; the file is replaced whole or not at all. */
    public static void write(Path file, Map<String, ? extends NpyValues> arrays) {
        AtomicFiles.write(file, temporary -> {
            try (ZipOutputStream zip =
                    new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(temporary)))) {
                for (Map.Entry<String, ? extends NpyValues> array : arrays.entrySet()) {
                    NpyValues values = array.getValue();
                    byte[] header = Npy.header(values);
                    zip.putNextEntry(entry(array.getKey() + SUFFIX, header, values));
                    zip.write(header);
                    values.writeTo(zip);
                    zip.closeEntry();
                }
            }
        });
    }

    /** What is stored says beforehand how much there is, and its check sum, for which the values are gone through once more. */
    private static ZipEntry entry(String name, byte[] header, NpyValues values) throws IOException {
        CRC32 crc = new CRC32();
        try (OutputStream summed = new CheckedOutputStream(OutputStream.nullOutputStream(), crc)) {
            summed.write(header);
            values.writeTo(summed);
        }
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(
                header.length + NpyArray.count(values.shape()) * values.type().bytes());
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(FIXED_TIME);
        return entry;
    }

    /**
     * The names of all arrays, in the file's order.
     *
     * @throws AutophageException (usage) when the file is missing, truncated or corrupt
     */
    public static List<String> names(Path file) {
        return open(file, zip -> zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.endsWith(SUFFIX))
                .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                .toList());
    }

    /**
     * Reads every array, by name, in the file's order.
     *
     * @throws AutophageException (usage) when the file is missing, truncated or corrupt
     */
    public static Map<String, NpyArray> read(Path file) {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        for (String name : names(file)) {
            arrays.put(name, read(file, name));
        }
        return arrays;
    }

    /**
     * Reads one array, and nothing of the others.
     *
     * @throws AutophageException (usage) also when there is no array of this name
     */
    public static NpyArray read(Path file, String name) {
        return read(file, name, NpyReader::array);
    }

    /**
     * Reads what is wanted of one array, and nothing of the others.
     *
     * @param use takes what it wants of the array
     * @throws AutophageException (usage) also when there is no array of this name
     */
    public static <T> T read(Path file, String name, Npy.Use<T> use) {
        return open(file, zip -> {
            ZipEntry entry = zip.getEntry(name + SUFFIX);
            if (entry == null) {
                throw AutophageException.usage(
                        "%s has no array '%s': it has %s".formatted(file, name, String.join(", ", names(file))));
            }
            ZipFiles.checkSize(entry, file, file + ":" + name);
            try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
                T used = use.of(new NpyReader(in, entry.getSize(), file + ":" + name));
                checkCrc(entry, in, file);
                return used;
            }
        });
    }

    private interface ZipReader<T> {
        T read(ZipFile zip) throws IOException;
    }

    private static <T> T open(Path file, ZipReader<T> reader) {
        if (!Files.isRegularFile(file)) {
            throw AutophageException.usage(file + " is missing: must be an .npz file");
        }
        try (ZipFile zip = ZipFiles.open(file, ".npz file")) {
            return reader.read(zip);
        } catch (ZipException | EOFException e) {
            throw new AutophageException(ExitCode.USAGE, file + " is truncated or no .npz file: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new AutophageException(ExitCode.USAGE, file + " cannot be read: " + e, e);
        }
    }

    /** Java's zip reader leaves this to its callers. */
    private static void checkCrc(ZipEntry entry, CheckedInputStream in, Path file) throws IOException {
        in.skip(Long.MAX_VALUE);
        long crc = in.getChecksum().getValue();
        if (entry.getCrc() != crc) {
            throw AutophageException.usage("%s is corrupt: CRC-32 of %s is %08x, must be %08x"
                    .formatted(file, entry.getName(), crc, entry.getCrc()));
        }
    }
}
