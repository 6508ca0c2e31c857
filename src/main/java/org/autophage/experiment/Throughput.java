package org.autophage.experiment;

import org.autophage.model.ModelSpec.Optimization;
import org.autophage.program.Device;

/**
 * How fast an experiment's model trains and samples on this machine now.
 *
 * @param framework what did the work, with versions
 * @param device cpu or gpu:N
 * @param threads of an op on the CPU
 * @param samples what one of them is, such as "images of 28 x 28 x 1"
 * @param batch samples of a training step, or of a whole fit where models are fitted in closed form
 * @param millisecondsPerStep median over the timed steps
 * @param imagesPerSecond of training
 * @param samplesPerSecond of sampling, with the spec's sampler and chunk
 */
public record Throughput(
        String framework,
        String device,
        int threads,
        String samples,
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
            int batch = inputs.spec()
                    .model()
                    .optimization()
                    .map(Optimization::batch)
                    .orElse(inputs.spec().loop().initial());
            return new Throughput(
                    "Autophage %s, libtorch %s".formatted(SoftwareVersion.current(), Device.libtorchVersion()),
                    device.name(),
                    Device.threads(),
                    inputs.shape().describe(),
                    batch,
                    1000 * cost.secondsPerStep(),
                    batch / cost.secondsPerStep(),
                    1 / cost.secondsPerSample());
        }
    }
}
