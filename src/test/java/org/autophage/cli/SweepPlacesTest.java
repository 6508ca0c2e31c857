package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.cli.SweepPlaces.Hardware;
import org.autophage.sweep.SweepSpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepPlacesTest {
    @TempDir
    private Path folder;

    private SweepSpec sweep(String device) throws IOException {
        Path file = Files.writeString(
                folder.resolve("map.yaml"), "device: " + device + "\nsweep: {loop.synthetic: [10, 20]}\n");
        return SweepSpec.read(file, List.of());
    }

    private SweepPlaces places(int gpus, @Nullable Integer jobs, @Nullable Integer perGpu) throws IOException {
        return SweepPlaces.of(sweep("auto"), jobs, perGpu, machine(gpus, Map.of()));
    }

    /** With 80 GiB a GPU and 16 cores. */
    private static Hardware machine(int gpus, Map<String, String> environment) {
        return new Hardware(() -> gpus, gpu -> Optional.of(80L << 30), 16, environment);
    }

    @Test
    void cellsAreSpreadOverTheGpus() throws IOException {
        assertThat(places(2, null, null).devices()).containsExactly("gpu:0", "gpu:1");
        assertThat(places(2, 3, null).devices()).containsExactly("gpu:0", "gpu:1", "gpu:0");
        assertThat(places(2, null, 2).devices()).containsExactly("gpu:0/2", "gpu:1/2", "gpu:0/2", "gpu:1/2");
        assertThat(places(2, 3, 2).devices()).containsExactly("gpu:0/2", "gpu:1/2", "gpu:0/2");
        assertThat(places(2, 30, 2).count()).isEqualTo(4);
        assertThat(places(2, null, 2).overrides(1)).containsExactly("device=gpu:1/2");
    }

    @Test
    void withoutAGpuCellsRunAsTheirSpecsSay() throws IOException {
        assertThat(places(0, null, null).count()).isEqualTo(1);
        SweepPlaces two = places(0, 2, null);
        assertThat(two.count()).isEqualTo(2);
        assertThat(two.overrides(1)).isEmpty();
        assertThat(SweepPlaces.of(sweep("gpu:1"), null, null, machine(4, Map.of()))
                        .overrides(0))
                .isEmpty();
    }

    @Test
    void thoseWhoShareAGpuShareItsMemoryAndTheCores() throws IOException {
        assertThat(places(2, null, 4).environment().get(3))
                .containsOnly(
                        entry("OMP_NUM_THREADS", "2"), // 16 cores, 8 cells
                        entry("CUDA_MPS_PINNED_DEVICE_MEM_LIMIT", "1=20480M")); // 80 GiB, 4 cells
        assertThat(places(1, null, 32).environment().get(0)).containsEntry("OMP_NUM_THREADS", "1");
        assertThat(places(1, null, null).environment()).containsExactly(Map.of());
        assertThat(places(0, 5, null).environment().get(4)).containsOnly(entry("OMP_NUM_THREADS", "3"));
    }

    @Test
    void whatSomebodyHasSetStays() throws IOException {
        Map<String, String> set = Map.of("OMP_NUM_THREADS", "5", "CUDA_MPS_PINNED_DEVICE_MEM_LIMIT", "0=1G");
        assertThat(SweepPlaces.of(sweep("auto"), null, 2, machine(1, set)).environment())
                .containsExactly(Map.of(), Map.of());
    }

    @Test
    void sharingNeedsAGpuThatNobodyHasChosen() {
        refused("auto", 0, ExitCode.NO_DEVICE, "--per-gpu 4: this machine has no GPU");
        refused("cpu", 1, ExitCode.USAGE, "--per-gpu 4: the cells' device is in the spec");
        refused("gpu:1", 2, ExitCode.USAGE, "--per-gpu 4: the cells' device is in the spec");
    }

    private void refused(String device, int gpus, ExitCode exitCode, String message) {
        assertThatThrownBy(() -> SweepPlaces.of(sweep(device), null, 4, machine(gpus, Map.of())))
                .isInstanceOf(AutophageException.class)
                .hasMessageStartingWith(message)
                .extracting(e -> ((AutophageException) e).exitCode())
                .isEqualTo(exitCode);
    }
}
