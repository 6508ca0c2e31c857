package org.autophage.sweep;

import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.autophage.base.AutophageException;
import org.autophage.base.CheckpointStore;
import org.autophage.base.ExitCode;
import org.autophage.base.FolderLock;
import org.autophage.base.Progress;
import org.autophage.base.StopSignal;
import org.autophage.base.Trust;
import org.autophage.base.Work;
import org.autophage.experiment.ReportCadence;
import org.autophage.run.SweepFolder;
import org.autophage.sweep.CellWorker.Ending;
import org.jspecify.annotations.Nullable;

/**
 * Gives the cells of a sweep to a worker, as many at a time as it has places. Cells that are finished are left as they are,
 * so that a sweep killed at any moment goes on where it stopped; one that another live process has is waited for; one that
 * fails is tried once more after all others had their turn, and does not keep them from running.
 */
public final class SweepRunner {
    /** How often a cell is begun that fails, unless it would fail in the same way again. */
    public static final int MOST_ATTEMPTS = 2;

    private static final long SECONDS_BETWEEN_LOOKS = 1;

    private final CellWorker worker;
    private final IntSupplier places;
    private final Progress progress;
    private final StopSignal stop;
    private final Trust trust;
    private final SweepObserver observer;

    /** What became of a cell. */
    public enum State {
        /** Ran to its end now. */
        DONE,
        /** Was finished before. */
        FINISHED,
        FAILED,
        /** Was asked to stop, and wrote a checkpoint. */
        INTERRUPTED,
        /** Another cell failed first, and the sweep was to end at that. */
        NOT_RUN;

        /** Whether all that was asked for is there. */
        public boolean isComplete() {
            return this == DONE || this == FINISHED;
        }
    }

    /**
     * A cell and what became of it.
     *
     * @param attempts how often it was begun now
     * @param message why it failed; empty where it did not
     */
    public record Result(SweepCell cell, State state, int attempts, String message) {}

    /**
     * @param places how many cells the worker can run at a time; asked again and again, for machines come and go
     * @param trust which programs that specs name may run
     * @param observer is told when there is more to report on
     */
    public SweepRunner(
            CellWorker worker,
            IntSupplier places,
            Progress progress,
            StopSignal stop,
            Trust trust,
            SweepObserver observer) {
        this.worker = worker;
        this.places = places;
        this.progress = progress;
        this.stop = stop;
        this.trust = trust;
        this.observer = observer;
    }

    /**
     * Runs a sweep, or goes on with it.
     *
     * @param failFast whether the first cell that fails ends the sweep
     * @return a result a cell, in the sweep's order
     * @throws AutophageException with USAGE, before anything starts, if some cell cannot run or its folder holds another
     *     experiment; with INTERRUPTED if the process was asked to stop
     */
    public List<Result> run(SweepSpec sweep, SweepFolder folder, boolean failFast) {
        sweep.check(folder, new Work(progress, CheckpointStore.NONE, stop, trust));
        try (@Nullable FolderLock lock = folder.begin(sweep.toYaml())) {
            if (lock == null) {
                progress.message(FolderLock.isWorkedOn(folder.root()) + "; its cells are shared out");
            }
            SweepQueue queue = new SweepQueue(sweep.cells(), folder, failFast, progress);
            ExecutorService threads = Executors.newCachedThreadPool();
            try {
                work(queue, sweep, new ExecutorCompletionService<>(threads), folder);
            } finally {
                threads.shutdown();
            }
            observer.changed(folder);
            if (stop.requested()) {
                throw StopSignal.interrupted();
            }
            return queue.results();
        }
    }

    /** A cell that has come back. */
    private record Ended(int index, int place, Ending ending) {}

    private void work(SweepQueue queue, SweepSpec sweep, CompletionService<Ended> service, SweepFolder folder) {
        ReportCadence cadence = new ReportCadence(() -> observer.changed(folder), progress);
        BitSet taken = new BitSet();
        StopSignal end = () -> stop.requested() || queue.endsEarly();
        while (true) {
            boolean begins = !end.requested() && !queue.isOver() && taken.cardinality() < places.getAsInt();
            OptionalInt next = begins ? queue.next() : OptionalInt.empty();
            if (next.isPresent()) {
                int index = next.getAsInt();
                int place = taken.nextClearBit(0);
                taken.set(place);
                progress.message(queue.place(index));
                service.submit(() -> new Ended(index, place, endingOf(index, sweep.cell(index), place, end)));
                continue;
            }
            if (taken.isEmpty() && (end.requested() || queue.isOver())) {
                return;
            }
            @Nullable Ended ended = await(service);
            if (ended == null) {
                queue.lookAgain();
            } else {
                taken.clear(ended.place());
                queue.ended(ended.index(), ended.ending());
                cadence.somethingFinished();
            }
        }
    }

    /** The cell that came back first, or null if none did for a while. */
    private static @Nullable Ended await(CompletionService<Ended> service) {
        try {
            @Nullable Future<Ended> done = service.poll(SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
            return done == null ? null : done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StopSignal.interrupted();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e);
        }
    }

    private Ending endingOf(int index, SweepCell cell, int place, StopSignal end) {
        try {
            return worker.run(index, cell, place, end);
        } catch (AutophageException e) {
            return new Ending(e.exitCode().code(), firstLine(e));
        } catch (RuntimeException e) { // of a fault in this program
            return new Ending(ExitCode.FAILED.code(), e.getClass().getSimpleName() + ": " + firstLine(e));
        }
    }

    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
