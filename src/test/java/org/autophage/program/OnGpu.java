package org.autophage.program;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/**
 * Tests that compare a GPU with the CPU; skipped where libtorch sees none. {@code mvn -Pgpu test} runs them. With
 * {@code -Dautophage.gpuTests=cpu} they run on the CPU alone, which shows that the tests themselves work.
 */
@Tag("gpu")
public abstract class OnGpu {
    private static final String ASKED = System.getProperty("autophage.gpuTests", "gpu");

    protected static Device gpu;
    protected static Device cpu;

    @BeforeAll
    public static void openDevices() {
        assumeTrue(
                ASKED.equals("cpu") || Device.gpuCount() > 0,
                "libtorch sees no GPU; where there is one: ./autophage setup cuda, then mvn -Pgpu test");
        gpu = Device.of(ASKED);
        cpu = Device.of("cpu");
    }

    @AfterAll
    public static void closeDevices() {
        if (gpu != null) {
            gpu.close();
            cpu.close();
        }
    }
}
