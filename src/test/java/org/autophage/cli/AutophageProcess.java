package org.autophage.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Autophage as a process of its own, which can be killed. */
final class AutophageProcess {
    private AutophageProcess() {}

    /**
     * Starts a command on a spec; its output goes to RUNS.log.
     *
     * @param folder holds everything, the cache of classifiers too
     * @param runs the folder in it that run folders go to
     * @param more further words of the command line
     */
    static Process start(Path folder, String command, Path spec, String runs, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dai.djl.offline=true",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                command,
                spec.toString(),
                "--runs",
                folder.resolve(runs).toString()));
        words.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("AUTOPHAGE_CACHE", folder.resolve("cache").toString());
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(runs + ".log").toFile()))
                .start();
    }
}
