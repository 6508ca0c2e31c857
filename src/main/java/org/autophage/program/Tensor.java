package org.autophage.program;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;

/** An array on a device. It belongs to a {@link Scope} and is freed with it, or earlier by {@link #close}. */
public final class Tensor implements AutoCloseable {
    private final NDArray array;

    Tensor(NDArray array) {
        this.array = array;
    }

    NDArray array() {
        return array;
    }

    public long[] dims() {
        return array.getShape().getShape();
    }

    /** Copies float32 elements to Java, in row-major order. */
    public float[] toFloats() {
        return array.toFloatArray();
    }

    /** Copies float64 elements to Java, in row-major order. */
    public double[] toDoubles() {
        return array.toDoubleArray();
    }

    /** Copies int64 elements to Java, in row-major order. */
    public long[] toLongs() {
        return array.toLongArray();
    }

    /** Copies uint8 elements to Java, in row-major order. */
    public byte[] toBytes() {
        ByteBuffer buffer = array.toByteBuffer();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /** The only element of a float32 or float64 tensor; waits for the device. */
    public double toNumber() {
        return array.getDataType() == DataType.FLOAT64 ? array.toDoubleArray()[0] : array.toFloatArray()[0];
    }

    /** The elements from (inclusive) to to (exclusive) along the first axis: a view, freed with this tensor's scope. */
    public Tensor slice(long from, long to) {
        return new Tensor(JniUtils.slice((PtNDArray) array, 0, from, to, 1));
    }

    /** Moves the tensor to another scope, so that it outlives the one it was made in. */
    public Tensor moveTo(Scope scope) {
        array.attach(scope.manager());
        return this;
    }

    @Override
    public void close() {
        array.close();
    }
}
