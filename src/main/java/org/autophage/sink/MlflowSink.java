package org.autophage.sink;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.autophage.base.ExitCode;
import org.autophage.base.Progress;
import org.autophage.run.RunFolder;
import org.autophage.run.SeedFolder;
import org.jspecify.annotations.Nullable;

/**
 * Logs to an MLflow server from a daemon thread, so that a server that is dead or slow neither stops nor slows the run:
 * the run leaves a note of the seed that has something new, in a bounded queue, and goes on. A server that fails is said
 * once and left alone for a while; what it lacks is logged with the next attempt, at the end, or when the run is resumed.
 */
final class MlflowSink implements Sink {
    /** Waits and limits of time. */
    record Patience(Duration call, Duration afterFailure, Duration end) {
        static final Patience DEFAULT =
                new Patience(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(15));
    }

    /** Seeds that wait; a seed waits at most once, so that this is enough for any run. */
    private static final int QUEUE = 64;

    private static final long POLL_MILLIS = 200;

    private final String server;
    private final MlflowLog log;
    private final Progress progress;
    private final Patience patience;
    private final BlockingQueue<SeedFolder> waiting = new ArrayBlockingQueue<>(QUEUE);
    private final Set<SeedFolder> seen = new LinkedHashSet<>();
    private final Thread worker = new Thread(this::work, "mlflow");
    private volatile @Nullable ExitCode outcome;
    private boolean complained;

    MlflowSink(String server, MlflowLog log, Progress progress, Patience patience) {
        this.server = server;
        this.log = log;
        this.progress = progress;
        this.patience = patience;
        worker.setDaemon(true);
    }

    static final class Opening implements Opener<String> {
        @Override
        public Sink open(String server, RunFolder run, Progress progress) {
            MlflowClient client = new MlflowClient(server, Patience.DEFAULT.call(), System.getenv());
            MlflowSink sink = new MlflowSink(server, new MlflowLog(server, client, run), progress, Patience.DEFAULT);
            sink.start();
            return sink;
        }
    }

    void start() {
        worker.start();
    }

    @Override
    public void catchUp(SeedFolder seed) {
        seen.add(seed);
        if (!waiting.contains(seed)) {
            waiting.offer(seed); // refused by a full queue it is caught up with at the end
        }
    }

    @Override
    public void end(ExitCode how) {
        seen.forEach(this::catchUp);
        outcome = how;
        try {
            worker.join(patience.end().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        worker.interrupt();
        int missing = seen.stream().mapToInt(log::missing).sum();
        if (missing > 0) {
            progress.message("%d generations were not logged at %s; `autophage resume` logs them when it answers"
                    .formatted(missing, server));
        }
    }

    /** Takes seeds one after the other until the session is over and all are logged, or the server fails then. */
    private void work() {
        long notBefore = System.nanoTime();
        Set<SeedFolder> behind = new LinkedHashSet<>();
        try {
            while (outcome == null || !waiting.isEmpty() || !behind.isEmpty()) {
                SeedFolder next = waiting.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    behind.add(next);
                }
                boolean rests = outcome == null && System.nanoTime() - notBefore < 0;
                if (!rests && !succeeds(() -> catchUp(behind))) {
                    if (outcome != null) {
                        return;
                    }
                    notBefore = System.nanoTime() + patience.afterFailure().toNanos();
                }
            }
            ExitCode how = Objects.requireNonNull(outcome);
            succeeds(() -> log.end(how));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the process is ending
        }
    }

    /** Logs what seeds have; those that are done are taken out. */
    private void catchUp(Set<SeedFolder> behind) throws IOException {
        for (SeedFolder seed : List.copyOf(behind)) {
            log.catchUp(seed);
            behind.remove(seed);
        }
    }

    private interface Calls {
        void run() throws IOException;
    }

    private boolean succeeds(Calls calls) {
        try {
            calls.run();
            return true;
        } catch (IOException | RuntimeException e) {
            complain(e);
            return false;
        }
    }

    private void complain(Exception e) {
        if (!complained && !Thread.currentThread().isInterrupted()) {
            complained = true;
            progress.message(
                    "MLflow at " + server + " does not take records, the run goes on without: " + e.getMessage());
        }
    }
}
