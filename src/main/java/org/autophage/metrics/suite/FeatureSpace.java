package org.autophage.metrics.suite;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.data.Dataset;
import org.autophage.data.Images;
import org.autophage.measure.Basis;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Instruments;
import org.autophage.metrics.MeasuredGeneration;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.MeasuredSet;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.SetClasses;
import org.autophage.metrics.features.FeatureExtractor;
import org.autophage.metrics.features.Features;
import org.jspecify.annotations.Nullable;

/** The features of one extractor, and the holdout among them, which is measured once. */
final class FeatureSpace implements AutoCloseable {
    private final FeatureExtractor extractor;
    private final Instruments instruments;
    private final Dataset dataset;
    private final Function<Images, Optional<SetClasses>> classes;
    private final MeasuredSet first;
    private final List<SampleMetric> metrics;
    private final IntFunction<Images> chosenImages;
    private @Nullable MeasuredSet chosenReal;
    private int chosenRealCount;

    /** What is compared with, of the dataset as it was asked for last. */
    private MeasuredSet reference;

    private Dataset now;

    /**
     * @param extractor is closed with this
     * @param instruments likewise
     * @param classes of images of the holdout
     * @param metrics what is measured here, in order
     * @param chosenImages gives so many of the real images that generations may learn from, or all where there are fewer
     */
    FeatureSpace(
            FeatureExtractor extractor,
            Instruments instruments,
            Dataset dataset,
            Function<Images, Optional<SetClasses>> classes,
            List<SampleMetric> metrics,
            IntFunction<Images> chosenImages) {
        this.extractor = extractor;
        this.instruments = instruments;
        this.metrics = metrics;
        this.chosenImages = chosenImages;
        this.dataset = dataset;
        this.classes = classes;
        this.first = holdout(dataset);
        this.now = dataset;
        this.reference = first;
        // What every generation is compared with is ready before the first one's time is taken.
        reference.statistics();
        reference.balls();
    }

    private MeasuredSet holdout(Dataset at) {
        Images holdout = ImageMetrics.images(at.holdout());
        return set("the holdout", () -> holdout, "the holdout", () -> classes.apply(holdout));
    }

    /** The holdout as it is at a generation. */
    private MeasuredSet reference(int generation) {
        Dataset then = dataset.at(generation);
        if (then != now) {
            reference = then == dataset ? first : holdout(then);
            now = then;
        }
        return reference;
    }

    /** How many real images are compared with. */
    int reference() {
        return first.count();
    }

    FeatureExtractor extractor() {
        return extractor;
    }

    /** What the numbers rest on. */
    Measures basis() {
        Measures.Builder basis = Measures.builder().add(Basis.FEATURES, extractor.name());
        extractor.accuracy().ifPresent(accuracy -> basis.add(Metrics.FEATURES_ACCURACY, accuracy));
        return basis.build();
    }

    /**
     * Measures images of a generation.
     *
     * @param measured those of its samples that are looked at
     * @param judged what an independent classifier makes of them
     * @param known their classes, as far as they are known
     */
    Measures of(
            Images measured,
            Optional<MeasuredPair.JudgedImages> judged,
            Supplier<Optional<SetClasses>> known,
            MeasuredGeneration generation) {
        MeasuredSet fake = set("the samples", () -> measured, "a sample", known);
        MeasuredSet training = set(
                "the training set",
                () -> ImageMetrics.images(generation.training()),
                "the training set",
                Optional::empty);
        MeasuredPair pair = MeasuredPair.of(
                reference(generation.number()),
                first,
                fake,
                training,
                Optional.of(chosenReal(measured.count())),
                judged,
                generation);
        Measures.Builder values = Measures.builder();
        metrics.forEach(metric -> values.addAll(metric.of(pair).measures()));
        return values.build();
    }

    /** The same set in every generation, so that what is found of it alone is found once. */
    private MeasuredSet chosenReal(int count) {
        MeasuredSet known = chosenReal;
        if (known == null || chosenRealCount != count) {
            known = set("the real images", () -> chosenImages.apply(count), "a real image", Optional::empty);
            chosenReal = known;
            chosenRealCount = count;
        }
        return known;
    }

    /** @param what names an image of it in a message */
    private MeasuredSet set(String name, Supplier<Images> images, String what, Supplier<Optional<SetClasses>> classes) {
        return MeasuredSet.ofImages(name, instruments, images, each -> features(each, what), classes);
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

    @Override
    public void close() {
        instruments.close();
        extractor.close();
    }
}
