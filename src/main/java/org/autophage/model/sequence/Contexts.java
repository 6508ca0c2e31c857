package org.autophage.model.sequence;

import org.autophage.base.WrongValue;

/**
 * What stands before a token, as a number: its last tokens, the nearest one lowest, in base V + 1, of which V is what stands before the
 * beginning of a sequence that no token begins.
 *
 * @param size V
 * @param order tokens of a context
 */
record Contexts(int size, int order) {
    /** Refuses contexts that, with the token behind, are too many for the numbers that there are. */
    static void check(int size, int order) {
        if ((order + 1) * Math.log(size + 1.0) >= Math.log(Long.MAX_VALUE)) {
            int most = (int) (Math.log(Long.MAX_VALUE) / Math.log(size + 1.0)) - 1;
            throw WrongValue.of(
                    "model.order", order, "with %d different tokens it can be %d at most".formatted(size, most));
        }
    }

    /** The context at the beginning of a sequence. */
    long first(int start) {
        long context = 0;
        for (int i = 0; i < order; i++) {
            context = next(context, start);
        }
        return context;
    }

    /** The context behind one more token. */
    long next(long context, int token) {
        return shortened(context, order - 1) * (size + 1) + (order == 0 ? 0 : token);
    }

    /** Of a context the last so many tokens. */
    long shortened(long context, int tokens) {
        if (tokens <= 0) {
            return 0;
        }
        long modulus = 1;
        for (int i = 0; i < tokens; i++) {
            modulus *= size + 1L;
        }
        return context % modulus;
    }

    /** A context of any length and the token behind. */
    long gram(long context, int token) {
        return context * (size + 1) + token;
    }
}
