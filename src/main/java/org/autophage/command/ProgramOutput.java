package org.autophage.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Reads what a program says: all of it goes to its log, its last lines are kept, and every line is told. */
final class ProgramOutput extends Thread {
    /** Longer lines are cut: a program may write gigabytes without an end of a line. */
    private static final int LONGEST_LINE = 10_000;

    /** More is not kept in the log. */
    private static final long MOST_LOGGED = 64L << 20;

    private static final int LAST_LINES = 3;
    private static final int LONGEST_SHOWN = 300;

    private final InputStream in;
    private final Writer log;
    private final Consumer<String> told;
    private final Deque<String> last = new ArrayDeque<>();
    private long logged;

    /**
     * @param in both of the program's outputs
     * @param log is written to, and not closed
     * @param told is given every line, from this thread
     */
    ProgramOutput(InputStream in, Writer log, Consumer<String> told) {
        super("output of a program");
        setDaemon(true);
        this.in = in;
        this.log = log;
        this.told = told;
    }

    @Override
    public void run() {
        StringBuilder line = new StringBuilder();
        try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            char[] some = new char[1 << 13];
            for (int read = reader.read(some); read >= 0; read = reader.read(some)) {
                for (int i = 0; i < read; i++) {
                    if (some[i] == '\n' || some[i] == '\r') { // bars of progress end theirs like this
                        end(line);
                    } else if (line.length() < LONGEST_LINE) {
                        line.append(some[i]);
                    }
                }
                log.flush();
            }
            end(line);
            log.flush();
        } catch (IOException e) {
            keep("its output ended early: " + e.getMessage());
        }
    }

    private void end(StringBuilder line) throws IOException {
        String text = line.toString();
        line.setLength(0);
        if (text.isBlank()) {
            return;
        }
        keep(text.strip());
        if (logged < MOST_LOGGED) {
            logged += text.length();
            log.write(text);
            log.write(logged < MOST_LOGGED ? "\n" : "\n(what follows is not kept)\n");
        }
        told.accept(text);
    }

    private void keep(String line) {
        synchronized (last) {
            last.addLast(line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "…");
            if (last.size() > LAST_LINES) {
                last.removeFirst();
            }
        }
    }

    /** The end of what it said, in one line; to be read after {@link #join}. */
    String lastLines() {
        synchronized (last) {
            return last.isEmpty() ? "it said nothing" : "it said: " + String.join(" | ", last);
        }
    }
}
