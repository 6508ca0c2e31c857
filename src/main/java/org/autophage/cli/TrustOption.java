package org.autophage.cli;

import org.autophage.base.Trust;
import org.autophage.base.Work;
import picocli.CommandLine.Option;

/** Whether programs may run that a command or its spec names; for commands that would run them. */
final class TrustOption {
    @Option(
            names = Trust.OPTION,
            description = "Runs the TorchScript file that features come from. Such a file is a program, which can do"
                    + " whatever you can; without this option it runs only if it is on the list"
                    + " ~/.config/autophage/trusted, by its SHA-256 or its path.")
    private boolean all;

    /** Which programs may run. */
    Trust trust() {
        return all ? Trust.ALL : Trust.listed();
    }

    /** Work that tells on standard error and may run these. */
    Work work() {
        return ConsoleProgress.work().trusting(trust());
    }
}
