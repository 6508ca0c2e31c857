package org.autophage.base;

import java.util.HexFormat;

/**
 * Text as it may stand in a line on a terminal, in a cell of a table or in a name elsewhere, whoever wrote it: line breaks,
 * sequences that command a terminal, and marks that turn the order of letters around are shown as escapes.
 */
public final class Printable {
    private Printable() {}

    /**
     * The text in one line. Inside JSON the escapes are those of JSON.
     */
    public static String of(String text) {
        if (text.codePoints().noneMatch(Printable::isHidden)) {
            return text;
        }
        StringBuilder line = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isHidden(c)) {
                appendEscape(line, c);
            } else {
                line.appendCodePoint(c);
            }
        });
        return line.toString();
    }

    /** Controls, line and paragraph separators, marks without a width, halves of pairs: nothing that a person sees. */
    private static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    private static void appendEscape(StringBuilder line, int c) {
        switch (c) {
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            default -> {
                for (char unit : Character.toChars(c)) {
                    line.append("\\u").append(HexFormat.of().toHexDigits(unit));
                }
            }
        }
    }
}
