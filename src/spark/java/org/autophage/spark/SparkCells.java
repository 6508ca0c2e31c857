package org.autophage.spark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfile$;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.FolderLock;
import org.autophage.base.Progress;
import org.autophage.base.StopSignal;
import org.autophage.sweep.Absence;
import org.autophage.sweep.CellCluster.Session;
import org.autophage.sweep.CellProgram;
import org.autophage.sweep.CellWorker.Ending;
import org.jspecify.annotations.Nullable;

/**
 * An application on a Spark cluster whose jobs are cells. It begins when first asked for slots. Spark chooses the executor, and
 * another one where that is lost (spark.task.maxFailures).
 */
final class SparkCells implements Session {
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration TO_CONNECT = Duration.ofSeconds(5);
    private static final Duration TO_CHECKPOINT = Duration.ofMinutes(5);

    /** Cells beyond those that have room, for which more executors come where Spark allocates them; each is a thread. */
    private static final int WAITING = 16;

    private final SparkSettings settings;
    private final Absence absence;
    private final AtomicInteger underWay = new AtomicInteger();
    private @Nullable Application application;

    /**
     * What is under way.
     *
     * @param profile what a task asks for
     */
    private record Application(JavaSparkContext context, ResourceProfile profile) {}

    SparkCells(SparkSettings settings, Progress progress) {
        this.settings = settings;
        this.absence = new Absence(
                "executor with %s from %s".formatted(settings.wanted(), settings.master()),
                settings.patience(),
                "--spark %s=600s".formatted(SparkSettings.PATIENCE),
                progress);
    }

    @Override
    public int slots() {
        Application asked = application();
        if (asked.context().sc().isStopped()) {
            throw AutophageException.failed("%s has ended the application; the same command goes on where it stopped"
                    .formatted(settings.master()));
        }
        boolean comeForTasks = settings.conf().getBoolean("spark.dynamicAllocation.enabled", false);
        int slots = asked.context().sc().maxNumConcurrentTasks(asked.profile());
        if (slots > 0 || comeForTasks && underWay.get() == 0) {
            absence.ends();
        } else {
            absence.goesOn();
        }
        return comeForTasks ? slots + WAITING : slots;
    }

    private synchronized Application application() {
        Application begunBefore = application;
        if (begunBefore != null) {
            return begunBefore;
        }
        requireMaster();
        try {
            JavaSparkContext context = new JavaSparkContext(settings.conf());
            Application now = new Application(context, profile());
            context.sc().resourceProfileManager().addResourceProfile(now.profile());
            application = now;
            return now;
        } catch (Exception | LinkageError e) { // Scala does not say what it throws
            throw new AutophageException(
                    ExitCode.FAILED, "Spark could not begin on %s: %s".formatted(settings.master(), firstLine(e)), e);
        }
    }

    /** Asks a master of Spark's own whether it is there, for which Spark itself takes a minute. */
    private void requireMaster() {
        List<InetSocketAddress> masters = settings.masters();
        if (masters.isEmpty()) {
            return;
        }
        IOException reason = new IOException("none is named");
        for (InetSocketAddress master : masters) {
            try (Socket socket = new Socket()) {
                socket.connect(master, (int) TO_CONNECT.toMillis());
                return;
            } catch (IOException e) {
                reason = e;
            }
        }
        throw AutophageException.failed(
                "Spark's master %s does not answer: %s".formatted(settings.master(), reason.getMessage()));
    }

    /** A task's cores are the application's; a GPU, or its part of one, is asked for beside. */
    private ResourceProfile profile() {
        if (!settings.gpus()) {
            return ResourceProfile$.MODULE$.getOrCreateDefaultProfile(settings.conf());
        }
        return new ResourceProfileBuilder()
                .require(new TaskResourceRequests().cpus(settings.cores()).resource("gpu", 1.0 / settings.perGpu()))
                .build();
    }

    @Override
    public Ending run(String folder, CellProgram program, StopSignal stop) {
        underWay.incrementAndGet();
        try {
            return runTask(folder, program, stop);
        } finally {
            underWay.decrementAndGet();
        }
    }

    private Ending runTask(String folder, CellProgram program, StopSignal stop) {
        Application now = application();
        String job = UUID.randomUUID().toString();
        now.context().setJobGroup(job, folder, true); // of this thread; a job that is cancelled interrupts its task
        JavaRDD<CellProgram> cell = now.context().parallelize(List.of(program), 1);
        JavaRDD<CellProgram> placed = settings.gpus() ? cell.withResources(now.profile()) : cell;
        Future<List<Ending>> running =
                placed.map(new CellTask(folder, settings.perGpu())).collectAsync();
        boolean asked = false;
        try {
            while (true) {
                try {
                    return running.get(LOOK.toMillis(), TimeUnit.MILLISECONDS).get(0);
                } catch (TimeoutException goesOn) {
                    if (!asked && stop.requested()) {
                        asked = true;
                        now.context().cancelJobGroup(job);
                    }
                }
            }
        } catch (ExecutionException | CancellationException e) {
            return asked ? awaitCheckpoint(folder) : new Ending(ExitCode.FAILED.code(), reason(e));
        } catch (InterruptedException e) {
            now.context().cancelJobGroup(job);
            Thread.currentThread().interrupt();
            throw StopSignal.interrupted();
        }
    }

    /** A job ends as soon as it is cancelled, its process after a checkpoint: the executor has to live until then. */
    private static Ending awaitCheckpoint(String folder) {
        Instant end = Instant.now().plus(TO_CHECKPOINT);
        while (Instant.now().isBefore(end)
                && FolderLock.holderOf(Path.of(folder)).isPresent()) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return new Ending(ExitCode.INTERRUPTED.code(), "");
    }

    /** Of a job that was given up, without the stack traces of executors. */
    private static String reason(Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return "Spark gave it up: " + firstLine(cause);
    }

    private static String firstLine(Throwable e) {
        String text = String.valueOf(e.getMessage());
        return e.getClass().getSimpleName() + ": " + text.lines().findFirst().orElse("");
    }

    @Override
    public synchronized void close() {
        if (application != null) {
            application.context().close();
        }
    }
}
