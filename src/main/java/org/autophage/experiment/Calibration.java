package org.autophage.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.autophage.base.AtomicFiles;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.data.ImageArchive;
import org.autophage.data.Images;
import org.autophage.data.Origins;
import org.autophage.data.Samples;
import org.autophage.data.TrainingSet;
import org.autophage.data.TrainingSet.Composition;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.program.Device;
import org.autophage.run.Work;

/**
 * What an experiment's model costs on this machine now, measured in a few training steps and a few chunks of samples.
 *
 * @param secondsPerStep of a training step
 * @param secondsPerSample of a sample
 * @param modelBytes of a saved model
 * @param sampleBytes of a saved sample
 */
record Calibration(double secondsPerStep, double secondsPerSample, long modelBytes, double sampleBytes) {
    private static final int STEPS = 10;
    private static final Seeds SEEDS = new Seeds(0);

    /** Trains and samples for some seconds; leaves nothing behind. */
    static Calibration measure(ExperimentInputs inputs, Device device) {
        TrainingSet training = trainingSet(inputs);
        int chunk = inputs.spec().sampling().chunk();
        // The difference of a longer and a shorter training leaves out what every training pays once.
        train(inputs, device, training, 1).close();
        long begin = System.nanoTime();
        train(inputs, device, training, 1).close();
        long afterOne = System.nanoTime();
        try (GenerativeModel model = train(inputs, device, training, 1 + STEPS)) {
            long trained = System.nanoTime();
            double step = Math.max(0, (trained - afterOne) - (afterOne - begin)) / 1e9 / STEPS;
            sample(model, inputs, chunk); // the first call prepares the program
            long prepared = System.nanoTime();
            Samples samples = sample(model, inputs, chunk);
            double sample = (System.nanoTime() - prepared) / 1e9 / chunk;
            return saved(model, samples, step, sample);
        }
    }

    private static TrainingSet trainingSet(ExperimentInputs inputs) {
        int count = Math.min(
                inputs.spec().loop().initial(), 2 * inputs.spec().model().batch());
        long[] numbers = LongStream.range(0, count).toArray();
        return new TrainingSet(
                inputs.dataset().real(numbers), new Origins(new int[count], numbers), new Composition(count, 0, 0));
    }

    private static GenerativeModel train(ExperimentInputs inputs, Device device, TrainingSet training, int steps) {
        ExperimentSpec shorter = inputs.spec().with("model.steps", steps);
        ModelFamily family = new ExperimentInputs(shorter, inputs.dataset(), inputs.shape()).family(device);
        return family.train(training, null, SEEDS, 1, Work.UNATTENDED);
    }

    private static Samples sample(GenerativeModel model, ExperimentInputs inputs, int count) {
        return model.sample(count, inputs.spec().sampling().bias(), SEEDS.stream(1, Phase.SAMPLE), Work.UNATTENDED);
    }

    private static Calibration saved(GenerativeModel model, Samples samples, double step, double sample) {
        try {
            Path folder = Files.createTempDirectory("autophage-plan-");
            try {
                Path modelFolder = Files.createDirectory(folder.resolve("model"));
                Path archive = folder.resolve("samples.npz");
                model.save(modelFolder);
                ImageArchive.write((Images) samples, archive);
                return new Calibration(
                        step, sample, bytesIn(modelFolder), (double) Files.size(archive) / samples.count());
            } finally {
                AtomicFiles.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long bytesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            long bytes = 0;
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }
}
