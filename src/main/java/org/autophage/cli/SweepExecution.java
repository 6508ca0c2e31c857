package org.autophage.cli;

import java.io.PrintWriter;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.autophage.base.ExitCode;
import org.autophage.base.Trust;
import org.autophage.report.sweep.SweepReport;
import org.autophage.report.sweep.SweepTable;
import org.autophage.report.sweep.SweepTable.Outcome;
import org.autophage.run.SweepFolder;
import org.autophage.sweep.SweepRunner.Result;
import org.autophage.sweep.SweepSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Running into a sweep's folder: progress on standard error, a report, and a table of all cells on standard output. */
final class SweepExecution {
    private static final int MOST_JOBS = 1000;
    private static final String ON = "--on";

    /** As many as a device's name can say. */
    private static final int MOST_PER_GPU = 999;

    @Option(
            names = ON,
            paramLabel = "WHERE",
            description =
                    "Where the cells of a sweep run: local, as processes of this machine, slurm, as tasks of an array, or"
                            + " spark, as tasks of an application (default: where they ran before, or local).")
    private @Nullable String on;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description =
                    "How many cells of a sweep run at a time, each in a process of its own (default: one a GPU, or"
                            + " one; on Slurm as many as it lets). On the CPU they share the cores, unless OMP_NUM_THREADS is set.")
    private @Nullable Integer jobs;

    @Option(
            names = "--per-gpu",
            paramLabel = "N",
            description =
                    "How many cells of a sweep share a GPU, each with as much of its memory and of the cores; with --jobs"
                            + " at most that many in all. `plan` says how many fit.")
    private @Nullable Integer perGpu;

    @Option(
            names = "--fail-fast",
            description = "Ends a sweep at the first cell that fails; cells that are running stop after a checkpoint.")
    private boolean failFast;

    private final LocalSite local = new LocalSite();

    @Mixin
    private SlurmSite slurm;

    @Mixin
    private SparkSite spark;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** All that {@code --on} can name, the usual one first. */
    private List<SweepSite> sites() {
        return List.of(local, slurm, spark);
    }

    /** Runs what is not finished; the exit code says whether all is complete. */
    int run(SweepSpec sweep, SweepFolder folder, Trust trust) {
        if (jobs != null && (jobs < 1 || jobs > MOST_JOBS)) {
            throw refused("--jobs is %d: must be from 1 to %d".formatted(jobs, MOST_JOBS));
        }
        if (perGpu != null && (perGpu < 1 || perGpu > MOST_PER_GPU)) {
            throw refused("--per-gpu is %d: must be from 1 to %d".formatted(perGpu, MOST_PER_GPU));
        }
        SweepSite site = site(folder);
        if (perGpu != null && !site.sharesGpus()) {
            throw refused("--per-gpu does not go with --on %s, which gives every cell what it asks the cluster for"
                    .formatted(site.name()));
        }
        ConsoleProgress progress = ConsoleProgress.standardError();
        Optional<List<Result>> results =
                site.run(new SweepWork(sweep, folder, jobs, perGpu, failFast, trust, progress));
        return results.map(all -> tell(all, folder, progress))
                .orElse(ExitCode.DONE)
                .code();
    }

    /** The site that was asked for; otherwise the one that the sweep was given to before, or this machine. */
    private SweepSite site(SweepFolder folder) {
        SweepSite site = on == null
                ? sites().stream().filter(each -> each.has(folder)).findFirst().orElse(local)
                : sites().stream()
                        .filter(each -> each.name().equals(on))
                        .findFirst()
                        .orElseThrow(this::unknownSite);
        for (OptionSpec option : command.commandLine().getParseResult().matchedOptions()) {
            sites().stream()
                    .filter(other -> other != site && isOf(other, option))
                    .findFirst()
                    .ifPresent(other -> {
                        throw refused("%s is for --on %s, and the cells run on %s"
                                .formatted(option.longestName(), other.name(), site.name()));
                    });
        }
        return site;
    }

    /** Refuses what says where cells run, of a run that has none. */
    void refuseForRun(String run) {
        for (OptionSpec option : command.commandLine().getParseResult().matchedOptions()) {
            if (option.longestName().equals(ON) || sites().stream().anyMatch(site -> isOf(site, option))) {
                throw refused("%s is for sweeps, and %s is a run".formatted(option.longestName(), run));
            }
        }
    }

    private static boolean isOf(SweepSite site, OptionSpec option) {
        return option.userObject() instanceof Field field && field.getDeclaringClass() == site.getClass();
    }

    private ParameterException unknownSite() {
        String known = sites().stream().map(SweepSite::name).collect(Collectors.joining(" or "));
        return refused("--on is %s: must be %s".formatted(on, known));
    }

    private ParameterException refused(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    private ExitCode tell(List<Result> results, SweepFolder folder, ConsoleProgress progress) {
        PrintWriter out = command.commandLine().getOut();
        out.print(SweepTable.of(
                folder.root(), results.stream().map(SweepExecution::outcome).toList()));
        SweepReport.comparison(folder.root()).ifPresent(comparison -> {
            comparison.writePage(folder.comparison());
            out.println();
            out.print(comparison.verdictText());
            progress.message("comparison: " + folder.comparison());
        });
        out.flush();
        progress.message("report: " + folder.report());
        boolean complete = results.stream().allMatch(result -> result.state().isComplete());
        return complete ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static Outcome outcome(Result result) {
        String state = result.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new Outcome(result.cell().name(), state, result.attempts(), result.message());
    }
}
