package org.autophage.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.autophage.program.Device;
import org.autophage.sweep.SweepSpec;
import org.jspecify.annotations.Nullable;

/**
 * Where the cells of a sweep run: one process a GPU, or as many as were asked for.
 *
 * @param overrides what each place adds to a cell's spec, such as device=gpu:1
 * @param environment what all processes get
 */
record SweepPlaces(List<List<String>> overrides, Map<String, String> environment) {
    private static final String THREADS = "OMP_NUM_THREADS";

    /**
     * The places of this machine.
     *
     * @param jobs how many cells at a time, or null for one a GPU, or one
     */
    static SweepPlaces of(SweepSpec sweep, @Nullable Integer jobs) {
        int gpus = mayUseAnyGpu(sweep) ? Device.gpuCount() : 0;
        if (gpus == 0) {
            return onCpu(jobs == null ? 1 : jobs);
        }
        List<List<String>> overrides = new ArrayList<>();
        for (int job = 0; job < (jobs == null ? gpus : jobs); job++) {
            overrides.add(List.of("device=gpu:" + job % gpus));
        }
        return new SweepPlaces(overrides, Map.of());
    }

    private static boolean mayUseAnyGpu(SweepSpec sweep) {
        return !sweep.isOver("device")
                && sweep.cells().stream().allMatch(cell -> cell.spec().device().matches("auto|gpu"));
    }

    /** Several processes share the cores; a single one keeps libtorch's own number of threads. */
    private static SweepPlaces onCpu(int jobs) {
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / jobs);
        boolean chosen = jobs == 1 || System.getenv(THREADS) != null;
        List<List<String>> overrides = new ArrayList<>();
        for (int job = 0; job < jobs; job++) {
            overrides.add(List.of());
        }
        return new SweepPlaces(overrides, chosen ? Map.of() : Map.of(THREADS, String.valueOf(threads)));
    }

    int count() {
        return overrides.size();
    }
}
