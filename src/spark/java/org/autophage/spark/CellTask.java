package org.autophage.spark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.resource.ResourceInformation;
import org.autophage.base.FolderLock;
import org.autophage.sweep.CellProgram;
import org.autophage.sweep.CellWorker.Ending;

/**
 * What an executor does for a cell: starts its process and waits for it. A task that is killed, or whose executor is, lets go
 * of the process's input, so that it ends after a checkpoint; the task that Spark then tries elsewhere waits for that.
 */
final class CellTask implements Function<CellProgram, Ending> {
    private static final long serialVersionUID = 1L;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final String folder;
    private final int perGpu;

    /**
     * @param folder the cell's run folder
     * @param perGpu how many tasks share a GPU
     */
    CellTask(String folder, int perGpu) {
        this.folder = folder;
        this.perGpu = perGpu;
    }

    @Override
    public Ending call(CellProgram program) throws InterruptedException {
        TaskContext context = TaskContext.get();
        if (context.attemptNumber() > 0) {
            awaitEarlierAttempt(context);
        }
        Map<String, String> environment = new HashMap<>();
        if (!program.environment().containsKey(CellProgram.THREADS)) {
            environment.put(CellProgram.THREADS, String.valueOf(context.cpus()));
        }
        ResourceInformation gpu = context.resourcesJMap().get("gpu");
        if (gpu != null) {
            environment.put("CUDA_DEVICE_ORDER", "PCI_BUS_ID"); // the order in which addresses are discovered
        }
        List<String> device =
                gpu == null ? List.of() : List.of("device=gpu:%s/%d".formatted(gpu.addresses()[0], perGpu));
        return program.with(device, environment).run(context::isInterrupted, line -> {});
    }

    /** Its process has lost its parent and is writing a checkpoint, at the same time as this begins. */
    private void awaitEarlierAttempt(TaskContext context) throws InterruptedException {
        while (FolderLock.holderOf(Path.of(folder)).isPresent()) {
            context.killTaskIfInterrupted();
            Thread.sleep(PAUSE.toMillis());
        }
    }
}
