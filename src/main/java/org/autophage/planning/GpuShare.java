package org.autophage.planning;

import java.util.Optional;
import java.util.function.Supplier;
import org.autophage.program.Device;
import org.autophage.program.DeviceName;
import org.autophage.program.Gpu;
import org.autophage.program.Gpu.Reading;

/**
 * How many processes like this one a GPU holds at a time, by how much more of its memory is taken since this one began to use
 * it: CUDA's own part and freed tensors that libtorch keeps included, so that it tells the most that was needed so far. What
 * other processes take meanwhile is counted too.
 */
public final class GpuShare {
    private final Supplier<Optional<Reading>> gpu;
    private final long before;

    /**
     * What was found.
     *
     * @param bytes that this process takes
     * @param total that the GPU has
     */
    public record Found(long bytes, long total) {
        /** How many such processes there is memory for. */
        public long fit() {
            return total / bytes;
        }
    }

    private GpuShare(Supplier<Optional<Reading>> gpu) {
        this.gpu = gpu;
        this.before = gpu.get().map(Reading::usedBytes).orElse(0L);
    }

    /** Begins to look at a device, which this process has not used yet; finds nothing where it is no GPU, or its driver does not tell. */
    public static GpuShare begin(String device) {
        DeviceName name = DeviceName.parse(device).orElseThrow();
        return begin(
                name.isCpu() || Device.gpuCount() == 0
                        ? Optional::empty
                        : () -> Gpu.at(name.index()).flatMap(Gpu::read));
    }

    static GpuShare begin(Supplier<Optional<Reading>> gpu) {
        return new GpuShare(gpu);
    }

    /** What this process takes now; empty where that cannot be told. */
    public Optional<Found> now() {
        return gpu.get()
                .filter(reading -> reading.usedBytes() > before)
                .map(reading -> new Found(reading.usedBytes() - before, reading.totalBytes()));
    }
}
