package org.autophage.cli;

import org.autophage.base.ExitCode;
import org.autophage.experiment.EngineDiagnosis;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code autophage setup cuda}: the one command that downloads libraries; the launcher lets it, and only it. */
@Command(
        name = "setup",
        description = "Fetches what a GPU needs.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "cuda")
final class SetupCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "what to set up is missing: cuda");
    }

    @Command(
            name = "cuda",
            description = "Fetches libtorch for NVIDIA GPUs (about 3 GB) into DJL's cache, and prints what it sees.",
            mixinStandardHelpOptions = true)
    int cuda() {
        ConsoleProgress.standardError().message("fetching libtorch for CUDA unless it is there (about 3 GB)");
        EngineDiagnosis engine = EngineDiagnosis.ofThisProcess();
        spec.commandLine().getOut().println("libtorch: " + engine.libtorch());
        spec.commandLine().getOut().println("device: " + engine.device());
        return engine.works() ? ExitCode.DONE.code() : ExitCode.NO_DEVICE.code();
    }
}
