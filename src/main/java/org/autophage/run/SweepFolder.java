package org.autophage.run;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where everything of a sweep lies.
 *
 * <pre>
 * sweep.yaml            what was asked for
 * report.html           one file, opens offline
 * run.lock              held while a process runs the sweep
 * KEY=VALUE,…/          one run folder a cell, see {@link RunFolder}
 * </pre>
 *
 * @param root the folder itself, such as runs/NAME
 */
public record SweepFolder(Path root) {
    /** Whether a sweep was begun here: its file is the first that a sweep writes. */
    public boolean exists() {
        return Files.isRegularFile(sweep());
    }

    public Path sweep() {
        return root.resolve("sweep.yaml");
    }

    public Path report() {
        return root.resolve("report.html");
    }

    /** Takes the sweep for this process; see {@link RunLock}. */
    public RunLock lock() {
        return RunLock.acquire(root);
    }

    /** The run folder of a cell, whether it exists or not. */
    public RunFolder cell(String name) {
        return new RunFolder(root.resolve(name));
    }
}
