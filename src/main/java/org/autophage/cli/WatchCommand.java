package org.autophage.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.autophage.base.Checks;
import org.autophage.base.ExitCode;
import org.autophage.base.Range;
import org.autophage.report.watch.WatchServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code autophage watch RUNS}. */
@Command(
        name = "watch",
        description = {
            "Shows running and finished runs live, on a page of this machine only, until it is interrupted.",
            "From elsewhere: ssh -L 8765:127.0.0.1:8765 MACHINE, and then http://localhost:8765 there."
        },
        mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "RUNS",
            description = "The folder that run folders lie in, or one run or sweep (default: ${DEFAULT-VALUE}).")
    private Path runs = Path.of("runs");

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Where to serve the page; 0 for any free port (default: ${DEFAULT-VALUE}).")
    private int port = 8765;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Checks.within("--port", port, Range.wholeFrom(0, 65_535));
        try (WatchServer server = WatchServer.start(runs, port)) {
            spec.commandLine().getOut().println(server.address());
            spec.commandLine().getOut().flush();
            new CountDownLatch(1).await(); // until a signal ends the process
        }
        return ExitCode.DONE.code();
    }
}
