package org.autophage.experiment;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.autophage.base.AutophageException;
import org.autophage.program.Device;
import org.autophage.program.Gpu;

/**
 * What models would run on, and why.
 *
 * @param works whether libtorch could be loaded
 * @param libtorch its version and kind, or why it could not be loaded
 * @param device the device that {@code device: auto} means here, and why it is no GPU if it is none
 * @param memory of the machine and of Java's heap
 */
public record EngineDiagnosis(boolean works, String libtorch, String device, String memory) {
    /** Set by the launcher: which libtorch it put on the class path. */
    private static final String NATIVES = "autophage.natives";

    /** Loads libtorch and looks at what it sees. */
    public static EngineDiagnosis ofThisProcess() {
        String natives = natives();
        try {
            int gpus = Device.gpuCount();
            String libtorch = "%s (%s), %d threads".formatted(Device.libtorchVersion(), natives, Device.threads());
            String device = gpus == 0 ? "cpu: " + whyNoGpu(natives) : gpu(gpus);
            return new EngineDiagnosis(true, libtorch, device, describeMemory());
        } catch (AutophageException e) {
            return new EngineDiagnosis(false, String.valueOf(e.getMessage()), "none", describeMemory());
        }
    }

    /** What auto takes, really opened: its name, and how full it is already. */
    private static String gpu(int gpus) {
        try (Device device = Device.of("auto")) {
            String memory = device.gpu()
                    .flatMap(Gpu::read)
                    .map(now -> ", %s of %s in use".formatted(gibibytes(now.usedBytes()), gibibytes(now.totalBytes())))
                    .orElse("");
            return device.description() + memory + (gpus == 1 ? "" : "; libtorch sees " + gpus + " GPUs");
        }
    }

    /** The device that a run takes, for a person: which GPU, or how many threads and why no GPU where there is one. */
    static String describe(Device device) {
        if (device.isGpu()) {
            return device.description();
        }
        String threads = "cpu, %d %s".formatted(Device.threads(), Device.threads() == 1 ? "thread" : "threads");
        return hasDriver() && Device.gpuCount() == 0 ? threads + "; " + whyNoGpu(natives()) : threads;
    }

    private static String natives() {
        return System.getProperty(NATIVES, "cpu");
    }

    private static boolean hasDriver() {
        return Files.exists(Path.of("/proc/driver/nvidia/version")) || Files.exists(Path.of("/dev/nvidia0"));
    }

    private static String whyNoGpu(String natives) {
        if (!hasDriver()) {
            return "no NVIDIA driver was found";
        }
        return natives.equals("cpu")
                ? "there is an NVIDIA driver, but libtorch for the CPU is in use; `./autophage setup cuda` fetches the"
                        + " other one (unless AUTOPHAGE_NATIVES says cpu)"
                : "there is an NVIDIA driver, but libtorch (" + natives + ") sees no GPU; see `nvidia-smi`, and"
                        + " CUDA_VISIBLE_DEVICES";
    }

    private static String describeMemory() {
        long heap = Runtime.getRuntime().maxMemory();
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? "%s, Java's heap up to %s".formatted(gibibytes(system.getTotalMemorySize()), gibibytes(heap))
                : "Java's heap up to " + gibibytes(heap);
    }

    private static String gibibytes(long bytes) {
        return "%.1f GiB".formatted(bytes / (double) (1L << 30));
    }
}
