package org.autophage.program;

import com.sun.jna.Native;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import oshi.jna.common.Nvml;
import oshi.util.gpu.NvmlUtilJNA;

/** An NVIDIA GPU as its driver sees it, whoever uses it: its name, and through NVML how busy and how full it is. */
public final class Gpu {
    private final String name;
    /** NVML's name for it; null where there is no NVML, or it knows no such card (as in a virtual machine's share of one). */
    private final @Nullable String id;

    /**
     * How a GPU is used, by all processes together.
     *
     * @param percent of the last moments (NVML: a sixth of a second to a second) in which it computed anything; null where
     *     the driver does not tell, as of a part of a card
     * @param usedBytes memory that is taken, libtorch's cache of freed tensors included
     * @param totalBytes memory that there is
     */
    public record Reading(@Nullable Double percent, long usedBytes, long totalBytes) {}

    private Gpu(String name, @Nullable String id) {
        this.name = name;
        this.id = id;
    }

    /** The GPU that CUDA gives this number, without preparing it for anything; empty where the driver does not know it. */
    public static Optional<Gpu> at(int ordinal) {
        return CudaDriver.card(ordinal)
                .map(card -> new Gpu(card.name(), OpenNvml.IS_OPEN ? NvmlUtilJNA.findDevice(card.busId()) : null));
    }

    /** The card's name, such as "NVIDIA H100 80GB HBM3". */
    public String name() {
        return name;
    }

    /** How it is used now; empty where the driver does not tell. Asks the driver, not the GPU's queue of work. */
    public Optional<Reading> read() {
        if (id == null) {
            return Optional.empty();
        }
        double percent = NvmlUtilJNA.getGpuUtilization(id);
        long used = NvmlUtilJNA.getVramUsed(id);
        long total = NvmlUtilJNA.getVramTotal(id);
        return used < 0 || total <= 0
                ? Optional.empty()
                : Optional.of(new Reading(percent < 0 ? null : percent, used, total));
    }

    /**
     * Opens NVML for as long as the process lives. oshi opens and closes it around every question; as NVML counts its
     * users, that is then nothing but counting, and a question takes microseconds.
     */
    private static final class OpenNvml {
        static final boolean IS_OPEN = open();

        private static boolean open() {
            try {
                return NvmlUtilJNA.isAvailable()
                        && Native.load("nvidia-ml", Nvml.NvmlLibrary.class).nvmlInit_v2() == Nvml.NVML_SUCCESS;
            } catch (UnsatisfiedLinkError noNvml) {
                return false;
            }
        }
    }
}
