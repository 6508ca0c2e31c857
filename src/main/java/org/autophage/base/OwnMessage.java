package org.autophage.base;

/** A line that this program says of itself on standard error, beside those of libraries: with its name in front. */
public final class OwnMessage {
    private static final String PREFIX = "autophage: ";

    private OwnMessage() {}

    /** The line with these words. */
    public static String of(String words) {
        return PREFIX + words;
    }

    /** The words of a line that another Autophage said; any other line as it is. */
    public static String words(String line) {
        return line.startsWith(PREFIX) ? line.substring(PREFIX.length()) : line;
    }
}
