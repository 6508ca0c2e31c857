package org.autophage.measure;

import static org.autophage.measure.Metric.Better.HIGHER;
import static org.autophage.measure.Metric.Better.LOWER;
import static org.autophage.measure.Metric.Better.NEITHER;
import static org.autophage.measure.Metric.Scale.COST;
import static org.autophage.measure.Metric.Scale.NUMBER;
import static org.autophage.measure.Metric.Scale.SHARE;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The vocabulary: every number that a record of a generation or a result of {@code evaluate} can hold, in the order in
 * which a person reads them. What measures, warns, plots, tabulates or logs one takes its name from here.
 */
public final class Metrics {
    private static final Map<String, Metric> BY_KEY = new LinkedHashMap<>();

    public static final Metric FRECHET_DISTANCE = named(
            "frechetDistance",
            "Fréchet distance",
            "Fréchet distance",
            "Distance of two Gaussians fitted to the features; lower is better.",
            NUMBER,
            LOWER);
    public static final Metric PRECISION = metric(
            "precision",
            "Precision",
            "Share of samples inside the real ones’ neighbourhoods: quality; higher is better.",
            SHARE,
            HIGHER);
    public static final Metric RECALL = metric(
            "recall",
            "Recall",
            "Share of real samples inside the generated ones’ neighbourhoods: diversity; higher is better.",
            SHARE,
            HIGHER);
    public static final Metric DENSITY = metric(
            "density",
            "Density",
            "How many real neighbourhoods a sample lies in, 1 for equal distributions.",
            NUMBER,
            NEITHER);
    public static final Metric COVERAGE = metric(
            "coverage",
            "Coverage",
            "Share of real neighbourhoods that hold a sample; higher is better.",
            SHARE,
            HIGHER);
    public static final Metric LABEL_ACCURACY = metric(
            "labelAccuracy",
            "Label accuracy",
            "Share of samples that an independent classifier gives the label that was asked for.",
            SHARE,
            HIGHER);
    public static final Metric SQUARED_WASSERSTEIN = metric(
            "squaredWasserstein",
            "Squared 2-Wasserstein distance",
            "Between the learnt law and the real one, exact for Gaussians; lower is better.",
            NUMBER,
            LOWER);
    public static final Metric SQUARED_WASSERSTEIN_OF_MEANS = metric(
            "squaredWassersteinOfMeans",
            "Squared distance of means",
            "The part of the squared 2-Wasserstein distance that is drift of the mean.",
            NUMBER,
            LOWER);
    public static final Metric SQUARED_WASSERSTEIN_OF_COVARIANCES = metric(
            "squaredWassersteinOfCovariances",
            "Squared distance of covariances",
            "The part of the squared 2-Wasserstein distance that is change of shape.",
            NUMBER,
            LOWER);
    public static final Metric EFFECTIVE_SAMPLES = metric(
            "effectiveSamples",
            "Effective samples n_e",
            "Real samples that alone would give this distance; synthetic data helps where it is above n_r.",
            NUMBER,
            HIGHER);
    public static final Metric VARIANCE = metric(
            "variance",
            "Variance",
            "Mean over the dimensions; 1 for the real law where that is N(0, I). Falling variance is lost diversity.",
            NUMBER,
            HIGHER);
    public static final Metric LOG_VARIANCE = metric(
            "logVariance",
            "Log variance",
            "Mean over the dimensions of the variance’s natural logarithm; falling is lost diversity.",
            NUMBER,
            HIGHER);
    public static final Metric LOG_LIKELIHOOD = metric(
            "logLikelihood",
            "Log-likelihood",
            "Mean logarithm of the model’s density at held-out real points, nats a point; higher is better.",
            NUMBER,
            HIGHER);
    public static final Metric KULLBACK_LEIBLER = named(
            "kullbackLeibler",
            "Kullback-Leibler divergence",
            "Kullback-Leibler divergence",
            "Mean log-density of the real law minus that of the model at held-out real points, nats; lower is better.",
            NUMBER,
            LOWER);
    public static final Metric MODES_LOST = metric(
            "modesLost",
            "Modes lost",
            "Separate modes of the real law that no sample comes near; 0 is best.",
            NUMBER,
            LOWER);
    public static final Metric HIGH_QUALITY_SHARE = metric(
            "highQualityShare",
            "High-quality samples",
            "Share of samples near some mode of the real law; higher is better.",
            SHARE,
            HIGHER);
    public static final Metric KERNEL_DISTANCE = metric(
            "kernelDistance",
            "Kernel distance",
            "Squared maximum mean discrepancy under a cubic kernel; lower is better.",
            NUMBER,
            LOWER);
    public static final Metric KERNEL_DISTANCE_OF_SUBSETS = metric(
            "kernelDistanceOfSubsets.mean",
            "Kernel distance of subsets",
            "Mean of the kernel distance over subsets of equal size; lower is better.",
            NUMBER,
            LOWER);
    public static final Metric KERNEL_DISTANCE_DEVIATION = metric(
            "kernelDistanceOfSubsets.deviation",
            "Deviation of the kernel distance of subsets",
            "Standard deviation over those subsets.",
            NUMBER,
            NEITHER);
    public static final Metric VENDI_SCORE_OF_REAL = named(
            "vendiScore.real",
            "Vendi score, real",
            "Vendi score, real",
            "Effective number of different samples among the real ones, by the cosine of their features.",
            NUMBER,
            NEITHER);
    public static final Metric VENDI_SCORE = named(
            "vendiScore.fake",
            "Vendi score, fake",
            "Vendi score, fake",
            "Effective number of different samples, by the cosine of their features: diversity.",
            NUMBER,
            HIGHER);
    public static final Metric AUTHENTIC_PERCENT = metric(
            "authenticPercent",
            "Authentic, %",
            "Share of samples that are not closer to a training sample than its own neighbour is.",
            NUMBER,
            HIGHER);
    public static final Metric NEAREST_REAL_DISTANCE = metric(
            "nearestRealDistance",
            "Nearest real distance",
            "Median distance of a sample from the nearest real one, in features.",
            NUMBER,
            NEITHER);
    public static final Metric EXACT_COPIES = metric(
            "exactCopies", "Exact copies", "Samples whose features are those of a real one; 0 is best.", NUMBER, LOWER);
    public static final Metric COPY_TEST = metric(
            "copyTest",
            "Copy test C_T",
            "Mann-Whitney Z of the distances from training samples, against held-out real ones; far below 0 is copying.",
            NUMBER,
            NEITHER);
    public static final Metric ENTROPY_OF_REAL = metric(
            "entropy.real",
            "Entropy, real",
            "Differential entropy of the real samples’ features, nats.",
            NUMBER,
            NEITHER);
    public static final Metric ENTROPY = metric(
            "entropy.fake",
            "Entropy, fake",
            "Differential entropy of the samples’ features, nats; falling is lost diversity.",
            NUMBER,
            HIGHER);
    public static final Metric CLASSES_LOST = metric(
            "classesLost",
            "Classes lost",
            "Classes of the real samples that no sample is of; 0 is best.",
            NUMBER,
            LOWER);
    public static final Metric CLASS_DIVERGENCE = metric(
            "classDivergence",
            "Class divergence",
            "Kullback-Leibler divergence of the classes’ shares from the real ones, nats; lower is better.",
            NUMBER,
            LOWER);
    public static final Metric SMALLEST_CLASS_SHARE = metric(
            "smallestClassShare",
            "Smallest class",
            "Share of samples that an independent classifier gives its rarest class, of those that it tells from others; 0 where a class is lost.",
            SHARE,
            HIGHER);
    public static final Metric LARGEST_CLASS_SHARE = metric(
            "largestClassShare",
            "Largest class",
            "Share of samples that an independent classifier gives its most frequent class.",
            SHARE,
            NEITHER);
    public static final Metric CLASSES_UNSEEN = metric(
            "classesUnseen",
            "Classes not seen",
            "Classes that the independent classifier itself cannot tell from others: their loss would not be noticed.",
            NUMBER,
            LOWER);
    public static final Metric FEATURES_ACCURACY = metric(
            "featuresAccuracy",
            "Features’ classifier right",
            "Share of held-out real images of which the classifier behind the features names the class.",
            SHARE,
            HIGHER);
    public static final Metric CLASSIFIER_ACCURACY = metric(
            "classifierAccuracy",
            "Independent classifier right",
            "Share of held-out real images of which the independent classifier names the class.",
            SHARE,
            HIGHER);
    public static final Metric LATENT_DEVIATION = metric(
            "latentDeviation",
            "Deviation of codes",
            "Of the codes that generation 1’s encoder gives these samples; shrinks as they move towards the mode.",
            NUMBER,
            HIGHER);
    public static final Metric LATENT_MEAN = metric(
            "latentMean",
            "Mean of codes",
            "Of the codes that generation 1’s encoder gives these samples.",
            NUMBER,
            NEITHER);
    public static final Metric TRAIN_SECONDS = cost("trainSeconds", "Training, s", "wall time of a generation");
    public static final Metric SAMPLE_SECONDS = cost("sampleSeconds", "Sampling, s", "wall time of a generation");
    public static final Metric METRIC_SECONDS = cost("metricSeconds", "Metrics, s", "wall time of a generation");
    public static final Metric TRAINED_PER_SECOND =
            cost("trainedPerSecond", "Training, samples/s", "samples that steps were taken on, a second");
    public static final Metric SAMPLED_PER_SECOND =
            cost("sampledPerSecond", "Sampling, samples/s", "samples drawn, a second");
    public static final Metric GPU_PERCENT = named(
            "gpuPercent",
            "GPU busy, %",
            "GPU busy, %",
            "mean share of time in which it computed, by whoever",
            COST,
            NEITHER);
    public static final Metric GPU_MEMORY = named(
            "gpuMemoryGiB", "GPU memory, GiB", "GPU memory, GiB", "most that was taken, by whoever", COST, NEITHER);

