package org.autophage.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.FolderLock;
import org.autophage.base.Progress;
import org.autophage.experiment.ExperimentRunner;
import org.autophage.experiment.ExperimentSpec;
import org.autophage.run.RunFolder;
import org.autophage.run.SweepFolder;
import org.autophage.sweep.CellWorker.Ending;
import org.autophage.sweep.SweepCell;
import org.autophage.sweep.SweepRunner;
import org.autophage.sweep.SweepRunner.Result;
import org.autophage.sweep.SweepRunner.State;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the cells that Slurm was given. Run folders say what is finished, Slurm what is under way; a cell that is
 * neither is submitted, and one that is submitted or under way never is.
 */
final class SlurmCells {
    /** A cell that is taken away so often, and finishes no generation, will not come to its end. */
    private static final int MOST_TAKEN_AWAY = 20;

    /** Once it may have been a mistake, or an administrator's housekeeping. */
    private static final int MOST_CANCELLED = 2;

    /** Looks for which files of a node that says it is done may not be seen here: caches of network file systems. */
    private static final int MOST_LOOKS_FOR_FILES = 30;

    private final List<SweepCell> cells;
    private final SweepFolder folder;
    private final boolean failFast;
    private final Progress progress;
    /** The last line of a task's log. */
    private final Function<SlurmTask, String> lastLine;

    private final Map<Integer, Given> given = new TreeMap<>();
    private final Map<Integer, Result> results = new TreeMap<>();
    private final Set<Integer> held = new TreeSet<>();
    private final Map<Integer, Integer> attempts = new HashMap<>();
    private final Map<Integer, Integer> cancellations = new HashMap<>();
    private final Map<Integer, Taken> taken = new HashMap<>();
    private boolean anyFailed;
    private boolean isEnding;

    /** A cell that Slurm has: in which array, whether it was seen to run, and for how many looks its files are missing. */
    private record Given(long job, boolean isRunning, int looksForFiles) {}

    /** How often a cell was taken away since it finished a generation, and how many it had then. */
    private record Taken(int times, int generations) {}

    /**
     * @param failFast whether a cell that fails is not tried again
     * @param lastLine what a task said last
     */
    SlurmCells(
            List<SweepCell> cells,
            SweepFolder folder,
            boolean failFast,
            Progress progress,
            Function<SlurmTask, String> lastLine) {
        this.cells = cells;
        this.folder = folder;
        this.failFast = failFast;
        this.progress = progress;
        this.lastLine = lastLine;
    }

    /** Takes in what Slurm has now, waiting or running. */
    void follow(List<SlurmTask> tasks) {
        newest(tasks).values().stream()
                .filter(task -> task.index() < cells.size() && !results.containsKey(task.index()))
                .forEach(this::follow);
    }

    /** Decides about the cells that Slurm does not have, or not any more; after {@link #follow} of the same tasks. */
    void judge(List<SlurmTask> tasks) {
        Set<Integer> underWay = newest(tasks).keySet();
        List<SlurmTask> cancelled = new ArrayList<>();
        for (int index = 0; index < cells.size(); index++) {
            @Nullable Given now = given.get(index);
            if (results.containsKey(index)
                    || underWay.contains(index)
                    || isFinished(index)
                    || isHeld(index)
                    || now == null) {
                continue;
            }
            Optional<SlurmTask> ended = ended(index, now.job(), tasks);
            if (ended.filter(SlurmTask::isCancelled).isPresent()) {
                cancelled.add(ended.get());
            } else {
                judge(index, now, ended);
            }
        }
        judgeCancelled(cancelled, tasks);
    }

    /** The newest task a cell of those that have not ended. */
    private static Map<Integer, SlurmTask> newest(List<SlurmTask> tasks) {
        return tasks.stream()
                .filter(SlurmTask::isUnderWay)
                .collect(Collectors.toMap(
                        SlurmTask::index,
                        task -> task,
                        (one, other) -> one.job() > other.job() ? one : other,
                        TreeMap::new));
    }

