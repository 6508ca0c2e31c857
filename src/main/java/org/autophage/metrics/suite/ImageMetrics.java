package org.autophage.metrics.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Interruptible;
import org.autophage.base.Work;
import org.autophage.data.ClassNames;
import org.autophage.data.Dataset;
import org.autophage.data.Images;
import org.autophage.data.Samples;
import org.autophage.measure.Basis;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Instruments;
import org.autophage.metrics.MeasuredGeneration;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.MeasuredSet;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.SetClasses;
import org.autophage.metrics.classifier.ClassifierCache;
import org.autophage.metrics.classifier.Judge;
import org.autophage.metrics.features.FeatureExtractor;
import org.autophage.metrics.features.Features;
import org.autophage.program.Device;
import org.autophage.run.ClassifierAccuracy;
import org.jspecify.annotations.Nullable;

/**
 * Compares images with a dataset's whole holdout by a list of metrics, on features and, where there are classes, by what a
 * judge sees. What depends on the holdout alone is computed once.
 *
 * <p>Of more samples than the spec asks for, the first are measured: samples are independent of each other and sample i
 * is of class i mod classes, so that the first n are as random as any n and the best balanced.
 */
public final class ImageMetrics implements OpenMetrics {
    private final MetricsSpec spec;
    private final List<SampleMetric> metrics;
    private final FeatureExtractor extractor;
    private final @Nullable Judge judge;
    private final Instruments instruments;
    private final MeasuredSet reference;
    private final ClassNames classNames;

    private ImageMetrics(
            MetricsSpec spec,
            List<SampleMetric> metrics,
            Device device,
            FeatureExtractor extractor,
            @Nullable Judge judge,
            Images holdout) {
        this.spec = spec;
        this.metrics = List.copyOf(metrics);
        this.extractor = extractor;
        this.judge = judge;
        this.instruments = new Instruments(device, spec.neighbours(), spec.ball());
        this.classNames = holdout.classNames();
        this.reference = MeasuredSet.of(
                "the holdout", instruments, () -> features(holdout, "the holdout"), () -> classesOf(holdout.labels()));
        // What every generation is compared with is ready before the first one's time is taken.
        reference.statistics();
        reference.balls();
    }

    /**
     * Gets feature extractor and judge ready, from the cache or by training them on real images, and measures the
     * holdout.
     *
     * @throws AutophageException USAGE if the holdout is too small or holds no images
     */
    public static ImageMetrics open(
            MetricsSpec spec, Dataset dataset, Device device, ClassifierCache cache, Work work) {
        return open(spec, spec.metricsOfImages(), dataset, device, cache, work);
    }

    /** The same for other metrics than the spec's, in the order in which records are to have them. */
    public static ImageMetrics open(
            MetricsSpec spec,
            List<SampleMetric> metrics,
            Dataset dataset,
            Device device,
            ClassifierCache cache,
            Work work) {
        Samples holdout = Interruptible.until(work.stop(), dataset::holdout);
        spec.requireEnough("dataset.holdout", holdout.count());
        FeatureExtractor extractor = spec.choice().open(device, dataset, cache, work);
        Judge judge = Judge.hasClasses(dataset) ? Judge.open(device, dataset, cache, work) : null;
        sayHowGood(extractor, judge, work);
        return Interruptible.until(
                work.stop(), () -> new ImageMetrics(spec, metrics, device, extractor, judge, images(holdout)));
    }

    /** Figures that rest on a classifier which does not know its classes mean little, and nothing in them shows it. */
    private static void sayHowGood(FeatureExtractor extractor, @Nullable Judge judge, Work work) {
        extractor.accuracy().ifPresent(accuracy -> ClassifierAccuracy.warningOfFeatures(extractor.name(), accuracy)
                .ifPresent(work.progress()::message));
        if (judge != null) {
            ClassifierAccuracy.warningOfJudge(judge.name(), judge.testAccuracy())
                    .ifPresent(work.progress()::message);
        }
    }

    @Override
    public Measures of(MeasuredGeneration generation) {
        Images drawn = images(generation.samples());
        spec.requireEnough("the number of samples", drawn.count());
        Images measured = drawn.count() > spec.samples() ? drawn.slice(0, spec.samples()) : drawn;
        Optional<MeasuredPair.JudgedImages> judged = Optional.ofNullable(judge)
                .map(each -> new MeasuredPair.JudgedImages(
                        each,
                        () -> each.classify(measured),
                        // of models that are not told labels none were asked for
                        measured.classes() > 1 ? Optional.of(measured.labels()) : Optional.empty()));
        MeasuredSet fake = MeasuredSet.of(
                "the samples",
                instruments,
                () -> features(measured, "a sample"),
                () -> judged.flatMap(each -> classesOf(each.classes().get())));
        MeasuredSet training = MeasuredSet.of(
                "the training set",
                instruments,
                () -> features(images(generation.training()), "the training set"),
                Optional::empty);
        MeasuredPair pair = MeasuredPair.of(reference, fake, training, judged, generation);
        Measures.Builder values = Measures.builder();
        values.add(Basis.FEATURES, extractor.name());
        extractor.accuracy().ifPresent(accuracy -> values.add(Metrics.FEATURES_ACCURACY, accuracy));
        values.add(Basis.SAMPLES, measured.count());
        values.add(Basis.REFERENCE, reference.count());
        metrics.forEach(metric -> values.addAll(metric.of(pair).measures()));
        return values.build();
    }

    /** Labels by the classes' names; nothing where all images are of one class. */
    private Optional<SetClasses> classesOf(int[] labels) {
        return classNames.count() > 1 ? Optional.of(SetClasses.of(classNames, labels)) : Optional.empty();
    }

    @Override
    public String features() {
        return extractor.name();
    }

    /** Writes feature extractor and judge into a folder from which {@link ClassifierCache#preferring} reads them. */
    public void save(Path folder) throws IOException {
        extractor.save(folder);
        if (judge != null) {
            judge.save(folder);
        }
    }

    private Features features(Images images, String what) {
        Features features = extractor.features(images);
        if (features.firstNonFiniteRow().isPresent()) {
            throw new AutophageException(
                    ExitCode.DIVERGED,
                    "features %s of %s (number %d) are not finite numbers: the extractor diverged"
                            .formatted(
                                    extractor.name(),
                                    what,
                                    features.firstNonFiniteRow().getAsInt()));
        }
        return features;
    }

    private static Images images(Samples samples) {
        if (samples instanceof Images images) {
            return images;
        }
        throw AutophageException.usage("metrics of features need images; these samples are none");
    }

    @Override
    public void close() {
        instruments.close();
        if (judge != null) {
            judge.close();
        }
        extractor.close();
    }
}