    /** All of them, in reading order. */
    public static final List<Metric> ALL = List.copyOf(BY_KEY.values());

    /** How far samples are from the real law as a whole, the exact one first. */
    public static final List<Metric> DISTANCES = List.of(SQUARED_WASSERSTEIN, FRECHET_DISTANCE);

    /** How good the classifiers are that others rest on: the same in every generation, and no figure of its samples. */
    public static final List<Metric> ACCURACIES = List.of(FEATURES_ACCURACY, CLASSIFIER_ACCURACY);

    /** What a generation took, together. */
    public static final List<Metric> TIMES = List.of(TRAIN_SECONDS, SAMPLE_SECONDS, METRIC_SECONDS);

    private static final List<String> ORDER = List.copyOf(BY_KEY.keySet());

    private Metrics() {}

    private static Metric named(
            String key, String label, String inSentence, String meaning, Metric.Scale scale, Metric.Better better) {
        Metric metric = new Metric(key, label, inSentence, meaning, scale, better);
        BY_KEY.put(key, metric);
        return metric;
    }

    private static Metric metric(String key, String label, String meaning, Metric.Scale scale, Metric.Better better) {
        return named(key, label, lowerCase(label), meaning, scale, better);
    }

    private static Metric cost(String key, String label, String meaning) {
        return metric(key, label, meaning, COST, NEITHER);
    }

