package org.autophage.cli;

import org.autophage.base.Trust;
import org.autophage.base.Work;
import picocli.CommandLine.Option;

/** Whether programs may run that a command or its spec names; for commands that would run them. */
final class TrustOption {
    @Option(
            names = Trust.OPTION,
            description =
                    "Runs programs that are named: a TorchScript file that features come from, the command of a model or"
                            + " of features. They can do whatever you can; without this option they run only if they are on the"
                            + " list ~/.config/autophage/trusted, by SHA-256, or a file by its path.")
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
