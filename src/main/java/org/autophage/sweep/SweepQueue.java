package org.autophage.sweep;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
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
import org.autophage.sweep.SweepRunner.Result;
import org.autophage.sweep.SweepRunner.State;
import org.jspecify.annotations.Nullable;

/**
 * Which cell of a sweep comes next, and what became of the others. The run folders say what is finished and who is at work;
 * nothing is remembered that a process which starts after this one would not see.
 */
final class SweepQueue {
    private final List<SweepCell> cells;
    private final SweepFolder folder;
    private final boolean failFast;
    private final Progress progress;

    private final Deque<Integer> pending;
    /** Cells that other processes are at work on. */
    private final Deque<Integer> held = new ArrayDeque<>();

    private final Set<Integer> announced = new TreeSet<>();
    private final Set<Integer> running = new TreeSet<>();
    private final int[] attempts;
    private final Map<Integer, Result> results = new TreeMap<>();
    /** Is looked at by the places where cells run. */
    private volatile boolean anyFailed;

    /** @param failFast whether nothing begins any more after a cell has failed, which is not tried again */
    SweepQueue(List<SweepCell> cells, SweepFolder folder, boolean failFast, Progress progress) {
        this.cells = cells;
        this.folder = folder;
        this.failFast = failFast;
        this.progress = progress;
        this.pending = new ArrayDeque<>(IntStream.range(0, cells.size()).boxed().toList());
        this.attempts = new int[cells.size()];
    }

    /** The number of the cell to begin now; nothing where all have ended or are being worked on. */
    OptionalInt next() {
        List<ExperimentSpec> beginning = firstGenerationsUnderWay();
        OptionalInt next = first(index -> beginning.stream()
                .noneMatch(other -> sharesFirstGeneration(other, cell(index).spec())));
        // Those that would only wait for a model which another cell trains begin if there is nothing else.
        next = next.isPresent() ? next : first(index -> true);
        next.ifPresent(running::add);
        return next;
    }

    /** Takes the first pending cell that is wanted and can begin. */
    private OptionalInt first(IntPredicate wanted) {
        for (Iterator<Integer> each = pending.iterator(); each.hasNext(); ) {
            int index = each.next();
            if (wanted.test(index)) {
                each.remove();
                if (canBegin(index)) {
                    return OptionalInt.of(index);
                }
            }
        }
        return OptionalInt.empty();
    }

    /** Whether a cell is neither finished nor in the hands of another process. */
    private boolean canBegin(int index) {
        RunFolder run = run(index);
        try {
            if (ExperimentRunner.isFinished(cell(index).spec(), run)) {
                String by = announced.contains(index) ? "by another process" : "";
                results.put(index, result(index, State.FINISHED, by));
                return false;
            }
            return !isHeld(index, run);
        } catch (AutophageException e) { // of a file that cannot be read
            fail(index, e.getMessage());
            return false;
        }
    }

    private boolean isHeld(int index, RunFolder run) {
        Optional<String> holder = FolderLock.holderOf(run.root());
        if (holder.isEmpty()) {
            return false;
        }
        held.addLast(index);
        if (announced.add(index)) {
            progress.message("%s: %s works on it".formatted(place(index), holder.get()));
        }
        return true;
    }

    /** Cells whose processes are still busy with generation 1. */
    private List<ExperimentSpec> firstGenerationsUnderWay() {
        return running.stream()
                .filter(index -> cell(index).spec().model().takesLong())
                .filter(index -> cell(index).spec().seeds().stream()
                        .anyMatch(seed -> run(index).seed(seed).nextGeneration() == 1))
                .map(index -> cell(index).spec())
                .toList();
    }

    private static boolean sharesFirstGeneration(ExperimentSpec one, ExperimentSpec other) {
        return one.model().equals(other.model())
                && one.dataset().equals(other.dataset())
                && one.loop().initial() == other.loop().initial()
                && one.seeds().stream().anyMatch(other.seeds()::contains);
    }

    /** Takes back a cell that was begun. */
    void ended(int index, Ending ending) {
        running.remove(index);
        attempts[index]++;
        if (ending.exitCode() == ExitCode.DONE.code()) {
            results.put(index, result(index, State.DONE, ""));
        } else if (ending.exitCode() == ExitCode.INTERRUPTED.code()) {
            results.put(index, result(index, State.INTERRUPTED, ending.message()));
        } else if (isHeld(index, run(index))) {
            attempts[index]--; // another process was faster
        } else if (attempts[index] < SweepRunner.MOST_ATTEMPTS && !ending.isForGood() && !failFast) {
            progress.message("%s failed, and is tried once more when its turn comes again: %s"
                    .formatted(place(index), ending.message()));
            pending.addLast(index);
        } else {
            fail(index, ending.message());
        }
    }

    private void fail(int index, @Nullable String message) {
        anyFailed = true;
        results.put(index, result(index, State.FAILED, String.valueOf(message)));
        progress.message("%s failed: %s".formatted(place(index), message));
    }

    /** Looks once more at the cells of other processes, which may have ended. */
    void lookAgain() {
        pending.addAll(held);
        held.clear();
    }

    /** Whether a cell has failed and that is to end the sweep. */
    boolean endsEarly() {
        return failFast && anyFailed;
    }

    boolean isOver() {
        return results.size() == cells.size();
    }

    /** A result a cell, in the sweep's order. */
    List<Result> results() {
        return IntStream.range(0, cells.size())
                .mapToObj(index -> results.getOrDefault(index, result(index, State.NOT_RUN, "")))
                .toList();
    }

    /** What a cell is called in progress: "cell 3 of 12, sampling.bias=0.5". */
    String place(int index) {
        return "cell %d of %d, %s"
                .formatted(index + 1, cells.size(), cell(index).name());
    }

    private Result result(int index, State state, String message) {
        return new Result(cell(index), state, attempts[index], message);
    }

    private SweepCell cell(int index) {
        return cells.get(index);
    }

    private RunFolder run(int index) {
        return folder.cell(cell(index).name());
    }
}
