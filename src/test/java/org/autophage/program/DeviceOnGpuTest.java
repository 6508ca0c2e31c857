package org.autophage.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.OutOfMemory;
import org.autophage.program.Gpu.Reading;
import org.junit.jupiter.api.Test;

class DeviceOnGpuTest extends OnGpu {
    private static final int SIZE = 4096;

    @Test
    void autoTakesTheGpuAndNamesIt() {
        assumeTrue(gpu.isGpu(), "the CPU stands in for the GPU");
        try (Device auto = Device.of("auto")) {
            assertThat(auto.isGpu()).isTrue();
            assertThat(auto.description()).startsWith("gpu:0 NVIDIA");
        }
    }

    @Test
    void theDriverTellsHowItIsUsed() {
        assumeTrue(gpu.gpu().isPresent(), "the driver does not name the device");
        Reading reading = gpu.gpu().orElseThrow().read().orElseThrow();
        Double percent = reading.percent();
        assertThat(percent == null || percent >= 0 && percent <= 100)
                .describedAs("%s percent", percent)
                .isTrue();
        assertThat(reading.usedBytes()).isBetween(1L << 20, reading.totalBytes());
    }

    @Test
    void aGpuThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> Device.of("gpu:99"))
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NO_DEVICE))
                .hasMessageContaining("libtorch sees");
    }

    private static float[] convolved(Device device, float[] x, float[] w) {
        Graph graph = new Graph("convolved");
        Value images = graph.input("x", 4, 8, 16, 16);
        Value weights = graph.input("w", 8, 8, 3, 3);
        graph.returns(Functional.conv2d(images, weights, null, 1, 1).sigmoid());
        try (Program program = new Program(device, graph);
                Scope scope = device.newScope()) {
            return program.run(scope, "convolved", scope.floats(x, 4, 8, 16, 16), scope.floats(w, 8, 8, 3, 3))
                    .get(0)
                    .toFloats();
        }
    }

    @Test
    void convolutionsAreThoseOfTheCpu() {
        Random random = new Random(1);
        float[] x = new float[4 * 8 * 16 * 16];
        float[] w = new float[8 * 8 * 3 * 3];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < w.length; i++) {
            w[i] = (float) random.nextGaussian() / 8;
        }
        float[] expected = convolved(cpu, x, w);
        float[] found = convolved(gpu, x, w);
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i]).isCloseTo(expected[i], within(1e-5f)); // TF32 would be 1e-3 off
        }
    }

    @Test
    void memoryThatDoesNotSufficeIsToldApart() {
        Graph graph = new Graph("greedy");
        Value x = graph.input("x", Graph.ANY);
        graph.returns(Functional.repeat(x, 1L << 50));
        try (Program program = new Program(gpu, graph);
                Scope scope = gpu.newScope()) {
            assertThatThrownBy(() -> program.run(scope, "greedy", scope.zeros(1)))
                    .satisfies(e -> assertThat(OutOfMemory.reason(e)).isPresent());
            assertThat(scope.zeros(3).toFloats()).containsExactly(0, 0, 0); // and the device works on
        }
    }

    @Test
    void callsReturnBeforeTheGpuHasFinished() {
        assumeTrue(gpu.isGpu(), "a CPU computes while it is called");
        Graph graph = new Graph("product");
        Value x = graph.input("x", SIZE, SIZE);
        Value scale = graph.inputNumber("scale");
        graph.returns(x.matmul(x).times(scale));
        try (Program program = new Program(gpu, graph);
                Scope scope = gpu.newScope()) {
            Tensor ones = scope.zeros(SIZE, SIZE);
            program.run(scope, "product", ones, 0.5).get(0).toFloats(); // loads kernels
            long begin = System.nanoTime();
            for (int i = 0; i < 200; i++) {
                try (Scope call = scope.newScope()) { // memory for new results would have to be waited for
                    program.run(call, "product", ones, 0.5);
                }
            }
            long issued = System.nanoTime() - begin;
            gpu.awaitWork();
            long finished = System.nanoTime() - begin;
            // 200 products of 137 GFLOP take a GPU far longer than to be asked for, unless every call waits.
            assertThat(issued).isLessThan(finished / 2);
        }
    }
}
