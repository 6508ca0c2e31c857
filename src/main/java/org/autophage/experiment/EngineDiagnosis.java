package org.autophage.experiment;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.autophage.base.AutophageException;
import org.autophage.program.Device;

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
        String natives = System.getProperty(NATIVES, "cpu");
        try {
            int gpus = Device.gpuCount();
            String libtorch = "%s (%s), %d threads".formatted(Device.libtorchVersion(), natives, Device.threads());
            String device = gpus == 0 ? "cpu: " + whyNoGpu(natives) : "gpu: libtorch sees " + gpus;
            return new EngineDiagnosis(true, libtorch, device, describeMemory());
        } catch (AutophageException e) {
            return new EngineDiagnosis(false, String.valueOf(e.getMessage()), "none", describeMemory());
        }
    }

    private static String whyNoGpu(String natives) {
        boolean driver = Files.exists(Path.of("/proc/driver/nvidia/version")) || Files.exists(Path.of("/dev/nvidia0"));
        if (!driver) {
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
