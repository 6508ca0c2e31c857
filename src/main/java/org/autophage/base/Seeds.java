package org.autophage.base;

import java.util.SplittableRandom;

/**
 * Counter-based seeds: every random stream is a function of (seed of the run, generation, phase, chunk) and of nothing
 * else. Neither the loop nor the sampling bias is part of the key, so that arms of a comparison that share data and
 * model share their first generation exactly, and a resumed run needs no state of a generator.
 *
 * @param run the seed of the run, as in {@code seeds} of the spec
 */
public record Seeds(long run) {
    /** The seed of one chunk of one phase of one generation; chunk may be a training step, an epoch or a batch. */
    public long of(int generation, Phase phase, long chunk) {
        long key = mix(run + 0x9E3779B97F4A7C15L);
        key = mix(key ^ mix(generation + 0xD1B54A32D192ED03L));
        key = mix(key ^ mix(phase.ordinal() + 0x8CB92BA72F3D8DD7L));
        return mix(key ^ mix(chunk + 0xABC98388FB8FAC03L));
    }

    /** A generator for Java code over the stream of {@link #of}. */
    public SplittableRandom random(int generation, Phase phase, long chunk) {
        return new SplittableRandom(of(generation, phase, chunk));
    }

    /** The streams of one phase of one generation, for code that counts chunks only. */
    public Stream stream(int generation, Phase phase) {
        return chunk -> of(generation, phase, chunk);
    }

    /** The seeds of one phase of one generation, by chunk. */
    @FunctionalInterface
    public interface Stream {
        long of(long chunk);

        /** A generator for Java code over {@link #of}. */
        default SplittableRandom random(long chunk) {
            return new SplittableRandom(of(chunk));
        }
    }

    /** The finalizer of MurmurHash3 in Stafford's variant 13: every input bit reaches every output bit. */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
