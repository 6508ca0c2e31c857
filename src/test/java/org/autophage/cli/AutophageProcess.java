package org.autophage.cli;

import java.io.IOException;
import java.nio.file.Path;

/** Autophage as a process of its own, which can be killed. */
final class AutophageProcess {
    private AutophageProcess() {}

    /**
     * Starts a command on a spec; its output goes to RUNS.log.
     *
     * @param folder holds everything, the cache of classifiers too
     * @param runs the folder in it that run folders go to
     */
    static Process start(Path folder, String command, Path spec, String runs) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dai.djl.offline=true",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                command,
                spec.toString(),
                "--runs",
                folder.resolve(runs).toString());
        builder.environment().put("AUTOPHAGE_CACHE", folder.resolve("cache").toString());
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(runs + ".log").toFile()))
                .start();
    }
}
