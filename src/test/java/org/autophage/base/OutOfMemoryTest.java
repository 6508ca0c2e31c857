package org.autophage.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutOfMemoryTest {
    private static String explained(String message) {
        return String.valueOf(OutOfMemory.explained(
                        new IllegalStateException(message),
                        "gpu:0 in step 3 with model.batch 128",
                        "try model.batch=64")
                .getMessage());
    }

    @Test
    void saysHowMuchAGpuWasAskedForAndHowMuchIsFree() {
        String torch = "The following operation failed in the TorchScript interpreter.\nTraceback of TorchScript:\n"
                + "RuntimeError: CUDA out of memory. Tried to allocate 2.50 GiB. GPU 0 has a total capacity of 79.10 GiB"
                + " of which 1.23 GiB is free. Process 7 has 77.8 GiB memory in use.";
        assertThat(explained(torch))
                .isEqualTo(
                        "out of memory on gpu:0 in step 3 with model.batch 128 (asked for 2.50 GiB, 1.23 GiB is free):"
                                + " try model.batch=64");
    }

    @Test
    void saysHowMuchACpuWasAskedFor() {
        String torch = "[enforce fail at alloc_cpu.cpp:119] err == 0. DefaultCPUAllocator: can't allocate memory: you"
                + " tried to allocate 5368709120 bytes. Error code 12 (Cannot allocate memory)";
        assertThat(explained(torch)).contains("model.batch 128 (asked for 5.00 GiB): try");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`",
                "cuDNN error: CUDNN_STATUS_ALLOC_FAILED",
                "CUDA error: out of memory",
                "std::bad_alloc"
            })
    void knowsOtherLibrariesWords(String message) {
        RuntimeException explained = OutOfMemory.explained(new IllegalStateException(message), "gpu:0", "try less");
        assertThat(explained)
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED))
                .hasMessage("out of memory on gpu:0: try less");
    }

    @Test
    void leavesOtherFailuresAsTheyAre() {
        IllegalStateException other = new IllegalStateException("shape mismatch");
        assertThat(OutOfMemory.explained(other, "cpu", "try less")).isSameAs(other);
        AutophageException forPeople =
                AutophageException.failed("the disk is full: not enough memory is not the point");
        assertThat(OutOfMemory.explained(forPeople, "cpu", "try less")).isSameAs(forPeople);
    }

    @Test
    void knowsJavasOwn() {
        assertThat(OutOfMemory.reason(new OutOfMemoryError("Java heap space"))).contains("Java heap space");
        assertThat(OutOfMemory.reason(new IllegalStateException())).isEmpty();
    }
}
