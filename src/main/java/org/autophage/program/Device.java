package org.autophage.program;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;

/** Where programs run: the CPU or one GPU, and the scope of what lives as long as the process. */
public final class Device extends Scope {
    private final ai.djl.Device device;

    private Device(ai.djl.Device device) {
        super(NDManager.newBaseManager(device, "PyTorch"));
        this.device = device;
    }

    /**
     * The device that a spec names.
     *
     * @param name auto (a GPU if there is one), cpu, gpu, or gpu:N
     * @throws AutophageException NO_DEVICE if it is not there, USAGE if the name is none of these
     */
    public static Device of(String name) {
        if (!name.matches("auto|cpu|gpu(:\\d{1,3})?")) {
            throw AutophageException.usage("device is '" + name + "': must be auto, cpu, gpu or gpu:N");
        }
        int gpus = engine().getGpuCount();
        if (name.equals("cpu") || name.equals("auto") && gpus == 0) {
            return new Device(ai.djl.Device.cpu());
        }
        int index = name.startsWith("gpu:") ? Integer.parseInt(name.substring(4)) : 0;
        if (index >= gpus) {
            throw new AutophageException(
                    ExitCode.NO_DEVICE,
                    "device is '%s' but libtorch sees %s; './autophage doctor' says why; device: cpu would run"
                            .formatted(name, gpus == 0 ? "no GPU" : gpus + " GPU" + (gpus == 1 ? "" : "s")));
        }
        return new Device(ai.djl.Device.gpu(index));
    }

    /** The version of libtorch, such as "2.7.1". */
    public static String libtorchVersion() {
        return engine().getVersion();
    }

    public static int gpuCount() {
        return engine().getGpuCount();
    }

    /** Threads that libtorch uses inside an op on the CPU. */
    public static int threads() {
        engine();
        return JniUtils.getNumThreads();
    }

    private static Engine engine() {
        try {
            return Engine.getEngine("PyTorch");
        } catch (EngineException e) {
            throw new AutophageException(
                    ExitCode.NO_DEVICE,
                    "libtorch could not be loaded: " + e.getMessage()
                            + "; './autophage doctor' says what was looked for",
                    e);
        }
    }

    public boolean isGpu() {
        return device.isGpu();
    }

    /** cpu, or gpu:N. */
    public String name() {
        return device.isGpu() ? "gpu:" + device.getDeviceId() : "cpu";
    }

    /** Seeds the generators of random ops; those of this process, so that one thread at a time may depend on them. */
    public void seed(long seed) {
        JniUtils.setSeed(seed);
    }

    /**
     * Runs something with one thread inside ops: on few cores libtorch's float64 eigenvalues are a hundred times slower
     * with all threads than with one.
     */
    public <T> T withOneThread(Supplier<T> work) {
        int threads = JniUtils.getNumThreads();
        JniUtils.setNumThreads(1);
        try {
            return work.get();
        } finally {
            JniUtils.setNumThreads(threads);
        }
    }
}
