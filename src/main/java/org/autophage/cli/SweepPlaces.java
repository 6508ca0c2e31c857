package org.autophage.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.program.Device;
import org.autophage.program.Gpu;
import org.autophage.program.Gpu.Reading;
import org.autophage.sweep.CellProgram;
import org.autophage.sweep.SweepSpec;
import org.jspecify.annotations.Nullable;

/**
 * Where the cells of a sweep run: one process a GPU, or as many as were asked for.
 *
 * @param devices where each place's cells run, such as gpu:1/4; empty where their specs say it
 * @param environment what each place's processes get
 */
record SweepPlaces(List<String> devices, List<Map<String, String>> environment) {
    /** What a client of NVIDIA's MPS may take of each GPU's memory; without MPS nobody looks at it. */
    private static final String MPS_LIMIT = "CUDA_MPS_PINNED_DEVICE_MEM_LIMIT";

    private static final long MEBIBYTE = 1 << 20;

    /**
     * What a machine has for cells.
     *
     * @param gpus how many libtorch sees; asked only if cells may use any
     * @param memory a GPU's bytes, where its driver tells
     * @param environment of this process
     */
    record Hardware(IntSupplier gpus, IntFunction<Optional<Long>> memory, int cores, Map<String, String> environment) {
        static Hardware here() {
            return new Hardware(
                    Device::gpuCount,
                    gpu -> Gpu.at(gpu).flatMap(Gpu::read).map(Reading::totalBytes),
                    Runtime.getRuntime().availableProcessors(),
                    System.getenv());
        }

        /** Several processes share the cores, unless somebody has said how many threads each has. */
        private Map<String, String> threads(int processes) {
            return environment.containsKey(CellProgram.THREADS)
                    ? Map.of()
                    : Map.of(CellProgram.THREADS, String.valueOf(Math.max(1, cores / processes)));
        }
    }

    /**
     * The places of this machine.
     *
     * @param jobs how many cells at a time, or null for one a GPU, or one
     * @param perGpu how many share a GPU, with at most {@code jobs} in all; null for as many as {@code jobs} makes it
     * @param machine this one
     * @throws AutophageException NO_DEVICE if a GPU is to be shared and there is none, USAGE if cells name their device
     */
    static SweepPlaces of(SweepSpec sweep, @Nullable Integer jobs, @Nullable Integer perGpu, Hardware machine) {
        boolean any = mayUseAnyGpu(sweep);
        int gpus = any ? machine.gpus().getAsInt() : 0;
        if (perGpu != null) {
            requireGpus(perGpu, any, gpus);
            int most = Math.multiplyExact(gpus, perGpu);
            return shared(jobs == null ? most : Math.min(jobs, most), gpus, perGpu, machine);
        }
        if (gpus == 0) {
            return onCpu(jobs == null ? 1 : jobs, machine);
        }
        List<String> devices = new ArrayList<>();
        for (int job = 0; job < (jobs == null ? gpus : jobs); job++) {
            devices.add("gpu:" + job % gpus);
        }
        return new SweepPlaces(devices, sameEverywhere(devices.size(), Map.of()));
    }

    /** Whether no cell says which device it is to run on. */
    static boolean mayUseAnyGpu(SweepSpec sweep) {
        return !sweep.isOver("device")
                && sweep.cells().stream().allMatch(cell -> cell.spec().device().matches("auto|gpu"));
    }

    private static void requireGpus(int perGpu, boolean any, int gpus) {
        if (!any) {
            throw AutophageException.usage(
                    "--per-gpu %d: the cells' device is in the spec; it must be auto or gpu for a GPU to be given to several"
                            .formatted(perGpu));
        }
        if (gpus == 0) {
            throw new AutophageException(
                    ExitCode.NO_DEVICE,
                    "--per-gpu %d: this machine has no GPU that libtorch sees; './autophage doctor' says why; --jobs %d runs as many on the CPU"
                            .formatted(perGpu, perGpu));
        }
    }

    private static SweepPlaces shared(int count, int gpus, int perGpu, Hardware machine) {
        List<String> devices = new ArrayList<>();
        List<Map<String, String>> environment = new ArrayList<>();
        for (int place = 0; place < count; place++) {
            int gpu = place % gpus;
            devices.add("gpu:%d/%d".formatted(gpu, perGpu));
            Map<String, String> each = new HashMap<>(machine.threads(count));
            if (!machine.environment().containsKey(MPS_LIMIT)) {
                machine.memory()
                        .apply(gpu)
                        .ifPresent(bytes -> each.put(MPS_LIMIT, "%d=%dM".formatted(gpu, bytes / perGpu / MEBIBYTE)));
            }
            environment.add(Map.copyOf(each));
        }
        return new SweepPlaces(devices, environment);
    }

    /** A single process keeps libtorch's own number of threads. */
    private static SweepPlaces onCpu(int jobs, Hardware machine) {
        return new SweepPlaces(
                sameEverywhere(jobs, ""), sameEverywhere(jobs, jobs == 1 ? Map.of() : machine.threads(jobs)));
    }

    private static <T> List<T> sameEverywhere(int count, T each) {
        return Collections.nCopies(count, each);
    }

    /** What a place adds to a cell's spec, such as device=gpu:1. */
    List<String> overrides(int place) {
        return devices.get(place).isEmpty() ? List.of() : List.of("device=" + devices.get(place));
    }

    int count() {
        return devices.size();
    }
}
