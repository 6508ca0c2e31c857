package org.autophage.program;

import java.util.SplittableRandom;

/** Fills one parameter's part of a flat buffer with initial values. */
@FunctionalInterface
public interface Initializer {
    /** All zeros. */
    Initializer ZEROS = (flat, offset, dims, random) -> {};

    /** All ones. */
    Initializer ONES = constant(1);

    /**
     * @param flat the buffer, zero where nothing was written
     * @param offset of the parameter's first element
     * @param dims shape of the parameter
     * @param random the parameter's own stream
     */
    void fill(float[] flat, int offset, long[] dims, SplittableRandom random);

    /** One value everywhere. */
    static Initializer constant(float value) {
        return (flat, offset, dims, random) ->
                java.util.Arrays.fill(flat, offset, offset + Math.toIntExact(Value.product(dims)), value);
    }

    /** Normal with mean 0 and the given standard deviation. */
    static Initializer normal(double deviation) {
        return (flat, offset, dims, random) -> {
            int end = offset + Math.toIntExact(Value.product(dims));
            for (int i = offset; i < end; i += 2) {
                // Box and Muller in StrictMath: the same bits on every machine.
                double radius = deviation * StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
                double angle = 2 * Math.PI * random.nextDouble();
                flat[i] = (float) (radius * StrictMath.cos(angle));
                if (i + 1 < end) {
                    flat[i + 1] = (float) (radius * StrictMath.sin(angle));
                }
            }
        };
    }

    /**
     * Uniform in ±1/√fanIn, PyTorch's default for linear and convolution layers (He et al. 2015 with a = √5).
     *
     * @param fanIn inputs of one output
     */
    static Initializer uniformFanIn(long fanIn) {
        double bound = 1 / Math.sqrt(fanIn);
        return (flat, offset, dims, random) -> {
            int end = offset + Math.toIntExact(Value.product(dims));
            for (int i = offset; i < end; i++) {
                flat[i] = (float) (bound * (2 * random.nextDouble() - 1));
            }
        };
    }
}
