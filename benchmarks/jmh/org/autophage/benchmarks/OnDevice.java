package org.autophage.benchmarks;

import java.util.concurrent.TimeUnit;
import org.autophage.program.Device;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A benchmark on a device: how often it is measured, and the device that it opens and closes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xmx4g", "-Dai.djl.offline=true", "-Djava.awt.headless=true"})
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public abstract class OnDevice {
    /** As in a spec: cpu, gpu, gpu:N. */
    @Param("cpu")
    public String deviceName;

    protected Device device;

    @Setup
    public final void openAll() {
        device = Device.of(deviceName);
        open();
    }

    /** Prepares what is not timed. */
    protected abstract void open();

    @TearDown
    public final void closeAll() {
        close();
        device.close();
    }

    protected abstract void close();
}
