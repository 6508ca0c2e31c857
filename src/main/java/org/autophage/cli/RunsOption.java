package org.autophage.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.autophage.run.RunFolder;
import picocli.CommandLine.Option;

/** Where run folders lie; for commands that make or name them. */
final class RunsOption {
    @Option(
            names = "--runs",
            paramLabel = "DIR",
            description = "Where run folders go and are looked for by name (default: ${DEFAULT-VALUE}).")
    private Path runs = Path.of("runs");

    /** The folder of all runs. */
    Path folder() {
        return runs;
    }

    /** The folder of a run that may not exist yet. */
    RunFolder named(String name) {
        return new RunFolder(runs.resolve(name));
    }

    /** The folder of a run that exists, given by its path or by its name. */
    RunFolder find(String pathOrName) {
        Path path = Path.of(pathOrName);
        return RunFolder.existing(Files.exists(path) ? path : runs.resolve(pathOrName));
    }
}
