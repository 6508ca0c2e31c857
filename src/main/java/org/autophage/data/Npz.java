package org.autophage.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
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
    public static void write(Path file, Map<String, NpyArray> arrays) {
        AtomicFiles.write(file, temporary -> {
            try (ZipOutputStream zip =
                    new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(temporary)))) {
                for (Map.Entry<String, NpyArray> array : arrays.entrySet()) {
                    byte[] bytes = Npy.write(array.getValue());
                    zip.putNextEntry(entry(array.getKey() + SUFFIX, bytes));
                    zip.write(bytes);
                    zip.closeEntry();
                }
            }
        });
    }

    private static ZipEntry entry(String name, byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(FIXED_TIME);
        return entry;
    }

    /**
     * Reads every array, by name, in the file's order.
     *
     * @throws AutophageException (usage) when the file is missing, truncated or corrupt
     */
    public static Map<String, NpyArray> read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw AutophageException.usage(file + " is missing: must be an .npz file");
        }
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                String name = entry.getName();
                if (name.endsWith(SUFFIX)) {
                    String array = name.substring(0, name.length() - SUFFIX.length());
                    byte[] bytes = zip.getInputStream(entry).readAllBytes();
                    checkCrc(entry, bytes, file);
                    arrays.put(array, Npy.read(bytes, file + ":" + array));
                }
            }
        } catch (ZipException e) {
            throw new AutophageException(ExitCode.USAGE, file + " is truncated or no .npz file: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new AutophageException(ExitCode.USAGE, file + " cannot be read: " + e, e);
        }
        return arrays;
    }

    /**
     * Reads one array.
     *
     * @throws AutophageException (usage) also when there is no array of this name
     */
    public static NpyArray read(Path file, String name) {
        Map<String, NpyArray> arrays = read(file);
        NpyArray array = arrays.get(name);
        if (array == null) {
            throw AutophageException.usage(
                    "%s has no array '%s': it has %s".formatted(file, name, String.join(", ", arrays.keySet())));
        }
        return array;
    }

    /** Java's zip reader leaves this to its callers. */
    private static void checkCrc(ZipEntry entry, byte[] bytes, Path file) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        if (entry.getCrc() != crc.getValue()) {
            throw AutophageException.usage("%s is corrupt: CRC-32 of %s is %08x, must be %08x"
                    .formatted(file, entry.getName(), crc.getValue(), entry.getCrc()));
        }
    }
}
