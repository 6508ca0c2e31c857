package org.autophage.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.autophage.base.CheckpointStore;
import org.autophage.base.Work;
import org.autophage.cluster.SlurmOptions;
import org.autophage.cluster.SlurmSettings;
import org.autophage.cluster.SlurmSweep;
import org.autophage.run.SweepFolder;
import org.autophage.sweep.SweepRunner.Result;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --on slurm}: an array, whose tasks go on without this process. */
final class SlurmSite implements SweepSite {
    @Option(
            names = "--slurm",
            paramLabel = "NAME=VALUE",
            description =
                    "With --on slurm: long options of sbatch, such as partition=gpu,gres=gpu:1,time=4:00:00; may be"
                            + " given several times. A resumed sweep keeps those that it had.")
    private @Nullable List<String> options;

    @Option(
            names = "--detach",
            description =
                    "With --on slurm: ends once the cells are submitted; the same command, or resume, follows them.")
    private boolean detach;

    @Override
    public String name() {
        return "slurm";
    }

    @Override
    public boolean has(SweepFolder folder) {
        return SlurmSweep.isIn(folder);
    }

    @Override
    public Optional<List<Result>> run(SweepWork work) {
        Optional<SlurmOptions> chosen = Optional.ofNullable(options).map(SlurmOptions::parse);
        OptionalInt jobs = work.jobs() == null ? OptionalInt.empty() : OptionalInt.of(work.jobs());
        SlurmSettings settings = new SlurmSettings(CellProcess.launcher(), chosen, jobs, work.failFast(), detach);
        Work following = new Work(
                work.progress(), CheckpointStore.NONE, Shutdown.signalBefore("cells go on in Slurm"), work.trust());
        return new SlurmSweep(work.sweep(), work.folder(), settings, following, SweepWork.REPORT).run();
    }
}
