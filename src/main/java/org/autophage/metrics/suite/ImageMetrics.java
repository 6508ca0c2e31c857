package org.autophage.metrics.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.autophage.base.AutophageException;
import org.autophage.base.Interruptible;
import org.autophage.base.Work;
import org.autophage.data.ClassNames;
import org.autophage.data.Dataset;
import org.autophage.data.Images;
import org.autophage.data.Samples;
import org.autophage.measure.Basis;
import org.autophage.measure.Measures;
import org.autophage.metrics.Instruments;
import org.autophage.metrics.MeasuredGeneration;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.SetClasses;
import org.autophage.metrics.classifier.ClassifierCache;
import org.autophage.metrics.classifier.Judge;
import org.autophage.metrics.features.FeatureExtractor;
import org.autophage.program.Device;
import org.autophage.run.ClassifierAccuracy;
import org.jspecify.annotations.Nullable;

/**
 * Compares images with a dataset's whole holdout, as it is at their generation, by a list of metrics, on features and, where there are classes, by what a
 * judge sees. What depends on the holdout alone is computed once.
 *
 * <p>Of more samples than the spec asks for, the first are measured: samples are independent of each other and sample i
 * is of class i mod classes, so that the first n are as random as any n and the best balanced.
 */
public final class ImageMetrics implements OpenMetrics {
    private final MetricsSpec spec;
    private final FeatureSpace main;
    /** Further features, by the names that they are recorded under. */
    private final Map<String, FeatureSpace> further;

    private final @Nullable Judge judge;
    private final ClassNames classNames;

    private ImageMetrics(
            MetricsSpec spec,
            List<SampleMetric> metrics,
            Device device,
            Map<String, FeatureExtractor> extractors,
            @Nullable Judge judge,
            Dataset dataset) {
        this.spec = spec;
        this.judge = judge;
        this.classNames = images(dataset.holdout()).classNames();
        List<SampleMetric> again =
                metrics.stream().filter(SampleMetric::looksAtFeatures).toList();
        Map<String, FeatureSpace> spaces = new LinkedHashMap<>();
        extractors.forEach((name, extractor) -> spaces.put(
                name,
                new FeatureSpace(
                        extractor,
                        new Instruments(device, spec.neighbours(), spec.ball(), Optional.of(dataset)),
                        dataset,
                        holdout -> classesOf(holdout.labels()),
                        spaces.isEmpty() ? List.copyOf(metrics) : again,
                        count -> images(SourceSamples.chosen(dataset, count)))));
        this.main = spaces.remove(extractors.keySet().iterator().next());
        this.further = spaces;
    }

    /**
     * Gets feature extractors and judge ready, from the cache or by training them on real images, and measures the
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
        Map<String, FeatureExtractor> extractors = new LinkedHashMap<>();
        spec.choices().forEach((name, choice) -> extractors.put(name, choice.open(device, dataset, cache, work)));
        Judge judge = Judge.hasClasses(dataset) ? Judge.open(device, dataset, cache, work) : null;
        sayHowGood(extractors.values(), judge, work);
        return Interruptible.until(
                work.stop(), () -> new ImageMetrics(spec, metrics, device, extractors, judge, dataset));
    }

    /** Figures that rest on a classifier which does not know its classes mean little, and nothing in them shows it. */
    private static void sayHowGood(Collection<FeatureExtractor> extractors, @Nullable Judge judge, Work work) {
        extractors.forEach(extractor -> extractor.accuracy().ifPresent(accuracy -> ClassifierAccuracy.warningOfFeatures(
                        extractor.name(), accuracy)
                .ifPresent(work.progress()::message)));
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
        Supplier<Optional<SetClasses>> classes =
                () -> judged.flatMap(each -> classesOf(each.classes().get()));
        Measures.Builder values = Measures.builder().addAll(main.basis());
        values.add(Basis.SAMPLES, measured.count());
        values.add(Basis.REFERENCE, main.reference());
        values.addAll(main.of(measured, judged, classes, generation));
        further.forEach((name, space) -> values.addAll(space.basis().ofFeatures(name))
                .addAll(space.of(measured, judged, classes, generation).ofFeatures(name)));
        return values.build();
    }

    /** Labels by the classes' names; nothing where all images are of one class. */
    private Optional<SetClasses> classesOf(int[] labels) {
        return classNames.count() > 1 ? Optional.of(new SetClasses(classNames, labels)) : Optional.empty();
    }

    @Override
    public String features() {
        return Stream.concat(Stream.of(main), further.values().stream())
                .map(space -> space.extractor().name())
                .collect(Collectors.joining(", "));
    }

    /** Writes feature extractors and judge into a folder from which {@link ClassifierCache#preferring} reads them. */
    public void save(Path folder) throws IOException {
        main.extractor().save(folder);
        for (Map.Entry<String, FeatureSpace> each : further.entrySet()) {
            each.getValue().extractor().save(Files.createDirectories(spec.folder(folder, each.getKey())));
        }
        if (judge != null) {
            judge.save(folder);
        }
    }

    static Images images(Samples samples) {
        return samples.images()
                .orElseThrow(() -> AutophageException.usage("metrics of features need images; these samples are none"));
    }

    @Override
    public void close() {
        main.close();
        further.values().forEach(FeatureSpace::close);
        if (judge != null) {
            judge.close();
        }
    }
}
