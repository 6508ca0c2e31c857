package org.autophage.program;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.ptr.IntByReference;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The functions of NVIDIA's driver library that tell which card CUDA's number N is. NVML numbers cards by their slots, CUDA
 * by their speed unless CUDA_DEVICE_ORDER says otherwise, and CUDA_VISIBLE_DEVICES leaves some out.
 */
interface CudaDriver extends Library {
    int SUCCESS = 0;
    int LONGEST_NAME = 256;

    int cuInit(int flags);

    int cuDeviceGet(IntByReference device, int ordinal);

    int cuDeviceGetName(byte[] name, int length, int device);

    int cuDeviceGetPCIBusId(byte[] busId, int length, int device);

    /**
     * A card.
     *
     * @param name such as "NVIDIA H100 80GB HBM3"
     * @param busId where it is plugged in, such as "0000:3B:00.0"
     */
    record Card(String name, String busId) {}

    /** The card that CUDA numbers so; empty where there is no driver or it does not say. */
    static Optional<Card> card(int ordinal) {
        CudaDriver driver;
        try {
            driver = Native.load(Platform.isWindows() ? "nvcuda" : "cuda", CudaDriver.class);
        } catch (UnsatisfiedLinkError noDriver) {
            return Optional.empty();
        }
        IntByReference device = new IntByReference();
        byte[] name = new byte[LONGEST_NAME];
        byte[] busId = new byte[LONGEST_NAME];
        boolean known = driver.cuInit(0) == SUCCESS
                && driver.cuDeviceGet(device, ordinal) == SUCCESS
                && driver.cuDeviceGetName(name, name.length, device.getValue()) == SUCCESS
                && driver.cuDeviceGetPCIBusId(busId, busId.length, device.getValue()) == SUCCESS;
        return known
                ? Optional.of(new Card(
                        Native.toString(name, StandardCharsets.UTF_8), Native.toString(busId, StandardCharsets.UTF_8)))
                : Optional.empty();
    }
}
