package org.autophage.planning;

import java.util.Set;
import org.autophage.base.AutophageException;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.base.Trust;
import org.autophage.base.Work;
import org.autophage.data.SampleKind;
import org.autophage.data.Samples;
import org.autophage.data.TrainingSet;
import org.autophage.experiment.ExperimentInputs;
import org.autophage.experiment.ExperimentSpec;
import org.autophage.experiment.SoftwareVersion;
import org.autophage.metrics.MeasuredGeneration;
import org.autophage.metrics.classifier.ClassifierCache;
import org.autophage.metrics.suite.ImageMetrics;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.model.ModelSpec.Optimization;
import org.autophage.planning.Throughput.Generation;
import org.autophage.planning.Throughput.Part;
import org.autophage.program.Device;
import org.jspecify.annotations.Nullable;

/**
 * Measures how fast an experiment's model works, as often as it is asked; what is loaded and prepared for the first time
 * stays, so that later measurements are of a warm process. Leaves nothing behind.
 */
public final class ThroughputMeter implements AutoCloseable {
    private static final Seeds SEEDS = new Seeds(0);

    private final ExperimentInputs inputs;
    private final Work work;
    private final Set<Part> parts;
    private final int steps;
    private final int samples;
    private final Device device;
    private @Nullable ModelFamily timed;
    private @Nullable ModelFamily whole;
    private Calibration.@Nullable Opened opened;
    private @Nullable ImageMetrics metrics;

    /**
     * @param steps training steps to time
     * @param samples to draw; 0 for one chunk
     * @param trust which programs that the spec names may run
     * @throws AutophageException USAGE if a generation of what are no images is to be timed, NO_DEVICE as
     *     {@link Device#of}
     */
    public ThroughputMeter(ExperimentInputs inputs, Set<Part> parts, int steps, int samples, Trust trust) {
        if (parts.contains(Part.GENERATION) && inputs.shape().kind() != SampleKind.IMAGES) {
            throw AutophageException.usage("dataset.kind is %s: a generation is timed of images only"
                    .formatted(inputs.dataset().name()));
        }
        this.inputs = inputs;
        this.work = Work.UNATTENDED.trusting(trust);
        this.parts = Set.copyOf(parts);
        this.steps = steps;
        this.samples = samples == 0 ? inputs.spec().drawing().chunk() : samples;
        this.device = Device.of(inputs.spec().device());
    }

    /** Measures once, for some seconds or as long as a generation takes. */
    public Throughput measure() {
        int batch = inputs.spec()
                .model()
                .optimization()
                .map(Optimization::batch)
                .orElse(inputs.spec().loop().initial());
        Double step = parts.contains(Part.TRAINING) ? step() : null;
        Double sample = parts.contains(Part.SAMPLING) ? Calibration.secondsPerSample(model(), inputs, samples) : null;
        return new Throughput(
                "Autophage %s, libtorch %s".formatted(SoftwareVersion.current(), Device.libtorchVersion()),
                device.name(),
                Device.threads(),
                inputs.shape().describe(),
                batch,
                step == null ? null : 1000 * step,
                step == null ? null : batch / step,
                sample == null ? null : 1 / sample,
                parts.contains(Part.GENERATION) ? generation() : null);
    }

    private double step() {
        if (timed == null) {
            timed = Calibration.familyToTime(inputs, device, steps);
        }
        return Calibration.secondsPerStep(inputs, timed, device, steps);
    }

    private GenerativeModel model() {
        if (opened == null) {
            opened = Calibration.barelyTrained(inputs, device);
        }
        return opened.model();
    }

    private Generation generation() {
        ExperimentSpec spec = inputs.spec();
        if (metrics == null) {
            metrics = ImageMetrics.open(spec.metrics(), inputs.dataset(), device, ClassifierCache.standard(), work);
        }
        if (whole == null) {
            whole = inputs.family(device);
        }
        TrainingSet training = Calibration.trainingSet(inputs, spec.loop().initial());
        long start = System.nanoTime();
        try (GenerativeModel trained = whole.train(training, null, SEEDS, 1, Work.UNATTENDED)) {
            long trainedAt = System.nanoTime();
            Seeds.Stream stream = SEEDS.stream(1, Phase.SAMPLE);
            Samples drawn = trained.sample(
                    inputs.plan().samplesPerGeneration(), spec.sampling().bias(), stream, Work.UNATTENDED);
            long drawnAt = System.nanoTime();
            metrics.of(MeasuredGeneration.of(drawn, training.samples(), SEEDS.stream(1, Phase.METRICS)));
            long end = System.nanoTime();
            return new Generation(
                    (end - start) / 1e9, (trainedAt - start) / 1e9, (drawnAt - trainedAt) / 1e9, (end - drawnAt) / 1e9);
        }
    }

    @Override
    public void close() {
        if (metrics != null) {
            metrics.close();
        }
        if (opened != null) {
            opened.close();
        }
        if (timed != null) {
            timed.close();
        }
        if (whole != null) {
            whole.close();
        }
        device.close();
    }
}
