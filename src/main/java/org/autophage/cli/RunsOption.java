package org.autophage.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.autophage.run.RunFolder;
import org.autophage.run.SweepFolder;
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

    /** The folder of a sweep that may not exist yet. */
    SweepFolder namedSweep(String name) {
        return new SweepFolder(runs.resolve(name));
    }

    /** The folder of a sweep, given by its path or by its name; empty if there is none, which may be a run. */
    Optional<SweepFolder> findSweep(String pathOrName) {
        return Optional.of(new SweepFolder(place(pathOrName))).filter(SweepFolder::exists);
    }

    /** The folder of a run that exists, given by its path or by its name. */
    RunFolder find(String pathOrName) {
        return RunFolder.existing(place(pathOrName));
    }

    private Path place(String pathOrName) {
        Path path = Path.of(pathOrName);
        return Files.exists(path) ? path : runs.resolve(pathOrName);
    }
}
