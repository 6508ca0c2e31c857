package org.autophage.model.transformer;

import java.util.List;
import java.util.stream.LongStream;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/**
 * Draws next tokens with the keys and values of those before in a cache, which grows with the sequences up to the context and is then
 * written round and round.
 *
 * @param flat the parameters
 */
record CachedTokens(TransformerProgram program, Tensor flat) implements DrawnTokens.Next {
    /** Positions of a cache at first. */
    private static final int FIRST = 16;

    @Override
    public State begin(Scope scope, int count) {
        return new Cache(scope, count);
    }

    private final class Cache implements State {
        private final Scope scope;
        private final int window;
        private int count;
        private int capacity;
        private Tensor cache;

        Cache(Scope scope, int count) {
            this.scope = scope;
            this.window = Math.min(program.spec().context(), program.shape().length());
            this.count = count;
            this.capacity = Math.min(FIRST, window);
            this.cache = program.run(scope, "cache", flat, (double) count, (double) capacity)
                    .get(0);
        }

        @Override
        public Tensor next(Scope call, long[] last, int position, Tensor uniform, double inverse) {
            if (position == capacity && capacity < window) {
                move(LongStream.range(0, count).toArray(), position, Math.min(window, 2 * capacity));
            }
            int slot = position % window;
            return program.run(
                            call,
                            "next",
                            flat,
                            List.of(cache),
                            call.longs(last, last.length),
                            call.floats(new float[] {position}, 1),
                            (double) slot,
                            slot + 1.0,
                            (double) Math.min(position + 1, window),
                            uniform,
                            inverse)
                    .get(0);
        }

        @Override
        public void keep(long[] rows, int position) {
            move(rows, Math.min(position, window), capacity);
        }

        private void move(long[] rows, int used, int positions) {
            Tensor old = cache;
            try (Scope call = scope.newScope()) {
                cache = program.run(
                                scope, "moved", old, call.longs(rows, rows.length), (double) used, (double) positions)
                        .get(0);
            }
            old.close();
            count = rows.length;
            capacity = positions;
        }
    }
}