    private static String lowerCase(String label) {
        return label.isEmpty() ? "" : label.substring(0, 1).toLowerCase(Locale.ROOT) + label.substring(1);
    }

    /** The one of a key; empty where the vocabulary has none. */
    public static Optional<Metric> find(String key) {
        return Optional.ofNullable(BY_KEY.get(key));
    }

    /** The one of a key. Numbers that no metric of this version is, as of other versions, are named after their keys. */
    public static Metric of(String key) {
        return find(key).orElseGet(() -> {
            String label = words(key);
            return new Metric(key, label, lowerCase(label), "", key.endsWith("Seconds") ? COST : NUMBER, NEITHER);
        });
    }

    private static String words(String key) {
        String spaced = key.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").replace('.', ' ');
        return spaced.isEmpty()
                ? ""
                : spaced.substring(0, 1).toUpperCase(Locale.ROOT)
                        + spaced.substring(1).toLowerCase(Locale.ROOT);
    }

    /** The metrics behind keys, in reading order: those of the vocabulary first, then the others, costs last. */
    public static List<Metric> inReadingOrder(Collection<String> keys) {
        return keys.stream()
                .map(Metrics::of)
                .sorted(Comparator.<Metric>comparingInt(metric -> metric.isCost() ? 1 : 0)
                        .thenComparingInt(
                                metric -> ORDER.contains(metric.key()) ? ORDER.indexOf(metric.key()) : ORDER.size()))
                .toList();
    }
}
