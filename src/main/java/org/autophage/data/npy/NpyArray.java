package org.autophage.data.npy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.autophage.base.AutophageException;

/**
 * An array of NumPy's: a type, a shape and little-endian values in C order. Immutable by convention.
 *
 * @param type of the values
 * @param shape sizes of the dimensions; empty for a scalar
 * @param data the values' bytes, {@code elements() * type.bytes()} of them
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; the arrays are the point
public record NpyArray(Type type, int[] shape, byte[] data) implements NpyValues {
    /** The types of values that are read and written, with NumPy's names for them. */
    public enum Type {
        UINT8("|u1", 1),
        INT32("<i4", 4),
        INT64("<i8", 8),
        FLOAT16("<f2", 2),
        FLOAT32("<f4", 4),
        FLOAT64("<f8", 8),
        INT8("|i1", 1),
        INT16("<i2", 2),
        UINT16("<u2", 2),
        UINT32("<u4", 4),
        UINT64("<u8", 8),
        BOOLEAN("|b1", 1);

        private final String descriptor;
        private final int bytes;

        Type(String descriptor, int bytes) {
            this.descriptor = descriptor;
            this.bytes = bytes;
        }

        /** As in an .npy header. */
        String descriptor() {
            return descriptor;
        }

        /** Whether the values are whole numbers, of which truths are 0 and 1. */
        public boolean isWhole() {
            return this != FLOAT16 && this != FLOAT32 && this != FLOAT64;
        }

        /** Bytes of one value. */
        public int bytes() {
            return bytes;
        }
    }

    public NpyArray {
        if (count(shape) != data.length / type.bytes() || data.length % type.bytes() != 0) {
            throw new IllegalArgumentException(
                    "%s values of shape %s do not fit %d bytes".formatted(type, Arrays.toString(shape), data.length));
        }
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        out.write(data);
    }

    public static NpyArray ofBytes(byte[] values, int... shape) {
        return new NpyArray(Type.UINT8, shape, values);
    }

    public static NpyArray ofInts(int[] values, int... shape) {
        ByteBuffer buffer = allocate(values.length, Type.INT32);
        buffer.asIntBuffer().put(values);
        return new NpyArray(Type.INT32, shape, buffer.array());
    }

    public static NpyArray ofLongs(long[] values, int... shape) {
        ByteBuffer buffer = allocate(values.length, Type.INT64);
        buffer.asLongBuffer().put(values);
        return new NpyArray(Type.INT64, shape, buffer.array());
    }

    public static NpyArray ofFloats(float[] values, int... shape) {
        ByteBuffer buffer = allocate(values.length, Type.FLOAT32);
        buffer.asFloatBuffer().put(values);
        return new NpyArray(Type.FLOAT32, shape, buffer.array());
    }

    public static NpyArray ofDoubles(double[] values, int... shape) {
        ByteBuffer buffer = allocate(values.length, Type.FLOAT64);
        buffer.asDoubleBuffer().put(values);
        return new NpyArray(Type.FLOAT64, shape, buffer.array());
    }

    /** Number of values. */
    public int elements() {
        return data.length / type.bytes();
    }

    /** The values in C order as float64, from any type. */
    public double[] toDoubles() {
        if (type == Type.UINT64) {
            return Arrays.stream(signed())
                    .mapToDouble(value -> value < 0 ? 2.0 * (value >>> 1 | value & 1) : value)
                    .toArray();
        }
        if (isWhole()) {
            return Arrays.stream(toLongs()).asDoubleStream().toArray();
        }
        ByteBuffer buffer = littleEndian();
        double[] values = new double[elements()];
        Arrays.setAll(values, i -> switch (type.bytes()) {
            case 2 -> half(buffer.getShort());
            case 4 -> buffer.getFloat();
            default -> buffer.getDouble();
        });
        return values;
    }

    /** The values in C order as float32, from that type. */
    public float[] toFloats() {
        require(type == Type.FLOAT32, "float32");
        float[] values = new float[elements()];
        littleEndian().asFloatBuffer().get(values);
        return values;
    }

    /**
     * The values in C order as int64, from a whole-number type.
     *
     * @throws AutophageException (usage) if one of uint64 is too large for that
     */
    public long[] toLongs() {
        require(isWhole(), "whole numbers");
        long[] values = signed();
        if (type == Type.UINT64 && Arrays.stream(values).anyMatch(value -> value < 0)) {
            throw AutophageException.usage("an array of uint64 has values of 2^63 and more: must be below");
        }
        return values;
    }

    /** The values of a whole-number type; those of uint64 from 2^63 on are negative. */
    private long[] signed() {
        ByteBuffer buffer = littleEndian();
        long[] values = new long[elements()];
        Arrays.setAll(values, i -> switch (type) {
            case UINT8 -> Byte.toUnsignedLong(buffer.get());
            case BOOLEAN -> buffer.get() == 0 ? 0 : 1;
            case INT8 -> buffer.get();
            case INT16 -> buffer.getShort();
            case UINT16 -> Short.toUnsignedLong(buffer.getShort());
            case INT32 -> buffer.getInt();
            case UINT32 -> Integer.toUnsignedLong(buffer.getInt());
            default -> buffer.getLong();
        });
        return values;
    }

    /** The value of a half-precision number, IEEE 754: a sign, 5 bits of exponent and 10 of fraction. */
    private static double half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        double magnitude =
                switch (exponent) {
                    case 0 -> Math.scalb((double) fraction, -24);
                    case 0x1f -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
                    default -> Math.scalb(1024.0 + fraction, exponent - 25);
                };
        return bits < 0 ? -magnitude : magnitude;
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(type + " values are not " + what);
        }
    }

    /** Whether the values are whole numbers by type. */
    public boolean isWhole() {
        return type.isWhole();
    }

    private ByteBuffer littleEndian() {
        return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer allocate(int count, Type type) {
        return ByteBuffer.allocate(Math.multiplyExact(count, type.bytes())).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The number of values of an array of this shape; {@link Long#MAX_VALUE} where it has as many or more. */
    public static long count(int[] shape) {
        long count = Arrays.stream(shape).anyMatch(size -> size == 0) ? 0 : 1;
        for (int size : shape) {
            if (count > Long.MAX_VALUE / Math.max(1, size)) {
                return Long.MAX_VALUE;
            }
            count *= size;
        }
        return count;
    }
}
