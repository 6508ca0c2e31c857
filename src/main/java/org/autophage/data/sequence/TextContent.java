package org.autophage.data.sequence;

import java.nio.file.Path;
import java.util.List;

/**
 * A text, and where its parts are from.
 *
 * @param place the file or folder
 * @param text all files, one after the other
 * @param files in their order
 * @param starts where each begins in the text
 */
record TextContent(Path place, String text, List<Path> files, List<Integer> starts) {
    /** The file and line of a position in the text, for messages. */
    String where(int position) {
        int file = files.size() - 1;
        while (starts.get(file) > position) {
            file--;
        }
        long lines = text.substring(starts.get(file), position)
                .chars()
                .filter(c -> c == '\n')
                .count();
        return "%s, line %d".formatted(files.get(file), lines + 1);
    }
}
