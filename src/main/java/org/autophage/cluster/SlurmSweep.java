package org.autophage.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.autophage.base.AutophageException;
import org.autophage.base.CheckpointStore;
import org.autophage.base.ExitCode;
import org.autophage.base.FolderLock;
import org.autophage.base.OwnMessage;
import org.autophage.base.Progress;
import org.autophage.base.StopSignal;
import org.autophage.base.Work;
import org.autophage.experiment.ReportCadence;
import org.autophage.run.SweepFolder;
import org.autophage.sweep.SweepObserver;
import org.autophage.sweep.SweepRunner.Result;
import org.autophage.sweep.SweepSpec;
import org.jspecify.annotations.Nullable;

/**
 * Runs the cells of a sweep as arrays of Slurm: submits what is neither finished nor under way, follows it, and submits
 * again what was taken away. Nothing is remembered between processes but the options: run folders say what is finished, and
 * Slurm, which finds jobs of the sweep by their name, what is under way.
 */
public final class SlurmSweep {
    private static final long MILLISECONDS_BETWEEN_LOGS = 250;

    /** Between questions to Slurm: soon while something happens, up to ten times as late while nothing does. */
    private static final Duration SOON = Duration.ofSeconds(2);

    private static final int MOST_TIMES = 10;

    /** So often in a row a submission that Slurm refuses is tried again while no cell is under way. */
    private static final int MOST_REFUSALS = 10;

    private final SweepSpec sweep;
    private final SweepFolder folder;
    private final SlurmSettings settings;
    private final Work work;
    private final SweepObserver observer;
    private final Slurm slurm;
    private final Duration soon;

    /**
     * @param work where progress is told, when to stop following, and which programs cells may run
     * @param observer is told when there is more to report on
     */
    public SlurmSweep(SweepSpec sweep, SweepFolder folder, SlurmSettings settings, Work work, SweepObserver observer) {
        this(sweep, folder, settings, work, observer, new SlurmCommands(), SOON);
    }

    /** @param soon between two questions to Slurm while something happens */
    SlurmSweep(
            SweepSpec sweep,
            SweepFolder folder,
            SlurmSettings settings,
            Work work,
            SweepObserver observer,
            Slurm slurm,
            Duration soon) {
        this.slurm = slurm;
        this.soon = soon;
        this.sweep = sweep;
        this.folder = folder;
        this.settings = settings;
        this.work = work;
        this.observer = observer;
    }

    /** Whether Slurm was given cells of a sweep. */
    public static boolean isIn(SweepFolder folder) {
        return SlurmScript.isIn(folder);
    }

    /**
     * Runs the sweep, or goes on with it.
     *
     * @return a result a cell, in the sweep's order; empty where cells were left to Slurm, as was asked for
     * @throws AutophageException with FAILED where Slurm is not there or refuses; with USAGE, before anything starts, if
     *     some cell cannot run; with INTERRUPTED if the process was asked to stop, while cells go on
     */
    public Optional<List<Result>> run() {
        int size = slurm.arraySize();
        SlurmScript script =
                new SlurmScript(folder, settings.launcher(), work.trust().isAll());
        sweep.check(folder, work.keeping(CheckpointStore.NONE));
        try (@Nullable FolderLock lock = folder.begin(sweep.toYaml())) {
            if (lock == null) {
                throw AutophageException.failed("%s; wait for it to end or stop it: cells that Slurm has go on"
                        .formatted(FolderLock.isWorkedOn(folder.root())));
            }
            SlurmOptions options = settings.options().orElseGet(script::recordedOptions);
            OptionalInt jobs = settings.jobs().isPresent() ? settings.jobs() : script.recordedJobs();
            return new Following(script, options, jobs, size).run();
        }
    }

    /** One process's part in the sweep. */
    private final class Following {
        private final SlurmScript script;
        private final SlurmOptions options;
        /** How many cells run at a time. */
        private final OptionalInt most;

        private final int size;
        private final SlurmName name;
        private final SlurmCells cells;
        private final ReportCadence cadence;
        private final Map<Path, TailedFile> logs = new HashMap<>();

        private final Set<Long> cancelled = new HashSet<>();
        private List<SlurmTask> tasks = List.of();
        private boolean hasLooked;
        private boolean isAnswering = true;
        private String waitsFor = "";
        private boolean isRefused;
        /** In a row, while nothing was under way. */
        private int refusals;

        private Duration untilNextLook = soon;

        Following(SlurmScript script, SlurmOptions options, OptionalInt most, int size) {
            this.script = script;
            this.options = options;
            this.most = most;
            this.size = size;
            this.name = SlurmName.of(sweep.name(), folder.root());
            this.cells = new SlurmCells(sweep.cells(), folder, settings.failFast(), progress(), this::lastLine);
            this.cadence = new ReportCadence(() -> observer.changed(folder), progress());
        }

        Optional<List<Result>> run() {
            while (true) {
                boolean answered = look();
                if (cells.isOver()) {
                    observer.changed(folder);
                    return Optional.of(cells.results());
                }
                if (answered) {
                    endEarly();
                    submit();
                }
                if (settings.detach()) {
                    progress().message(howToGoOn(""));
                    return Optional.empty();
                }
                waitForNextLook();
            }
        }

        /** Asks Slurm what is under way; says whether it answered. The first time it has to. */
        private boolean look() {
            int before = cells.finished();
            List<SlurmTask> earlier = tasks;
            try {
                tasks = slurm.tasks(name);
            } catch (AutophageException e) {
                if (!hasLooked) {
                    throw e;
                }
                if (isAnswering) {
                    progress().message("Slurm does not answer, and is asked again until it does: " + e.getMessage());
                }
                isAnswering = false;
                return false;
            }
            if (!isAnswering) {
                progress().message("Slurm answers again");
            }
            isAnswering = true;
            openLogs();
            cells.follow(tasks);
            readLogs();
            cells.judge(tasks);
            hasLooked = true;
            if (cells.finished() > before) {
                cadence.somethingFinished();
            }
            untilNextLook = tasks.equals(earlier) ? longer(untilNextLook) : soon;
            sayWhatIsWaitedFor();
            return true;
        }

