package org.autophage.program;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.stream.LongStream;

/** Owns tensors on a device and frees them when it is closed. A step of training or sampling has one of its own. */
public class Scope implements AutoCloseable {
    /** Bytes that go to the device at a time. */
    private static final int BLOCK = 16 << 20;

    private final NDManager manager;
    private final NDManager host;

    Scope(NDManager manager) {
        this.manager = manager;
        this.host = manager.getDevice().isGpu() ? manager.newSubManager(ai.djl.Device.cpu()) : manager;
    }

    NDManager manager() {
        return manager;
    }

    /** A scope inside this one, freed with it at the latest. */
    public Scope newScope() {
        return new Scope(manager.newSubManager());
    }

    public Tensor floats(float[] elements, long... dims) {
        return new Tensor(manager.create(FloatBuffer.wrap(elements), new Shape(dims), DataType.FLOAT32));
    }

    public Tensor doubles(double[] elements, long... dims) {
        return new Tensor(manager.create(DoubleBuffer.wrap(elements), new Shape(dims), DataType.FLOAT64));
    }

    public Tensor longs(long[] elements, long... dims) {
        return new Tensor(manager.create(LongBuffer.wrap(elements), new Shape(dims), DataType.INT64));
    }

    /** Integers as int64, such as labels. */
    public Tensor longs(int[] elements, long... dims) {
        return longs(Arrays.stream(elements).asLongStream().toArray(), dims);
    }

    /** The int64 numbers from (inclusive) to to (exclusive). */
    public Tensor range(int from, int to) {
        return longs(LongStream.range(from, to).toArray(), to - from);
    }

    /** Unsigned bytes; the array is copied. */
    public Tensor bytes(byte[] elements, long... dims) {
        ByteBuffer direct = ByteBuffer.allocateDirect(elements.length).order(ByteOrder.nativeOrder());
        direct.put(elements).rewind();
        return new Tensor(manager.create(direct, new Shape(dims), DataType.UINT8));
    }

    /** Puts the rows from (inclusive) to to (exclusive) of a tensor at a buffer's position. */
    @FunctionalInterface
    public interface Rows {
        void put(int from, int to, ByteBuffer target);
    }

    /**
     * Unsigned bytes from wherever they lie, block by block: the tensor may be larger than any Java array or buffer, and
     * the heap holds nothing of it.
     *
     * @param dims of the tensor; rows are counted along the first
     */
    public Tensor bytes(Rows rows, long... dims) {
        int count = Math.toIntExact(dims[0]);
        long rowBytes = Arrays.stream(dims).skip(1).reduce(1, Math::multiplyExact);
        int step = (int) Math.max(1, Math.min(count, BLOCK / Math.max(1, rowBytes)));
        ByteBuffer block = ByteBuffer.allocateDirect(Math.toIntExact(Math.multiplyExact(step, rowBytes)))
                .order(ByteOrder.nativeOrder());
        NDArray whole = manager.create(new Shape(dims), DataType.UINT8);
        for (int from = 0; from < count; from += step) {
            int to = Math.min(count, from + step);
            rows.put(from, to, block.clear());
            long[] part = dims.clone();
            part[0] = to - from;
            try (NDArray copied = manager.create(block.flip(), new Shape(part), DataType.UINT8)) {
                whole.set(new NDIndex("{}:{}", from, to), copied);
            }
        }
        return new Tensor(whole);
    }

    /**
     * A tensor with a copy of a direct buffer's elements, in native order; the buffer can be filled again at once. For
     * large matrices made block by block, which would otherwise leave a new buffer each to the garbage collector.
     *
     * @param type {@link Graph.ElementType#FLOAT32} or {@link Graph.ElementType#FLOAT64}
     */
    public Tensor copyOf(ByteBuffer elements, Graph.ElementType type, long... dims) {
        DataType dataType = type == Graph.ElementType.FLOAT64 ? DataType.FLOAT64 : DataType.FLOAT32;
        try (NDArray shared = manager.create(elements, new Shape(dims), dataType)) {
            return new Tensor(shared.duplicate());
        }
    }

    /** A float32 tensor of zeros. */
    public Tensor zeros(long... dims) {
        NDArray zeros = manager.zeros(new Shape(dims), DataType.FLOAT32);
        return new Tensor(zeros);
    }

    /** A float64 scalar in the CPU's memory, wherever the scope's tensors are: the host reads it without waiting. */
    Tensor number(double number) {
        return new Tensor(host.create(DoubleBuffer.wrap(new double[] {number}), new Shape(), DataType.FLOAT64));
    }

    /** Number of tensors and inner scopes alive in this scope; flat over steps unless something leaks. */
    public int handles() {
        return manager.getManagedArrays().size();
    }

    @Override
    public void close() {
        manager.close();
    }
}
