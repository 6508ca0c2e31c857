package org.autophage.data.npy;

import java.io.IOException;
import java.io.OutputStream;

/** Values of an array of NumPy's, which may lie anywhere and be more than the heap holds. */
public interface NpyValues {
    NpyArray.Type type();

    /** Sizes of the dimensions; empty for a scalar. */
    int[] shape();

    /** Writes all values, little-endian, in C order: the same bytes however often it is asked. */
    void writeTo(OutputStream out) throws IOException;
}