    /** The task that a cell was given to last, where Slurm has not forgotten it. */
    private static Optional<SlurmTask> ended(int index, long job, List<SlurmTask> tasks) {
        return tasks.stream()
                .filter(task -> task.index() == index && task.job() == job)
                .findFirst();
    }

    private void follow(SlurmTask task) {
        int index = task.index();
        Given before = given.get(index);
        attempts.putIfAbsent(index, 1);
        boolean ran = before != null && before.isRunning() && before.job() == task.job();
        if (task.isRunning() && !ran) {
            progress.message("%s: runs on %s".formatted(place(index), task.node()));
        } else if (ran && !task.isRunning() && !task.isCompleting()) {
            progress.message("%s: Slurm took it away and will run it again".formatted(place(index)));
        }
        given.put(index, new Given(task.job(), task.isRunning() || ran && task.isCompleting(), 0));
    }

    private boolean isFinished(int index) {
        try {
            if (!ExperimentRunner.isFinished(spec(index), run(index))) {
                return false;
            }
        } catch (AutophageException e) { // of a file that cannot be read
            fail(index, String.valueOf(e.getMessage()));
            return true;
        }
        boolean now = given.remove(index) != null;
        end(index, now ? State.DONE : State.FINISHED, held.contains(index) && !now ? "by another process" : "");
        if (now) {
            progress.message(place(index) + ": done");
        }
        return true;
    }

    /** Whether a process is at work on a cell that Slurm does not have, or does not have any more. */
    private boolean isHeld(int index) {
        Optional<String> holder = FolderLock.holderOf(run(index).root());
        if (holder.isPresent() && held.add(index)) {
            progress.message("%s: %s works on it".formatted(place(index), holder.get()));
        }
        return holder.isPresent();
    }

    /** What a cell comes to that Slurm has no more, and that is not finished. */
    private void judge(int index, Given now, Optional<SlurmTask> task) {
        if (isEnding) {
            given.remove(index);
            end(index, State.INTERRUPTED, "");
        } else if (task.isEmpty()) {
            takenAway(index, "Slurm has forgotten it");
        } else if (task.get().isTakenAway() || task.get().exitCode() == ExitCode.INTERRUPTED.code()) {
            takenAway(index, task.get().isTakenAway() ? task.get().state() : "its time was up, or it was preempted");
        } else if (task.get().exitCode() == ExitCode.DONE.code()
                && task.get().state().equals("COMPLETED")) {
            lookForFiles(index, now);
        } else {
            failed(index, ending(task.get()));
        }
    }

    private Ending ending(SlurmTask task) {
        if (task.isOutOfMemory()) {
            return new Ending(ExitCode.FAILED.code(), "out of memory; --slurm mem=… gives a cell more");
        }
        Ending ending = Ending.of(Math.max(ExitCode.FAILED.code(), task.exitCode()), lastLine.apply(task));
        return ending.message().isEmpty()
                ? new Ending(
                        ending.exitCode(),
                        "exit code %d, and nothing in the log of task %s".formatted(ending.exitCode(), task.name()))
                : ending;
    }

    private void takenAway(int index, String how) {
        given.remove(index);
        int generations = generations(index);
        Taken before = taken.getOrDefault(index, new Taken(0, generations));
        int times = before.generations() == generations ? before.times() + 1 : 1;
        taken.put(index, new Taken(times, generations));
        if (times >= MOST_TAKEN_AWAY) {
            fail(
                    index,
                    "taken away %d times without finishing a generation, the last time %s: does it get enough time?"
                            .formatted(times, how));
        } else {
            progress.message("%s: taken away (%s), and is submitted again".formatted(place(index), how));
        }
    }

    /** Whoever cancels a whole array wants its cells to end; one task among others may be a mistake. */
    private void judgeCancelled(List<SlurmTask> cancelled, List<SlurmTask> tasks) {
        Map<Long, List<SlurmTask>> byJob = cancelled.stream().collect(Collectors.groupingBy(SlurmTask::job));
        byJob.forEach((job, gone) -> {
            boolean anyLeft = tasks.stream().anyMatch(task -> task.job() == job && task.isUnderWay());
            boolean anyEnding = tasks.stream().anyMatch(task -> task.job() == job && task.isCompleting());
            if (!anyEnding) {
                gone.forEach(task -> judgeCancelled(task.index(), job, !anyLeft && gone.size() > 1));
            }
        });
    }

