package org.autophage.program;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests that compute on the CPU: a device is there from before the first of a class until after the last. */
public abstract class OnCpu {
    protected static Device device;

    @BeforeAll
    public static void openDevice() {
        device = Device.of("cpu");
    }

    @AfterAll
    public static void closeDevice() {
        device.close();
    }
}
