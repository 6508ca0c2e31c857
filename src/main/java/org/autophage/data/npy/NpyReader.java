package org.autophage.data.npy;

import java.io.IOException;
import java.io.InputStream;
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
 * One array of the .npy format (NEP 1, versions 1 to 3) on its way in: its header is known, its values are read once, as
 * bytes or straight to the numbers that are wanted, so that a large array is in memory once and not twice.
 */
public final class NpyReader {
    private static final Pattern DESCRIPTOR = Pattern.compile("'descr'\\s*:\\s*(?:'([^']*)'|\\[)");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([-0-9,\\sL]*)\\)");
    private static final String BIG_ENDIAN = ">";

    /** The first byte of Python's pickles, of version 2 and later. */
    private static final byte PICKLE = (byte) 0x80;

    /** Longest header: NumPy's own have some hundred bytes. */
    private static final int LONGEST_HEADER = 1 << 20;

    /** Most bytes of an array of Java's. */
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    /** Bytes that are turned into numbers at a time; a multiple of every type's size. */
    private static final int CHUNK = 1 << 16;

    private final InputStream in;
    private final String what;
    private final NpyArray.Type type;
    private final boolean bigEndian;
    private final int[] shape;
    private final boolean fortran;

    /**
     * Reads the header.
     *
     * @param in at the array's first byte
     * @param size bytes of the whole array with its header
     * @param what names the array in messages
     * @throws AutophageException (usage) when it is truncated, no .npy file or of a type that is not supported
     */
    NpyReader(InputStream in, long size, String what) throws IOException {
        this.in = in;
        this.what = what;
        byte[] start = in.readNBytes(Npy.MAGIC.length + 4);
        if (start.length < Npy.MAGIC.length + 4
                || !Arrays.equals(start, 0, Npy.MAGIC.length, Npy.MAGIC, 0, Npy.MAGIC.length)) {
            throw AutophageException.usage(
                    start.length > 0 && start[0] == PICKLE
                            ? what
                                    + " is a pickle, which is a program and is not read: save its numbers with numpy.save"
                            : what + " is no .npy array: it does not begin with \\x93NUMPY");
        }
        int version = start[Npy.MAGIC.length];
        if (version < 1 || version > 3) {
            throw AutophageException.usage(
                    "%s is .npy of version %d: versions 1 to 3 can be read".formatted(what, version));
        }
        boolean wide = version > 1;
        byte[] sizes = Arrays.copyOf(Arrays.copyOfRange(start, Npy.MAGIC.length + 2, start.length), 4);
        if (wide) {
            in.readNBytes(sizes, 2, 2);
        }
        long length = littleEndian(sizes).getInt() & 0xffffffffL;
        long before = start.length + (wide ? 2 : 0);
        if (length > size - before) {
            throw AutophageException.usage(what + " is truncated: it ends inside its header");
        }
        if (length > LONGEST_HEADER) {
            throw AutophageException.usage("%s is corrupt: its header has %d bytes, at most %d are read"
                    .formatted(what, length, LONGEST_HEADER));
        }
        String header = new String(in.readNBytes((int) length), StandardCharsets.UTF_8);
        String descriptor = group(DESCRIPTOR, header, "descr", what);
        this.type = type(descriptor, what);
        this.bigEndian = descriptor.startsWith(BIG_ENDIAN);
        this.shape = shape(header, what);
        this.fortran = group(ORDER, header, "fortran_order", what).equals("True");
        checkSize(size - before - length);
    }

    private void checkSize(long present) {
        long count = NpyArray.count(shape);
        long expected = count > Long.MAX_VALUE / type.bytes() ? Long.MAX_VALUE : count * type.bytes();
        if (expected != present) {
            throw AutophageException.usage("%s is %s: shape %s of %s takes %s bytes, and it has %d"
                    .formatted(
                            what,
                            present < expected ? "truncated" : "corrupt",
                            Arrays.toString(shape),
                            type.descriptor(),
                            expected == Long.MAX_VALUE ? "2^63 or more" : Long.toString(expected),
                            present));
        }
    }

    /** Type of the values. */
    public NpyArray.Type type() {
        return type;
    }

    /** Sizes of the dimensions. */
    public int[] shape() {
        return shape.clone();
    }

    /** Reads the values as they are. */
    public NpyArray array() throws IOException {
        byte[] data = new byte[bytes()];
        fill(data, data.length);
        if (bigEndian) {
            reverseEach(data, type.bytes());
        }
        return new NpyArray(type, shape, fortran ? rowMajor(data) : data);
    }

    /** How many bytes all values have, which fit into one array. */
    private int bytes() {
        long bytes = NpyArray.count(shape) * type.bytes();
        if (bytes > MOST_BYTES) {
            throw AutophageException.usage(
                    "%s has %d bytes of values: at most %d can be read at once".formatted(what, bytes, MOST_BYTES));
        }
        return (int) bytes;
    }

    /** Reads so many bytes: what a zip says of an entry's size need not be true. */
    private void fill(byte[] target, int count) throws IOException {
        int read = in.readNBytes(target, 0, count);
        if (read < count) {
            throw AutophageException.usage(
                    "%s is truncated: its values end %d bytes too early".formatted(what, count - read));
        }
    }

    private static void reverseEach(byte[] data, int valueBytes) {
        for (int at = 0; at < data.length; at += valueBytes) {
            for (int i = at, j = at + valueBytes - 1; i < j; i++, j--) {
                byte first = data[i];
                data[i] = data[j];
                data[j] = first;
            }
        }
    }

    /** Reads the values in C order as float32, from that type. */
    public float[] floats() throws IOException {
        if (fortran || bigEndian || type != NpyArray.Type.FLOAT32) {
            return array().toFloats();
        }
        float[] values = new float[bytes() / Float.BYTES];
        byte[] chunk = new byte[CHUNK];
        for (int at = 0; at < values.length; ) {
            int count = Math.min(values.length - at, CHUNK / Float.BYTES);
            fill(chunk, count * Float.BYTES);
            littleEndian(chunk).asFloatBuffer().get(values, at, count);
            at += count;
        }
        return values;
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static NpyArray.Type type(String descriptor, String what) {
        return Arrays.stream(NpyArray.Type.values())
                .filter(type -> isIn(descriptor, type))
                .findFirst()
                .orElseThrow(() -> AutophageException.usage("%s holds values of type %s: must be one of %s%s"
                        .formatted(
                                what,
                                descriptor.isEmpty() ? "record" : descriptor,
                                Arrays.stream(NpyArray.Type.values())
                                        .map(NpyArray.Type::descriptor)
                                        .collect(Collectors.joining(", ")),
                                hint(descriptor))));
    }

    /** What values of another type are, after a semicolon; empty where that says nothing more. */
    private static String hint(String descriptor) {
        String kind = descriptor.replaceFirst("[^A-Za-z]*", "");
        return switch (kind.isEmpty() ? ' ' : kind.charAt(0)) {
            case 'O' -> "; these are Python objects, a pickle, which is a program and is not read: save numbers alone";
            case 'c' -> "; these are complex numbers: save real ones";
            case 'U', 'S', 'a' -> "; this is text: save numbers";
            case 'M', 'm' -> "; these are dates or times: save numbers";
            case 'f' -> "; astype('f8') makes such";
            default -> "";
        };
    }

    /** Whether a descriptor names a type, in either order of bytes; = is the order of the machine that wrote it. */
    private static boolean isIn(String descriptor, NpyArray.Type type) {
        return !descriptor.isEmpty()
                && "<>|=".indexOf(descriptor.charAt(0)) >= 0
                && descriptor.substring(1).equals(type.descriptor().substring(1));
    }

    private static int[] shape(String header, String what) {
        String sizes = group(SHAPE, header, "shape", what);
        try {
            int[] shape = Arrays.stream(sizes.split(",", -1))
                    .map(size -> size.strip().replace("L", ""))
                    .filter(size -> !size.isEmpty())
                    .mapToInt(Integer::parseInt)
                    .toArray();
            if (Arrays.stream(shape).allMatch(size -> size >= 0)) {
                return shape;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw AutophageException.usage(
                "%s has shape (%s): sizes must be 0 or more, and below 2^31".formatted(what, sizes));
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
    private byte[] rowMajor(byte[] data) {
        int valueBytes = type.bytes();
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
