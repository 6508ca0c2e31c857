package org.autophage.model.transformer;

import java.util.Arrays;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/**
 * Draws next tokens from the whole beginnings of sequences: what a cache has to be equal to.
 *
 * @param flat the parameters
 */
record UncachedTokens(TransformerProgram program, Tensor flat) implements DrawnTokens.Next {
    @Override
    public State begin(Scope scope, int count) {
        return new Beginnings(count);
    }

    private final class Beginnings implements State {
        private long[][] tokens;

        Beginnings(int count) {
            tokens = new long[count][0];
        }

        @Override
        public Tensor next(Scope call, long[] last, int position, Tensor uniform, double inverse) {
            long[] all = new long[Math.multiplyExact(last.length, position + 1)];
            for (int i = 0; i < last.length; i++) {
                tokens[i] = Arrays.copyOf(tokens[i], position + 1);
                tokens[i][position] = last[i];
                System.arraycopy(tokens[i], 0, all, i * (position + 1), position + 1);
            }
            Tensor beginnings = call.longs(all, last.length, position + 1);
            return program.runOf(position + 1, call, "next_uncached", flat, beginnings, uniform, inverse);
        }

        @Override
        public void keep(long[] rows, int position) {
            long[][] before = tokens;
            tokens = Arrays.stream(rows).mapToObj(row -> before[(int) row]).toArray(long[][]::new);
        }
    }
}
