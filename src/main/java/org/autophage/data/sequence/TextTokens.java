package org.autophage.data.sequence;

import org.autophage.base.AutophageException;
import org.autophage.data.Vocabulary;

/** Tokens of a text, with a vocabulary made from a part of it. */
interface TextTokens {
    Vocabulary vocabulary();

    /**
     * The tokens of a text, in order.
     *
     * @param lacking what is said of the first piece that has no token
     */
    int[] encode(String text, Lacking lacking);

    /** What is said of a piece of a text that the vocabulary lacks. */
    interface Lacking {
        /** @param position of the piece in the text */
        AutophageException of(String piece, int position);
    }
}
