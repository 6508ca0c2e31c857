package org.autophage.evaluation;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.autophage.base.AutophageException;
import org.autophage.base.Interruptible;
import org.autophage.base.Work;
import org.autophage.data.ClassNames;
import org.autophage.data.Dataset;
import org.autophage.data.Images;
import org.autophage.metrics.FeatureChoice;
import org.autophage.metrics.Instruments;
import org.autophage.metrics.MeasuredSet;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.classifier.ClassifierCache;
import org.autophage.metrics.classifier.Judge;
import org.autophage.metrics.features.FeatureCache;
import org.autophage.metrics.features.FeatureExtractor;
import org.autophage.metrics.features.StatisticsFile;
import org.autophage.metrics.known.KnownMetrics;
import org.autophage.program.Device;
import org.autophage.run.RunFolder;
import org.jspecify.annotations.Nullable;

/** Compares two sets of images or features: reads both, extracts features where there are none yet, and measures. */
public final class Evaluation {
    private final EvaluationRequest request;
    private final List<SampleMetric> metrics;
    private final InputReader reader;
    private final Work work;

    private Evaluation(EvaluationRequest request, List<SampleMetric> metrics, Work work) {
        this.metrics = metrics;
        this.request = request;
        this.work = work;
        List<String> names = new ArrayList<>(List.of(request.real(), request.fake()));
        if (request.test() != null) {
            names.add(request.test());
        }
        this.reader = new InputReader(request.runs(), names, work);
    }

    /**
     * Does what is asked.
     *
     * @throws AutophageException (usage) naming the input that is missing, corrupt, too small or does not fit the others
     */
    public static EvaluationResult run(EvaluationRequest request, Work work) {
        List<String> also = KnownMetrics.namesOnRequest().stream()
                .filter(request.also()::contains)
                .toList();
        return run(
                request,
                Stream.concat(KnownMetrics.all().stream(), KnownMetrics.of(also).stream())
                        .toList(),
                work);
    }

    /** The same by other metrics than all that are known, in the order in which the result is to have them. */
    public static EvaluationResult run(EvaluationRequest request, List<SampleMetric> metrics, Work work) {
        return Interruptible.until(work.stop(), () -> new Evaluation(request, metrics, work).run());
    }

    private EvaluationResult run() {
        List<EvaluationInput> inputs = inputs();
        EvaluationInput real = inputs.get(0);
        EvaluationInput fake = inputs.get(1);
        @Nullable EvaluationInput test = inputs.size() > 2 ? inputs.get(2) : null;
        @Nullable FeatureChoice choice = choice(real, fake, test);
        try (Device device = Device.of(request.device());
                Instruments instruments = new Instruments(device, request.neighbours(), request.ball());
                @Nullable FeatureExtractor extractor = choice == null ? null : open(choice, device);
                @Nullable Judge judge = choice == null ? null : judge(device)) {
            FeatureCache cache =
                    choice != null && choice.isWorthCaching() ? FeatureCache.standard() : FeatureCache.NONE;
            @Nullable
            FeatureReading reading = extractor == null
                    ? null
                    : new FeatureReading(extractor, cache, judge, classNames(), request.skipBad(), instruments, work);
            @Nullable EvaluatedSet measuredTest = test == null ? null : measured(test, reading, instruments);
            FeatureComparison comparison = new FeatureComparison(
                    request, measured(real, reading, instruments), measured(fake, reading, instruments), measuredTest);
            comparison.check();
            EvaluationResult result = comparison.by(metrics, extractor, reader.notes());
            saveStatistics(comparison.real());
            return result;
        }
    }

    /** Real, fake and, where there is one, test. A file of images with statistics is of images if the others are. */
    private List<EvaluationInput> inputs() {
        List<EvaluationInput> read = new ArrayList<>(List.of(reader.read(request.real()), reader.read(request.fake())));
        if (request.test() != null) {
            read.add(reader.read(request.test()));
        }
        boolean pictures = request.features() != null || read.stream().anyMatch(EvaluationInput::isImages);
        return read.stream().map(input -> reader.settled(input, pictures)).toList();
    }

    /** The features to extract; null where all inputs have theirs. */
    private @Nullable FeatureChoice choice(EvaluationInput real, EvaluationInput fake, @Nullable EvaluationInput test) {
        boolean images = real.isImages() || fake.isImages() || test != null && test.isImages();
        boolean features = !real.isImages() || !fake.isImages() || test != null && !test.isImages();
        if (images && features && request.features() == null) {
            throw AutophageException.usage("one of --real and --fake has images and the other features:"
                    + " --features must say which features those are");
        }
        if (!images) {
            if (request.features() != null) {
                throw AutophageException.usage("--features is '%s', but %s and %s hold features already: leave it out"
                        .formatted(request.features(), request.real(), request.fake()));
            }
            return null;
        }
        String fitting = reader.dataset() == null ? FeatureChoice.INCEPTION : FeatureChoice.LENET;
        FeatureChoice choice =
                FeatureChoice.parse("--features", request.features() == null ? fitting : request.features());
        choice.check(work.trust());
        return choice;
    }

    /** The extractor; a run's own classifier where a run is compared. */
    private FeatureExtractor open(FeatureChoice choice, Device device) {
        return choice.open(device, reader.dataset(), classifiers(), work);
    }

    /** The judge of classes that a run used; null where no run is compared, or none that measured images. */
    private @Nullable Judge judge(Device device) {
        Dataset dataset = reader.dataset();
        boolean kept = reader.run()
                .map(RunFolder::extractor)
                .filter(Files::isDirectory)
                .isPresent();
        return kept && dataset != null && Judge.hasClasses(dataset)
                ? Judge.open(device, dataset, classifiers(), work)
                : null;
    }

    /** What the classes of the dataset are called; null where there is none. */
    private @Nullable ClassNames classNames() {
        return reader.dataset() == null
                ? null
                : reader.dataset().holdout().images().map(Images::classNames).orElse(null);
    }

    private ClassifierCache classifiers() {
        return reader.run()
                .map(RunFolder::extractor)
                .map(own -> ClassifierCache.standard().preferring(own))
                .orElseGet(ClassifierCache::standard);
    }

    private static EvaluatedSet measured(
            EvaluationInput input, @Nullable FeatureReading reading, Instruments instruments) {
        if (input instanceof EvaluationInput.Ready ready) {
            return EvaluatedSet.ofFeatures(MeasuredSet.of(ready.name(), instruments, ready.features()));
        }
        if (input instanceof EvaluationInput.Statistics given) {
            return EvaluatedSet.ofStatistics(MeasuredSet.ofStatistics(given.name(), instruments, given.statistics()));
        }
        FeatureReading ready = Objects.requireNonNull(reading); // there is one wherever there are images
        return input instanceof EvaluationInput.Pictures pictures
                ? ready.read(pictures)
                : ready.read((EvaluationInput.InMemory) input);
    }

    private void saveStatistics(EvaluatedSet real) {
        if (request.saveStatistics() != null) {
            StatisticsFile.write(real.set().statistics(), request.saveStatistics());
        }
    }
}
