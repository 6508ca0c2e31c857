package org.autophage.data;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.autophage.base.AutophageException;

/**
 * The .npy format of NumPy (NEP 1): versions 1 to 3 are read, in C or Fortran order; version 1 in C order is written.
 */
public final class Npy {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    /** NumPy pads the header so that the values begin at a multiple of this. */
    private static final int ALIGNMENT = 64;

    private static final Pattern DESCRIPTOR = Pattern.compile("'descr'\\s*:\\s*(?:'([^']*)'|\\[)");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\sL]*)\\)");

    private Npy() {}

    /** The bytes of an .npy file. */
    public static byte[] write(NpyArray array) {
        String shape = Arrays.stream(array.shape()).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String header = "{'descr': '%s', 'fortran_order': False, 'shape': (%s%s), }"
                .formatted(array.type().descriptor(), shape, array.shape().length == 1 ? "," : "");
        int before = MAGIC.length + 4;
        int padding = ALIGNMENT - (before + header.length() + 1) % ALIGNMENT;
        String padded = header + " ".repeat(padding % ALIGNMENT) + "\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream(before + padded.length() + array.data().length);
        out.writeBytes(MAGIC);
        out.write(1);
        out.write(0);
        out.write(padded.length() & 0xff);
        out.write(padded.length() >>> 8);
        out.writeBytes(padded.getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(array.data());
        return out.toByteArray();
    }

    /**
     * Reads the bytes of an .npy file.
     *
     * @param what names the array in messages
     * @throws AutophageException (usage) when it is truncated, no .npy file or of a type that is not supported
     */
    public static NpyArray read(byte[] bytes, String what) {
        if (bytes.length < MAGIC.length + 4 || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw AutophageException.usage(what + " is no .npy array: it does not begin with \\x93NUMPY");
        }
        int version = bytes[MAGIC.length];
        if (version < 1 || version > 3) {
            throw AutophageException.usage(
                    "%s is .npy of version %d: versions 1 to 3 can be read".formatted(what, version));
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        boolean wide = version > 1;
        int start = MAGIC.length + 2 + (wide ? 4 : 2);
        long length = bytes.length < start
                ? Long.MAX_VALUE
                : wide ? buffer.getInt(start - 4) & 0xffffffffL : buffer.getShort(start - 2) & 0xffff;
        if (length > bytes.length - start) {
            throw AutophageException.usage(what + " is truncated: it ends inside its header");
        }
        int end = start + (int) length;
        String header = new String(bytes, start, (int) length, StandardCharsets.UTF_8);
        NpyArray.Type type = type(header, what);
        int[] shape = shape(header, what);
        long expected = NpyArray.count(shape) * type.bytes();
        if (expected != bytes.length - end) {
            throw AutophageException.usage("%s is %s: shape %s of %s takes %d bytes, and it has %d"
                    .formatted(
                            what,
                            bytes.length - end < expected ? "truncated" : "corrupt",
                            Arrays.toString(shape),
                            type.descriptor(),
                            expected,
                            bytes.length - end));
        }
        byte[] data = Arrays.copyOfRange(bytes, end, bytes.length);
        boolean fortran = group(ORDER, header, "fortran_order", what).equals("True");
        return new NpyArray(type, shape, fortran ? fromFortranOrder(data, shape, type.bytes()) : data);
    }

    private static NpyArray.Type type(String header, String what) {
        String descriptor = group(DESCRIPTOR, header, "descr", what);
        return Arrays.stream(NpyArray.Type.values())
                .filter(type -> type.descriptor().equals(descriptor))
                .findFirst()
                .orElseThrow(() -> AutophageException.usage("%s holds values of type %s: must be one of %s"
                        .formatted(
                                what,
                                descriptor.isEmpty() ? "record" : descriptor,
                                Arrays.stream(NpyArray.Type.values())
                                        .map(NpyArray.Type::descriptor)
                                        .collect(Collectors.joining(", ")))));
    }

    private static int[] shape(String header, String what) {
        String sizes = group(SHAPE, header, "shape", what);
        try {
            return Arrays.stream(sizes.split(",", -1))
                    .map(size -> size.strip().replace("L", ""))
                    .filter(size -> !size.isEmpty())
                    .mapToInt(Integer::parseInt)
                    .toArray();
        } catch (NumberFormatException e) {
            throw AutophageException.usage("%s has shape (%s): sizes must be below 2^31".formatted(what, sizes));
        }
    }

    private static String group(Pattern pattern, String header, String key, String what) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw AutophageException.usage("%s is no .npy array: its header lacks '%s'".formatted(what, key));
        }
        String value = matcher.group(1);
        return value == null ? "" : value;
    }

    /** Column-major to row-major: position (i, j, …) counts from the first index there and from the last one here. */
    private static byte[] fromFortranOrder(byte[] data, int[] shape, int valueBytes) {
        int[] stride = new int[shape.length];
        int step = valueBytes;
        for (int axis = 0; axis < shape.length; axis++) {
            stride[axis] = step;
            step *= shape[axis];
        }
        byte[] rowMajor = new byte[data.length];
        int[] position = new int[shape.length];
        for (int at = 0; at < data.length; at += valueBytes) {
            int source = IntStream.range(0, shape.length)
                    .map(axis -> position[axis] * stride[axis])
                    .sum();
            System.arraycopy(data, source, rowMajor, at, valueBytes);
            for (int axis = shape.length - 1; axis >= 0 && ++position[axis] == shape[axis]; axis--) {
                position[axis] = 0;
            }
        }
        return rowMajor;
    }
}
