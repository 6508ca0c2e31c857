package org.autophage.data;

import java.nio.file.Path;
import java.util.stream.Collectors;
import org.autophage.base.AtomicFiles;
import org.autophage.base.Printable;

/** Sequences of the first replica as a page of text, one a line, for people. */
final class TextPage {
    /** Letters of a line. */
    private static final int LONGEST = 2_000;

    private TextPage() {}

    static void write(Tokens tokens, Path file) {
        AtomicFiles.writeText(
                file,
                tokens.sequences(0)
                        .map(sequence -> line(tokens.vocabulary().text(sequence)) + "\n")
                        .collect(Collectors.joining()));
    }

    /** Ends of lines and whatever a terminal obeys, written out; cut where it is too long for a page. */
    private static String line(String text) {
        boolean fits = text.codePointCount(0, text.length()) <= LONGEST;
        return Printable.of(fits ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…");
    }
}
