package org.autophage.experiment;

import org.autophage.program.Device;

/**
 * How fast an experiment's model trains and samples on this machine now.
 *
 * @param framework what did the work, with versions
 * @param device cpu or gpu:N
 * @param threads of an op on the CPU
 * @param size of the images, pixels
 * @param batch images of a training step
 * @param millisecondsPerStep median over the timed steps
 * @param imagesPerSecond of training
 * @param samplesPerSecond of sampling, with the spec's sampler and chunk
 */
public record Throughput(
        String framework,
        String device,
        int threads,
        int size,
        int batch,
        double millisecondsPerStep,
        double imagesPerSecond,
        double samplesPerSecond) {
    /**
     * Trains and samples for some seconds; leaves nothing behind.
     *
     * @param steps training steps to time, after a few that are not counted
     */
    public static Throughput measure(ExperimentInputs inputs, int steps) {
        try (Device device = Device.of(inputs.spec().device())) {
            Calibration cost = Calibration.measure(inputs, device, steps);
            int batch = inputs.spec().model().batch();
            return new Throughput(
                    "Autophage %s, libtorch %s".formatted(SoftwareVersion.current(), Device.libtorchVersion()),
                    device.name(),
                    Device.threads(),
                    inputs.shape().size(),
                    batch,
                    1000 * cost.secondsPerStep(),
                    batch / cost.secondsPerStep(),
                    1 / cost.secondsPerSample());
        }
    }
}
