package org.autophage.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.autophage.program.Gpu.Reading;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The driver of two GPUs as libraries in C, after the declarations of NVIDIA's manuals, that this machine's compiler makes:
 * CUDA counts the second slot's card first, NVML the first slot's.
 */
class GpuTest {
    private static final double GIB = 1L << 30;

    @BeforeAll
    static void makeDriver(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(Platform.isLinux(), "the stand-in of the driver is for Linux");
        assumeFalse(Files.exists(Path.of("/proc/driver/nvidia/version")), "there is a real driver");
        compile(folder, "cuda");
        compile(folder, "nvidia-ml");
    }

    private static void compile(Path folder, String library) throws IOException, InterruptedException {
        Path source = folder.resolve(library + ".c");
        try (InputStream text = GpuTest.class.getResourceAsStream("driver/" + library + ".c")) {
            Files.copy(Objects.requireNonNull(text), source);
        }
        String target = folder.resolve("lib" + library + ".so").toString();
        try {
            Process compiler = new ProcessBuilder("cc", "-shared", "-fPIC", "-o", target, source.toString())
                    .inheritIO()
                    .start();
            assertThat(compiler.waitFor()).isZero();
        } catch (IOException e) {
            assumeTrue(false, "there is no C compiler: " + e.getMessage());
        }
        NativeLibrary.addSearchPath(library, folder.toString());
    }

    @Test
    void namesAndReadsTheCardThatCudaMeans() {
        Gpu first = Gpu.at(0).orElseThrow();
        assertThat(first.name()).isEqualTo("NVIDIA Stand-in B");
        Reading reading = first.read().orElseThrow();
        assertThat(reading.percent()).isCloseTo(97, within(1e-9));
        assertThat(reading.usedBytes() / GIB).isEqualTo(12);
        assertThat(reading.totalBytes() / GIB).isEqualTo(80);

        Gpu second = Gpu.at(1).orElseThrow();
        assertThat(second.name()).isEqualTo("NVIDIA Stand-in A");
        Reading partly = second.read().orElseThrow();
        assertThat(partly.percent()).isNull();
        assertThat(partly.usedBytes() / GIB).isEqualTo(3);
    }

    @Test
    void aNumberThatCudaDoesNotKnowIsNoCard() {
        assertThat(Gpu.at(2)).isEmpty();
    }
}
