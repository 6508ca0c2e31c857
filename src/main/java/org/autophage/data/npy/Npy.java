package org.autophage.data.npy;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;

/**
 * The .npy format of NumPy (NEP 1): versions 1 to 3 are read, in C or Fortran order; version 1 in C order is written.
 */
public final class Npy {
    static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    /** NumPy pads the header so that the values begin at a multiple of this. */
    private static final int ALIGNMENT = 64;

    private Npy() {}

    /** The bytes of an .npy file. */
    public static byte[] write(NpyArray array) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(header(array));
        out.writeBytes(array.data());
        return out.toByteArray();
    }

    /** What an .npy file has before the values. */
    static byte[] header(NpyValues array) {
        String shape = Arrays.stream(array.shape()).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String header = "{'descr': '%s', 'fortran_order': False, 'shape': (%s%s), }"
                .formatted(array.type().descriptor(), shape, array.shape().length == 1 ? "," : "");
        int before = MAGIC.length + 4;
        int padding = ALIGNMENT - (before + header.length() + 1) % ALIGNMENT;
        String padded = header + " ".repeat(padding % ALIGNMENT) + "\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream(before + padded.length());
        out.writeBytes(MAGIC);
        out.write(1);
        out.write(0);
        out.write(padded.length() & 0xff);
        out.write(padded.length() >>> 8);
        out.writeBytes(padded.getBytes(StandardCharsets.ISO_8859_1));
        return out.toByteArray();
    }

    /**
     * Reads the bytes of an .npy file.
     *
     * @param what names the array in messages
     * @throws AutophageException (usage) when it is truncated, no .npy file or of a type that is not supported
     */
    public static NpyArray read(byte[] bytes, String what) {
        try {
            return new NpyReader(new ByteArrayInputStream(bytes), bytes.length, what).array();
        } catch (IOException e) {
            throw new UncheckedIOException("an array of bytes cannot fail to be read", e);
        }
    }

    /**
     * Reads an .npy file.
     *
     * @param use takes what it wants of the array
     * @throws AutophageException (usage) when the file is missing, truncated, no .npy file or of a type that is not
     *     supported
     */
    public static <T> T read(Path file, Use<T> use) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return use.of(new NpyReader(in, Files.size(file), file.toString()));
        } catch (IOException e) {
            throw DiskErrors.cannotRead(file, e);
        }
    }

    /** Takes what is wanted of an array that is being read. */
    public interface Use<T> {
        T of(NpyReader array) throws IOException;
    }
}
