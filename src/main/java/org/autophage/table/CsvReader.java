package org.autophage.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.autophage.base.AutophageException;

/**
 * Reads CSV as RFC 4180 has it, in UTF-8: a row of names, and rows of as many fields. Fields that begin with a quotation
 * mark end with one, and may have separators, ends of lines and doubled quotation marks. Ends of lines may be those of any
 * system, empty lines are passed over. Tabs separate in a file that is called .tsv; elsewhere, where the first line has no
 * comma but semicolons or tabs, these do.
 */
public final class CsvReader implements AutoCloseable {
    private static final int MARK = 0xfeff;
    private static final int LONGEST_FIELD = 1 << 20;
    private static final int LONGEST_HEADER = 1 << 20;

    private final String where;
    private final BufferedReader in;
    private final char separator;
    private final List<String> names;
    private int line = 1;
    private int rowLine;

    /**
     * Reads the names.
     *
     * @param where the file, for messages and for what its name says of the separator
     * @throws AutophageException (usage) if there are none, or two of a name
     */
    public CsvReader(InputStream bytes, String where) throws IOException {
        this.where = where;
        this.in = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()), LONGEST_HEADER);
        char likely = separator();
        this.separator = where.toLowerCase(Locale.ROOT).endsWith(".tsv") ? '\t' : likely;
        this.names = row().orElseThrow(
                        () -> AutophageException.usage("%s is empty: must have a line of names".formatted(where)));
        for (String name : names) {
            if (names.indexOf(name) != names.lastIndexOf(name)) {
                throw AutophageException.usage("%s has two columns '%s': one must go".formatted(where, name));
            }
        }
    }

    /** The first line decides; it is read again. */
    private char separator() throws IOException {
        in.mark(LONGEST_HEADER);
        int first = character();
        if (first == MARK) {
            in.mark(LONGEST_HEADER);
            first = character();
        }
        int[] counts = new int[3];
        String separators = ",;\t";
        boolean quoted = false;
        for (int c = first, read = 0; c >= 0 && c != '\n' && c != '\r' && read < LONGEST_HEADER; read++) {
            quoted ^= c == '"';
            int which = quoted ? -1 : separators.indexOf(c);
            if (which >= 0) {
                counts[which]++;
            }
            c = character();
        }
        in.reset();
        return counts[0] > 0 || counts[1] + counts[2] == 0 ? ',' : counts[1] >= counts[2] ? ';' : '\t';
    }

    /** Names of the columns. */
    public List<String> names() {
        return names;
    }

    /**
     * The next row; empty at the end.
     *
     * @throws AutophageException (usage) naming the line of one that has more or fewer fields than there are names
     */
    public Optional<List<String>> next() throws IOException {
        Optional<List<String>> row = row();
        row.filter(fields -> fields.size() != names.size()).ifPresent(fields -> {
            throw AutophageException.usage("%s, line %d, has %d fields: must have %d, as the first line"
                    .formatted(where, rowLine, fields.size(), names.size()));
        });
        return row;
    }

    /** The line that the last row began on, from 1 on. */
    public int line() {
        return rowLine;
    }

    private Optional<List<String>> row() throws IOException {
        int c = character();
        while (c == '\n' || c == '\r') {
            line += c == '\n' ? 1 : 0;
            c = character();
        }
        if (c < 0) {
            return Optional.empty();
        }
        rowLine = line;
        List<String> fields = new ArrayList<>();
        while (true) {
            StringBuilder field = new StringBuilder();
            c = c == '"' ? quoted(field) : plain(c, field);
            fields.add(field.toString());
            if (c != separator) {
                line += c == '\n' ? 1 : 0;
                return Optional.of(fields);
            }
            c = character();
        }
    }

    /** Reads to the end of a field; returns what follows it. */
    private int plain(int first, StringBuilder field) throws IOException {
        int c = first;
        while (c >= 0 && c != separator && c != '\n' && c != '\r') {
            append(field, c);
            c = character();
        }
        return c;
    }

    private int quoted(StringBuilder field) throws IOException {
        while (true) {
            int c = character();
            if (c < 0) {
                throw AutophageException.usage("%s, line %d: a quotation mark is not closed".formatted(where, rowLine));
            }
            if (c == '"') {
                int behind = character();
                if (behind != '"') {
                    if (behind >= 0 && behind != separator && behind != '\n' && behind != '\r') {
                        throw AutophageException.usage(
                                "%s, line %d: a quotation mark within a field must be doubled".formatted(where, line));
                    }
                    return behind;
                }
            }
            line += c == '\n' ? 1 : 0;
            append(field, c);
        }
    }

    private void append(StringBuilder field, int c) {
        if (field.length() >= LONGEST_FIELD) {
            throw AutophageException.usage(
                    "%s, line %d: a field has more than %d characters".formatted(where, rowLine, LONGEST_FIELD));
        }
        field.append((char) c);
    }

    private int character() throws IOException {
        try {
            return in.read();
        } catch (CharacterCodingException e) {
            throw AutophageException.usage("%s, about line %d, is not UTF-8: save it as such".formatted(where, line));
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
