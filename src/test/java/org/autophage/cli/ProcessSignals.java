package org.autophage.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Signals to processes that a test has started. */
final class ProcessSignals {
    private static final Path STATUS = Path.of("/proc/self/status");

    private ProcessSignals() {}

    /** Sends a signal, TERM for one. */
    static void send(Process process, String name) throws IOException, InterruptedException {
        new ProcessBuilder("/bin/kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    /** Whether this process, and so its children, do not see a signal, as SIGINT in the background of a shell script. */
    static boolean isIgnored(String name) throws IOException {
        if (!Files.exists(STATUS)) {
            return false;
        }
        String ignored = Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> line.substring(7).strip())
                .findFirst()
                .orElse("0");
        int number = new sun.misc.Signal(name).getNumber();
        return (Long.parseUnsignedLong(ignored, 16) >>> (number - 1) & 1) != 0;
    }
}
