package org.autophage.metrics;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Interruptible;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Dataset;
import org.autophage.data.Density;
import org.autophage.data.Images;
import org.autophage.data.Samples;
import org.autophage.measure.Basis;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.autophage.metrics.classifier.ClassifierCache;
import org.autophage.metrics.classifier.Judge;
import org.autophage.program.Device;
import org.autophage.run.ClassifierAccuracy;
import org.jspecify.annotations.Nullable;

/**
 * Compares images with a dataset's whole holdout: Fréchet distance, precision, recall, density and coverage on features,
 * and, where there are classes, the judge's label accuracy. What depends on the holdout alone is computed once.
 *
 * <p>Of more samples than the spec asks for, the first are measured: samples are independent of each other and sample i
 * is of class i mod classes, so that the first n are as random as any n and the best balanced.
 */
public final class ImageMetrics implements OpenMetrics {
    private final MetricsSpec spec;
    private final FeatureExtractor extractor;
    private final @Nullable Judge judge;
    private final FrechetDistance frechet;
    private final PrecisionRecall precisionRecall;
    private final FeatureStatistics referenceStatistics;
    private final Neighbourhoods referenceNeighbourhoods;

    private ImageMetrics(
            MetricsSpec spec, Device device, FeatureExtractor extractor, @Nullable Judge judge, Features reference) {
        this.spec = spec;
        this.extractor = extractor;
        this.judge = judge;
        this.frechet = new FrechetDistance(device);
        this.precisionRecall = new PrecisionRecall(device, spec.neighbours(), spec.ball());
        this.referenceStatistics = frechet.statistics(reference);
        this.referenceNeighbourhoods = precisionRecall.neighbourhoods(reference);
    }

    /**
     * Gets feature extractor and judge ready, from the cache or by training them on real images, and measures the
     * holdout.
     *
     * @throws AutophageException USAGE if the holdout is too small or holds no images
     */
    public static ImageMetrics open(
            MetricsSpec spec, Dataset dataset, Device device, ClassifierCache cache, Work work) {
        Samples holdout = Interruptible.until(work.stop(), dataset::holdout);
        spec.requireEnough("dataset.holdout", holdout.count());
        FeatureExtractor extractor = spec.choice().open(device, dataset, cache, work);
        Judge judge = Judge.hasClasses(dataset) ? Judge.open(device, dataset, cache, work) : null;
        sayHowGood(extractor, judge, work);
        return Interruptible.until(work.stop(), () -> {
            Features reference = finite(extractor.features(images(holdout)), extractor.name(), "the holdout");
            return new ImageMetrics(spec, device, extractor, judge, reference);
        });
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
    public Measures of(Samples samples, Optional<Density> density, Seeds.Stream seeds) {
        Images measured = images(samples);
        spec.requireEnough("the number of samples", measured.count());
        if (measured.count() > spec.samples()) {
            measured = measured.slice(0, spec.samples());
        }
        Features features = finite(extractor.features(measured), extractor.name(), "a sample");
        double distance = frechet.between(referenceStatistics, frechet.statistics(features));
        PrecisionRecall.Result balls =
                precisionRecall.between(referenceNeighbourhoods, precisionRecall.neighbourhoods(features));
        Measures.Builder values = Measures.builder();
        values.add(Basis.FEATURES, extractor.name());
        extractor.accuracy().ifPresent(accuracy -> values.add(Metrics.FEATURES_ACCURACY, accuracy));
        values.add(Basis.SAMPLES, measured.count());
        values.add(Basis.REFERENCE, referenceStatistics.count());
        values.add(Metrics.FRECHET_DISTANCE, distance);
        values.add(Metrics.PRECISION, balls.precision());
        values.add(Metrics.RECALL, balls.recall());
        values.add(Metrics.DENSITY, balls.density());
        values.add(Metrics.COVERAGE, balls.coverage());
        if (judge != null) {
            judged(measured, judge, values);
        }
        return values.build();
    }

    /** What the judge makes of samples: whether they are what was asked for, and how the classes share them. */
    private static void judged(Images measured, Judge judge, Measures.Builder values) {
        int[] classes = judge.classify(measured);
        if (measured.classes() > 1) { // of models that are not told labels none were asked for
            values.add(Metrics.LABEL_ACCURACY, Judge.agreement(classes, measured.labels()));
        }
        double[] shares = ClassHistogram.of(classes, judge.classes()).shares();
        int[] seen = IntStream.range(0, judge.classes()).filter(judge::sees).toArray();
        Arrays.stream(seen)
                .mapToDouble(c -> shares[c])
                .min()
                .ifPresent(least -> values.add(Metrics.SMALLEST_CLASS_SHARE, least));
        values.add(Metrics.LARGEST_CLASS_SHARE, Arrays.stream(shares).max().orElseThrow());
        if (seen.length < shares.length) {
            values.add(Metrics.CLASSES_UNSEEN, shares.length - seen.length);
        }
        values.add(Basis.CLASSIFIER, judge.name());
        values.add(Metrics.CLASSIFIER_ACCURACY, judge.testAccuracy());
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

    private static Features finite(Features features, String extractor, String what) {
        if (features.firstNonFiniteRow().isPresent()) {
            throw new AutophageException(
                    ExitCode.DIVERGED,
                    "features %s of %s (number %d) are not finite numbers: the extractor diverged"
                            .formatted(
                                    extractor,
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
        precisionRecall.close();
        frechet.close();
        if (judge != null) {
            judge.close();
        }
        extractor.close();
    }
}
