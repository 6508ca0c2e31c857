package org.autophage.program;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Interruptible;
import org.autophage.base.StopSignal;
import org.jspecify.annotations.Nullable;

/** Where programs run: the CPU or one GPU, and the scope of what lives as long as the process. */
public final class Device extends Scope {
    private final ai.djl.Device device;
    private final Optional<Gpu> gpu;

    private Device(ai.djl.Device device) {
        super(NDManager.newBaseManager(device, "PyTorch"));
        this.device = device;
        this.gpu = device.isGpu() ? Gpu.at(device.getDeviceId()) : Optional.empty();
    }

    /**
     * The device that a spec names.
     *
     * @param name as {@link DeviceName} has it
     * @throws AutophageException NO_DEVICE if it is not there, USAGE if the name is none of these
     */
    public static Device of(String name) {
        DeviceName asked = DeviceName.parse(name)
                .orElseThrow(() -> AutophageException.usage("device is '" + name + "': " + DeviceName.FORM));
        int gpus = engine().getGpuCount();
        if (asked.isCpu() || asked.kind().equals("auto") && gpus == 0) {
            return new Device(ai.djl.Device.cpu());
        }
        int index = asked.index();
        if (index >= gpus) {
            throw new AutophageException(
                    ExitCode.NO_DEVICE,
                    "device is '%s' but libtorch sees %s; './autophage doctor' says why; device: cpu would run"
                            .formatted(name, gpus == 0 ? "no GPU" : gpus + " GPU" + (gpus == 1 ? "" : "s")));
        }
        return onGpu(index);
    }

    /** Opens a GPU and looks that what is made there is there, so that nothing ever computes elsewhere unnoticed. */
    private static Device onGpu(int index) {
        String name = "gpu:" + index;
        try {
            Device device = new Device(ai.djl.Device.gpu(index));
            try (Scope scope = device.newScope()) {
                ai.djl.Device found = scope.zeros(1).array().getDevice();
                if (!found.isGpu() || found.getDeviceId() != index) {
                    device.close();
                    throw new AutophageException(
                            ExitCode.NO_DEVICE, "tensors for %s are on %s: this is a bug".formatted(name, found));
                }
            }
            return device;
        } catch (EngineException e) {
            throw new AutophageException(
                    ExitCode.NO_DEVICE,
                    name + " could not be opened: " + reason(e)
                            + "; 'nvidia-smi' shows who uses it; device: cpu would run",
                    e);
        }
    }

    private static String reason(EngineException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
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
        } catch (EngineException | LinkageError e) {
            throw new AutophageException(
                    ExitCode.NO_DEVICE, "libtorch could not be loaded: " + EngineFailure.explain(e), e);
        }
    }

    public boolean isGpu() {
        return device.isGpu();
    }

    /** cpu, or gpu:N. */
    public String name() {
        return device.isGpu() ? "gpu:" + device.getDeviceId() : "cpu";
    }

    /** The GPU as its driver sees it; empty on the CPU, and where the driver does not tell. */
    public Optional<Gpu> gpu() {
        return gpu;
    }

    /** cpu, or gpu:N with the card's name, such as "gpu:0 NVIDIA H100 80GB HBM3", and whether it rounds to TF32. */
    public String description() {
        String card = gpu.map(each -> name() + " " + each.name()).orElseGet(this::name);
        return roundsToTf32() ? card + ", TF32" : card;
    }

    /**
     * Whether a GPU may round float32 products to TensorFloat-32, which CUDA's libraries are told by an environment variable
     * before they are loaded.
     */
    public boolean roundsToTf32() {
        return isGpu() && !"0".equals(System.getenv("NVIDIA_TF32_OVERRIDE"));
    }

    /** Waits until the device has done all that it was given: a GPU works on after calls have returned. */
    public void awaitWork() {
        if (isGpu()) {
            try (Scope scope = newScope()) {
                scope.zeros(1).toFloats(); // a copy to Java waits for what was asked before it
            }
        }
    }

    /** Seeds the generators of random ops; those of this process, so that one thread at a time may depend on them. */
    public void seed(long seed) {
        JniUtils.setSeed(seed);
    }

    /**
     * Runs parts of a piece of work side by side, as many as ops have threads, each with one thread inside its ops: for
     * batches of small problems that libtorch works off one after the other.
     *
     * @param count of all problems
     * @param part works on the problems from (inclusive) to to (exclusive)
     */
    public void inParallel(int count, Part part) {
        int available = JniUtils.getNumThreads();
        int threads = isGpu() ? 1 : Math.min(available, count);
        List<Thread> workers = new ArrayList<>();
        AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
        StopSignal stop = Interruptible.signal();
        for (int i = 0; i < threads; i++) {
            int from = (int) ((long) count * i / threads);
            int to = (int) ((long) count * (i + 1) / threads);
            Thread worker = new Thread(() -> {
                JniUtils.setNumThreads(1); // of the calling thread
                try {
                    Interruptible.until(stop, () -> {
                        part.work(from, to);
                        return to;
                    });
                } catch (RuntimeException e) {
                    failure.set(e);
                }
            });
            worker.start();
            workers.add(worker);
        }
        workers.forEach(Device::join);
        JniUtils.setNumThreads(available); // the linear algebra's number is the process's
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    /** Waits for a worker, which nothing can stop half-way. */
    private static void join(Thread worker) {
        boolean interrupted = false;
        while (worker.isAlive()) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** One part of a piece of work. */
    @FunctionalInterface
    public interface Part {
        /** Works on the problems from (inclusive) to to (exclusive). */
        void work(int from, int to);
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