        private Duration longer(Duration pause) {
            Duration most = soon.multipliedBy(MOST_TIMES);
            Duration longer = pause.plus(soon);
            return longer.compareTo(most) > 0 ? most : longer;
        }

        /** Where nothing runs, Slurm knows why. */
        private void sayWhatIsWaitedFor() {
            boolean anyRuns = tasks.stream().anyMatch(task -> task.isUnderWay() && !task.isPending());
            String reasons = tasks.stream()
                    .filter(SlurmTask::isPending)
                    .map(SlurmTask::reason)
                    .filter(reason -> !reason.equals("None"))
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(", "));
            if (!anyRuns && !reasons.isEmpty() && !reasons.equals(waitsFor)) {
                progress()
                        .message("%d of %d cells wait in Slurm: %s"
                                .formatted(cells.underWay(), sweep.cells().size(), reasons));
            }
            waitsFor = anyRuns ? "" : reasons;
        }

        private void endEarly() {
            if (!settings.failFast() || !cells.anyFailed()) {
                return;
            }
            cells.end();
            List<Long> jobs = cells.jobs().stream()
                    .filter(job -> !cancelled.contains(job))
                    .toList();
            if (!jobs.isEmpty()) {
                try {
                    slurm.cancel(jobs);
                    cancelled.addAll(jobs); // a second signal would end cells before their checkpoints
                } catch (AutophageException e) {
                    progress().message(e.getMessage() + "; tried again");
                }
            }
        }

        /** Submits what is neither finished nor under way, and not more at a time than was asked for. */
        private void submit() {
            for (SlurmArray array : arrays(cells.toSubmit())) {
                try {
                    long job = slurm.submit(script.write(array, name, options, most));
                    cells.submitted(array.cells(), job);
                    script.record(options, most);
                    progress()
                            .message("%d of %d cells submitted to Slurm as job %d"
                                    .formatted(
                                            array.tasks().size(), sweep.cells().size(), job));
                    refusals = 0;
                    isRefused = false;
                } catch (AutophageException e) {
                    refused(e);
                    return;
                }
            }
        }

        /** An array keeps to a bound by itself, but two of them do not together: what has no room waits for the end of one. */
        private List<SlurmArray> arrays(List<Integer> missing) {
            int room = Math.max(0, most.orElse(Integer.MAX_VALUE) - cells.underWay());
            if (missing.size() <= room || most.isEmpty()) {
                return SlurmArray.of(missing, size);
            }
            return cells.underWay() == 0
                    ? SlurmArray.of(missing, size).subList(0, 1)
                    : SlurmArray.of(
                            missing.stream()
                                    .filter(cells::wasSubmitted)
                                    .limit(room)
                                    .toList(),
                            size);
        }

        /** While cells are under way, what was refused may be taken later, such as when fewer wait. */
        private void refused(AutophageException e) {
            refusals = cells.underWay() > 0 ? 0 : refusals + 1;
            if (cells.attempted() == 0) {
                throw e;
            }
            if (settings.detach() || refusals >= MOST_REFUSALS) {
                throw new AutophageException(e.exitCode(), e.getMessage() + "; " + howToGoOn(""), e);
            }
            if (!isRefused) {
                progress().message("a submission is tried again that failed: " + e.getMessage());
            }
            isRefused = true;
        }

        private void waitForNextLook() {
            long end = System.nanoTime() + untilNextLook.toNanos();
            while (System.nanoTime() < end) {
                if (work.stop().requested()) {
                    observer.changed(folder);
                    throw new AutophageException(ExitCode.INTERRUPTED, howToGoOn("interrupted; "));
                }
                readLogs();
                try {
                    Thread.sleep(Math.min(MILLISECONDS_BETWEEN_LOGS, untilNextLook.toMillis()));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw StopSignal.interrupted();
                }
            }
        }

        private String howToGoOn(String begin) {
            String jobs = cells.jobs().stream().map(String::valueOf).collect(Collectors.joining(" "));
            String next = "`autophage resume %s` follows them and submits what is missing".formatted(folder.root());
            return jobs.isEmpty()
                    ? "%snothing is left with Slurm; `autophage resume %s` goes on".formatted(begin, folder.root())
                    : "%s%d cells go on in Slurm as job %s; %s, `scancel %s` ends them"
                            .formatted(begin, cells.underWay(), jobs.replace(" ", ", "), next, jobs);
        }

        /** What tasks that were running before this process are saying is shown from here on. */
        private void openLogs() {
            for (SlurmTask task : tasks) {
                if (task.isRunning() || logs.containsKey(log(task))) {
                    logs.computeIfAbsent(log(task), file -> new TailedFile(file, !hasLooked));
                }
            }
        }

        private void readLogs() {
            Map<Path, Integer> cellOf = new LinkedHashMap<>();
            tasks.forEach(task -> cellOf.put(log(task), task.index()));
            logs.forEach((file, log) -> {
                @Nullable Integer index = cellOf.get(file);
                if (index != null) {
                    log.newLines().forEach(line -> progress()
                            .message(sweep.cells().get(index).name() + ": " + line));
                }
            });
        }

        private Path log(SlurmTask task) {
            return script.log(task.name());
        }

        private String lastLine(SlurmTask task) {
            return TailedFile.lastLine(log(task)).map(OwnMessage::words).orElse("");
        }
    }

    private Progress progress() {
        return work.progress();
    }
}
