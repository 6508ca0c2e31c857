package org.autophage.data;

/**
 * The random stream of one drawn image or point: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014) whose start depends on a seed, a stream and a counter alone. Written out here, and drawing
 * with nothing but additions and multiplications, so that sample i is the same in every version of Java.
 */
public final class CounterRandom {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    /** The stream of sample {@code counter} of the stream {@code stream} of a dataset with this seed. */
    public CounterRandom(long seed, long stream, long counter) {
        state = mix(counter + mix(stream + mix(seed + GOLDEN)));
    }

    /** Uniform in [0, bound); the bias is below bound / 2^32. */
    public int below(int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    /** Uniform in [-1, 1). */
    public double symmetric() {
        return (next() >> 11) * 0x1.0p-52;
    }

    /** Bell-shaped, mean 0, standard deviation 1, and never beyond 3: the sum of three uniform numbers. */
    public double bell() {
        return symmetric() + symmetric() + symmetric();
    }

    /** Uniform in [0, 1). */
    public double uniform() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    /** Standard normal, by Marsaglia's polar method; the same on every machine. */
    public double gaussian() {
        while (true) {
            double x = symmetric();
            double y = symmetric();
            double square = x * x + y * y;
            if (square < 1 && square > 0) {
                return x * Math.sqrt(-2 * StrictMath.log(square) / square);
            }
        }
    }

    private long next() {
        state += GOLDEN;
        return mix(state);
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
