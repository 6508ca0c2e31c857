package org.autophage.report;

import static org.autophage.report.Metric.Scale.COST;
import static org.autophage.report.Metric.Scale.NUMBER;
import static org.autophage.report.Metric.Scale.SHARE;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autophage.run.ClassifierAccuracy;

/** The metrics that have names and meanings, in the order in which a page shows them. */
final class KnownMetrics {
    private static final Map<String, Metric> BY_KEY = new LinkedHashMap<>();

    /** Metrics that head a page, the most telling first. */
    static final List<String> HEADLINES = List.of(
            Metric.FRECHET_DISTANCE,
            Metric.RECALL,
            Metric.PRECISION,
            Metric.LABEL_ACCURACY,
            Metric.SQUARED_WASSERSTEIN,
            Metric.EFFECTIVE_SAMPLES,
            Metric.VARIANCE,
            Metric.LOG_LIKELIHOOD,
            Metric.MODES_LOST);

    static {
        add(
                Metric.FRECHET_DISTANCE,
                "Fréchet distance",
                NUMBER,
                "Distance of two Gaussians fitted to the features; lower is better.");
        add(
                Metric.PRECISION,
                "Precision",
                SHARE,
                "Share of samples inside the real ones’ neighbourhoods: quality; higher is better.");
        add(
                Metric.RECALL,
                "Recall",
                SHARE,
                "Share of real samples inside the generated ones’ neighbourhoods: diversity; higher is better.");
        add("density", "Density", NUMBER, "How many real neighbourhoods a sample lies in, 1 for equal distributions.");
        add("coverage", "Coverage", SHARE, "Share of real neighbourhoods that hold a sample; higher is better.");
        add(
                Metric.LABEL_ACCURACY,
                "Label accuracy",
                SHARE,
                "Share of samples that an independent classifier gives the label that was asked for.");
        add(
                Metric.SQUARED_WASSERSTEIN,
                "Squared 2-Wasserstein distance",
                NUMBER,
                "Between the learnt law and the real one, exact for Gaussians; lower is better.");
        add(
                "squaredWassersteinOfMeans",
                "Squared distance of means",
                NUMBER,
                "The part of the squared 2-Wasserstein distance that is drift of the mean.");
        add(
                "squaredWassersteinOfCovariances",
                "Squared distance of covariances",
                NUMBER,
                "The part of the squared 2-Wasserstein distance that is change of shape.");
        add(
                Metric.EFFECTIVE_SAMPLES,
                "Effective samples n_e",
                NUMBER,
                "Real samples that alone would give this distance; synthetic data helps where it is above n_r.");
        add(
                Metric.VARIANCE,
                "Variance",
                NUMBER,
                "Mean over the dimensions; 1 for the real law where that is N(0, I). Falling variance is lost diversity.");
        add(
                "logVariance",
                "Log variance",
                NUMBER,
                "Mean over the dimensions of the variance’s natural logarithm; falling is lost diversity.");
        add(
                Metric.LOG_LIKELIHOOD,
                "Log-likelihood",
                NUMBER,
                "Mean logarithm of the model’s density at held-out real points, nats a point; higher is better.");
        add(
                "kullbackLeibler",
                "Kullback-Leibler divergence",
                NUMBER,
                "Mean log-density of the real law minus that of the model at held-out real points, nats; lower is better.");
        add(
                Metric.MODES_LOST,
                "Modes lost",
                NUMBER,
                "Separate modes of the real law that no sample comes near; 0 is best.");
        add(
                "highQualityShare",
                "High-quality samples",
                SHARE,
                "Share of samples near some mode of the real law; higher is better.");
        add(
                "kernelDistance",
                "Kernel distance",
                NUMBER,
                "Squared maximum mean discrepancy under a cubic kernel; lower is better.");
        add("vendiScore.fake", "Vendi score of the samples", NUMBER, "");
        add("vendiScore.real", "Vendi score of the reference", NUMBER, "");
        add(
                "authenticPercent",
                "Authentic samples, %",
                NUMBER,
                "Share of samples that are not closer to a training sample than its own neighbour is.");
        add(
                "smallestClassShare",
                "Smallest class",
                SHARE,
                "Share of samples that an independent classifier gives its rarest class, of those that it tells from others; 0 where a class is lost.");
        add(
                "largestClassShare",
                "Largest class",
                SHARE,
                "Share of samples that an independent classifier gives its most frequent class.");
        add(
                "classesUnseen",
                "Classes not seen",
                NUMBER,
                "Classes that the independent classifier itself cannot tell from others: their loss would not be noticed.");
        add(
                ClassifierAccuracy.OF_FEATURES,
                "Features’ classifier right",
                SHARE,
                "Share of held-out real images of which the classifier behind the features names the class.");
        add(
                ClassifierAccuracy.OF_JUDGE,
                "Independent classifier right",
                SHARE,
                "Share of held-out real images of which the independent classifier names the class.");
        add(
                "latentDeviation",
                "Deviation of codes",
                NUMBER,
                "Of the codes that generation 1’s encoder gives these samples; shrinks as they move towards the mode.");
        add("latentMean", "Mean of codes", NUMBER, "Of the codes that generation 1’s encoder gives these samples.");
        add("trainSeconds", "Training, s", COST, "wall time of a generation");
        add("sampleSeconds", "Sampling, s", COST, "wall time of a generation");
        add("metricSeconds", "Metrics, s", COST, "wall time of a generation");
        add("trainedPerSecond", "Training, samples/s", COST, "samples that steps were taken on, a second");
        add("sampledPerSecond", "Sampling, samples/s", COST, "samples drawn, a second");
        add("gpuPercent", "GPU busy, %", COST, "mean share of time in which it computed, by whoever");
        add("gpuMemoryGiB", "GPU memory, GiB", COST, "most that was taken, by whoever");
    }

    private KnownMetrics() {}

    private static void add(String key, String label, Metric.Scale scale, String meaning) {
        BY_KEY.put(key, new Metric(key, label, meaning, scale));
    }

    static Optional<Metric> find(String key) {
        return Optional.ofNullable(BY_KEY.get(key));
    }

    /** Known ones first, in their order, then the others; times last. */
    static Comparator<Metric> readingOrder() {
        List<String> keys = List.copyOf(BY_KEY.keySet());
        return Comparator.<Metric>comparingInt(metric -> metric.scale() == COST ? 1 : 0)
                .thenComparingInt(metric -> keys.contains(metric.key()) ? keys.indexOf(metric.key()) : keys.size());
    }
}