    private void judgeCancelled(int index, long job, boolean allOfThem) {
        given.remove(index);
        int times = cancellations.merge(index, 1, Integer::sum);
        if (allOfThem || isEnding || times >= MOST_CANCELLED) {
            end(index, State.INTERRUPTED, allOfThem ? "job " + job + " was cancelled" : "cancelled");
        } else {
            progress.message("%s: was cancelled, and is submitted once more".formatted(place(index)));
        }
    }

    private void lookForFiles(int index, Given now) {
        given.put(index, new Given(now.job(), false, now.looksForFiles() + 1));
        if (now.looksForFiles() >= MOST_LOOKS_FOR_FILES) {
            fail(
                    index,
                    "its task is done, but here %s is not finished: is it on storage that all nodes see?"
                            .formatted(run(index).root()));
        }
    }

    private void failed(int index, Ending ending) {
        if (attempts.getOrDefault(index, 1) < SweepRunner.MOST_ATTEMPTS && !ending.isForGood() && !failFast) {
            given.remove(index);
            progress.message("%s failed, and is tried once more: %s".formatted(place(index), ending.message()));
        } else {
            fail(index, ending.message());
        }
    }

    private void fail(int index, String message) {
        given.remove(index);
        anyFailed = true;
        end(index, State.FAILED, message);
        progress.message("%s failed: %s".formatted(place(index), message));
    }

    private void end(int index, State state, String message) {
        results.put(index, new Result(cells.get(index), state, attempts.getOrDefault(index, 0), message));
    }

    /** Cells that Slurm is to be given now, ascending. */
    List<Integer> toSubmit() {
        return isEnding
                ? List.of()
                : IntStream.range(0, cells.size())
                        .filter(index -> !results.containsKey(index) && !given.containsKey(index))
                        .filter(index -> FolderLock.holderOf(run(index).root()).isEmpty())
                        .boxed()
                        .toList();
    }

    void submitted(List<Integer> indices, long job) {
        for (int index : indices) {
            given.put(index, new Given(job, false, 0));
            attempts.merge(index, 1, Integer::sum);
        }
    }

    /** Submits nothing any more: what Slurm has comes to its end, and what it does not have is not run. */
    void end() {
        isEnding = true;
    }

    boolean anyFailed() {
        return anyFailed;
    }

    /** Whether nothing is left to wait for. */
    boolean isOver() {
        return isEnding ? given.isEmpty() : results.size() == cells.size();
    }

    int finished() {
        return (int) results.values().stream()
                .filter(result -> result.state().isComplete())
                .count();
    }

    /** The arrays that have cells which are not finished, by number. */
    Set<Long> jobs() {
        return given.values().stream().map(Given::job).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether Slurm had a cell before, of this process or of one before it. */
    boolean wasSubmitted(int index) {
        return attempts.containsKey(index);
    }

    /** How many cells Slurm ever had of this process, or of one before it. */
    int attempted() {
        return attempts.size();
    }

    /** Cells that Slurm has, waiting or running. */
    int underWay() {
        return given.size();
    }

    /** A result a cell, in the sweep's order. */
    List<Result> results() {
        return IntStream.range(0, cells.size())
                .mapToObj(index -> results.getOrDefault(
                        index, new Result(cells.get(index), State.NOT_RUN, attempts.getOrDefault(index, 0), "")))
                .toList();
    }

    /** What a cell is called in progress: "cell 3 of 12, sampling.bias=0.5". */
    private String place(int index) {
        return "cell %d of %d, %s"
                .formatted(index + 1, cells.size(), cells.get(index).name());
    }

    private int generations(int index) {
        return spec(index).seeds().stream()
                .mapToInt(seed -> run(index).seed(seed).nextGeneration())
                .sum();
    }

    private ExperimentSpec spec(int index) {
        return cells.get(index).spec();
    }

    private RunFolder run(int index) {
        return folder.cell(cells.get(index).name());
    }
}
