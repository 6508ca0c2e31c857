package org.autophage.cli;

import org.autophage.run.RunName;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A run on the command line, one of its seeds or one generation; for commands that take something out of it. */
final class GenerationArgument {
    @Parameters(
            paramLabel = "RUN[:GENERATION]",
            description = "A run, the folder of one of its seeds, or of a generation; runs also by their names below"
                    + " --runs (default: the first seed, the last generation).")
    private String run;

    @Mixin
    private RunsOption runs;

    /** What is meant, which exists. */
    RunName name() {
        return RunName.existing(run, runs.folder());
    }
}
