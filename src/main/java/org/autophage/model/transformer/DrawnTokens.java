package org.autophage.model.transformer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.autophage.data.CounterRandom;
import org.autophage.data.TokenShape;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/** Draws chunks of sequences token by token until all have ended or are as long as they may be. */
final class DrawnTokens {
    /** The number of whoever needs none. */
    static final double MIDDLE = 0.5;

    /** When less of the sequences that are drawn together are not yet at their end, the others leave. */
    private static final double FEW = 0.75;

    private final TokenShape shape;
    private final int chunk;
    private final Next next;
    private final double inverse;

    /** @param bias λ, the temperature */
    DrawnTokens(TransformerProgram program, Next next, double bias) {
        this.shape = program.shape();
        this.chunk = program.sampling().chunk();
        this.next = next;
        this.inverse = 1 / bias;
    }

    /** How next tokens are drawn. */
    interface Next {
        /** Begins with so many sequences, which are empty. */
        State begin(Scope scope, int count);

        /** What is known of the sequences that are drawn together. */
        interface State {
            /**
             * The tokens after the last ones.
             *
             * @param last token of each sequence; what stands in front of it if it is empty
             * @param position of these tokens, counted from 0
             * @param uniform float64 (N, 1)
             * @return int64 (N)
             */
            Tensor next(Scope call, long[] last, int position, Tensor uniform, double inverse);

            /** Goes on with some of the sequences, by their rows. */
            void keep(long[] rows, int position);
        }
    }

    /** A uniform number in (0, 1), as far from 1 as from 0. */
    static double uniform(CounterRandom random) {
        return (random.below(1 << 30) + MIDDLE) / (1 << 30);
    }

    /**
     * Draws a chunk. Sequence i has random numbers of its own, one a token, whatever becomes of the others.
     *
     * @param scope owns what is needed meanwhile
     * @param number of the chunk, counted from 0
     */
    List<int[]> chunk(Scope scope, int number, long seed) {
        int[][] drawn = new int[chunk][Math.min(shape.length(), 16)];
        int[] lengths = new int[chunk];
        boolean[] over = new boolean[chunk];
        CounterRandom[] random = new CounterRandom[chunk];
        Arrays.setAll(random, i -> new CounterRandom(seed, 0, i));
        int[] rows = IntStream.range(0, chunk).toArray();
        long[] last = new long[chunk];
        Arrays.fill(last, shape.start());
        Next.State state = next.begin(scope, chunk);
        for (int position = 0; position < shape.length() && rows.length > 0; position++) {
            last = step(scope, state, rows, last, position, random, over);
            for (int row = 0; row < rows.length; row++) {
                int i = rows[row];
                if (position < shape.given()) {
                    last[row] = ((long) number * chunk + i) % shape.size();
                }
                if (!over[i]) {
                    if (position == drawn[i].length) {
                        drawn[i] = Arrays.copyOf(drawn[i], Math.min(shape.length(), 2 * position));
                    }
                    drawn[i][position] = (int) last[row];
                    lengths[i] = position + 1;
                    over[i] = shape.ends() && last[row] == shape.end();
                }
            }
            int[] all = rows;
            int[] going = IntStream.range(0, rows.length)
                    .filter(row -> !over[all[row]])
                    .toArray();
            if (going.length < FEW * rows.length) {
                long[] before = last;
                state.keep(Arrays.stream(going).asLongStream().toArray(), position + 1);
                last = Arrays.stream(going).mapToLong(row -> before[row]).toArray();
                rows = Arrays.stream(going).map(row -> all[row]).toArray();
            }
        }
        List<int[]> sequences = new ArrayList<>();
        for (int i = 0; i < chunk; i++) {
            sequences.add(Arrays.copyOf(drawn[i], lengths[i]));
        }
        return sequences;
    }

    private long[] step(
            Scope scope,
            Next.State state,
            int[] rows,
            long[] last,
            int position,
            CounterRandom[] random,
            boolean[] over) {
        double[] uniform = new double[rows.length];
        for (int row = 0; row < rows.length; row++) {
            uniform[row] = over[rows[row]] ? MIDDLE : uniform(random[rows[row]]);
        }
        try (Scope call = scope.newScope()) {
            return state.next(call, last, position, call.doubles(uniform, rows.length, 1), inverse)
                    .toLongs();
        }
    }
}
