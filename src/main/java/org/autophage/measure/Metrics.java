package org.autophage.measure;

import static org.autophage.measure.Metric.Better.HIGHER;
import static org.autophage.measure.Metric.Better.LOWER;
import static org.autophage.measure.Metric.Better.NEITHER;
import static org.autophage.measure.Metric.Scale.COST;
import static org.autophage.measure.Metric.Scale.NUMBER;
import static org.autophage.measure.Metric.Scale.SHARE;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The vocabulary: every number that a record of a generation or a result of {@code evaluate} can hold, in the order in
 * which a person reads them. What measures, warns, plots, tabulates or logs one takes its name from here.
 */
public final class Metrics extends SequenceMetrics {
    public static final Metric FRECHET_DISTANCE = metric("frechetDistance", "Fréchet distance", NUMBER, LOWER)
            .called("Fréchet distance")
            .means("Distance of two Gaussians fitted to the features; lower is better.");
    public static final Metric PRECISION = metric("precision", "Precision", SHARE, HIGHER)
            .means("Share of samples inside the real ones’ neighbourhoods: quality; higher is better.");
    public static final Metric RECALL = metric("recall", "Recall", SHARE, HIGHER)
            .means("Share of real samples inside the generated ones’ neighbourhoods: diversity; higher is better.");
    public static final Metric DENSITY = metric("density", "Density", NUMBER, NEITHER)
            .means("How many real neighbourhoods a sample lies in, 1 for equal distributions.");
    public static final Metric COVERAGE = metric("coverage", "Coverage", SHARE, HIGHER)
            .means("Share of real neighbourhoods that hold a sample; higher is better.");
    public static final Metric LABEL_ACCURACY = metric("labelAccuracy", "Label accuracy", SHARE, HIGHER)
            .means("Share of samples that an independent classifier gives the label that was asked for.");
    public static final Metric SQUARED_WASSERSTEIN = metric(
                    "squaredWasserstein", "Squared 2-Wasserstein distance", NUMBER, LOWER)
            .means("Between the learnt law and the real one, exact for Gaussians; lower is better.");
    public static final Metric SQUARED_WASSERSTEIN_OF_MEANS = metric(
                    "squaredWassersteinOfMeans", "Squared distance of means", NUMBER, LOWER)
            .means("The part of the squared 2-Wasserstein distance that is drift of the mean.");
    public static final Metric SQUARED_WASSERSTEIN_OF_COVARIANCES = metric(
                    "squaredWassersteinOfCovariances", "Squared distance of covariances", NUMBER, LOWER)
            .means("The part of the squared 2-Wasserstein distance that is change of shape.");
    public static final Metric DISTANCE_FROM_FIRST = metric(
                    "distanceFromFirst", "Distance from generation 1’s real data", NUMBER, NEITHER)
            .means(
                    "Where the real law moves: distance from what it was at generation 1; all else is compared with what it is by now.");
    public static final Metric WORLD_DISTANCE = metric("worldDistance", "World, from generation 1", NUMBER, NEITHER)
            .called("distance of the world")
            .means("Fréchet distance of the real data by now from those of generation 1: the world moved.");
    public static final Metric CONTAMINATION_DISTANCE = metric(
                    "contaminationDistance", "Training data, from the world", NUMBER, LOWER)
            .called("distance of the training data")
            .means(
                    "Fréchet distance of the training set from the real data by now: the training data are contaminated.");
    public static final Metric FIT_DISTANCE = metric("fitDistance", "Samples, from the training data", NUMBER, LOWER)
            .called("distance of the samples from the training data")
            .means("Fréchet distance of the samples from the training set: the model does not fit.");
    public static final Metric EFFECTIVE_SAMPLES = metric("effectiveSamples", "Effective samples n_e", NUMBER, HIGHER)
            .means("Real samples that alone would give this distance; synthetic data helps where it is above n_r.");
    public static final Metric VARIANCE = metric("variance", "Variance", NUMBER, HIGHER)
            .means(
                    "Mean over the dimensions; 1 for the real law where that is N(0, I). Falling variance is lost diversity.");
    public static final Metric LOG_VARIANCE = metric("logVariance", "Log variance", NUMBER, HIGHER)
            .means(
                    "Mean over the dimensions of the variance’s natural logarithm; falling is lost diversity. None where a variance is 0.");
    public static final Metric LOG_LIKELIHOOD = metric("logLikelihood", "Log-likelihood", NUMBER, HIGHER)
            .means("Mean logarithm of the model’s density at held-out real points, nats a point; higher is better.");
    public static final Metric KULLBACK_LEIBLER = metric(
                    "kullbackLeibler", "Kullback-Leibler divergence", NUMBER, LOWER)
            .called("Kullback-Leibler divergence")
            .means(
                    "Mean log-density of the real law minus that of the model at held-out real points, nats; lower is better.");
    public static final Metric MODES_LOST = metric("modesLost", "Modes lost", NUMBER, LOWER)
            .means("Separate modes of the real law that no sample comes near; 0 is best.");
    public static final Metric HIGH_QUALITY_SHARE = metric("highQualityShare", "High-quality samples", SHARE, HIGHER)
            .means("Share of samples near some mode of the real law; higher is better.");
    public static final Metric KERNEL_DISTANCE = metric("kernelDistance", "Kernel distance", NUMBER, LOWER)
            .means("Squared maximum mean discrepancy under a cubic kernel; lower is better.");
    public static final Metric KERNEL_DISTANCE_OF_SUBSETS = metric(
                    "kernelDistanceOfSubsets.mean", "Kernel distance of subsets", NUMBER, LOWER)
            .means("Mean of the kernel distance over subsets of equal size; lower is better.");
    public static final Metric KERNEL_DISTANCE_DEVIATION = metric(
                    "kernelDistanceOfSubsets.deviation", "Deviation of the kernel distance of subsets", NUMBER, NEITHER)
            .means("Standard deviation over those subsets.");
    public static final Metric VENDI_SCORE_OF_REAL = metric("vendiScore.real", "Vendi score, real", NUMBER, NEITHER)
            .called("Vendi score, real")
            .means("Effective number of different samples among the real ones, by the cosine of their features.");
    public static final Metric VENDI_SCORE = metric("vendiScore.fake", "Vendi score, fake", NUMBER, HIGHER)
            .called("Vendi score, fake")
            .means("Effective number of different samples, by the cosine of their features: diversity.");
    public static final Metric AUTHENTIC_PERCENT = metric("authenticPercent", "Authentic, %", NUMBER, HIGHER)
            .means("Share of samples that are not closer to a training sample than its own neighbour is.");
    public static final Metric NEAREST_REAL_DISTANCE = metric(
                    "nearestRealDistance", "Nearest real distance", NUMBER, NEITHER)
            .means("Median distance of a sample from the nearest real one, in features.");
    public static final Metric NEAREST_TRAINING_DISTANCE = metric(
                    "nearestTrainingDistance", "Nearest training distance", NUMBER, NEITHER)
            .means("Median distance of a sample from the nearest that its model learnt from, in features.");
    public static final Metric EXACT_COPIES = metric("exactCopies", "Exact copies", NUMBER, LOWER)
            .means("Samples whose features are those of a training sample; 0 is best.");
    public static final Metric COPY_TEST = metric("copyTest", "Copy test C_T", NUMBER, NEITHER)
            .means(
                    "Mann-Whitney Z of the distances from training samples, against held-out real ones; far below 0 is copying.");
    public static final Metric NEAREST_NEIGHBOUR_ACCURACY = metric(
                    "nearestNeighbourAccuracy", "Nearest neighbour of own kind", SHARE, NEITHER)
            .means(
                    "Share of samples, real and generated, whose nearest neighbour is of their own kind; 0.5 for equal distributions, 1 where they are apart.");
    public static final Metric TWO_SAMPLE_ACCURACY = metric(
                    "twoSampleClassifier.accuracy", "Two-sample classifier", SHARE, NEITHER)
            .means(
                    "Share of samples of which a classifier that learnt on others names the kind, real or generated; 0.5 for equal distributions, at most 1/2 + TV/2.");
    public static final Metric TWO_SAMPLE_DEVIATIONS = metric(
                    "twoSampleClassifier.z", "Two-sample classifier, z", NUMBER, LOWER)
            .means("How many standard deviations of fair coins that is above a half; beyond 3 is no chance.");
    public static final Metric TWO_SAMPLE_TRAINING_ACCURACY = metric(
                    "twoSampleClassifier.trainingAccuracy", "Two-sample classifier, training set", SHARE, NEITHER)
            .means("The same of generated samples and what their model learnt from: how well it fits.");
    public static final Metric TWO_SAMPLE_TRAINING_DEVIATIONS = metric(
                    "twoSampleClassifier.trainingZ", "Two-sample classifier, training set, z", NUMBER, LOWER)
            .means("How many standard deviations of fair coins that is above a half.");
    public static final Metric ANOMALY_AREA = metric("anomaly.auroc", "Anomaly, AUROC", SHARE, NEITHER)
            .called("AUROC of anomaly")
            .means(
                    "How often a sample is farther from real ones than a held-out real one; 0.5 for equal distributions, less where samples keep to the dense middle.");
    public static final Metric ANOMALOUS_SHARE = metric("anomaly.share", "Anomalous samples", SHARE, LOWER)
            .means(
                    "Share of samples that are farther from real ones than 95% of held-out real ones are; 0.05 for equal distributions.");
    public static final Metric DUPLICATE_PAIRS_OF_REAL = metric(
                    "duplicatePairs.real", "Near-duplicate pairs, real", NUMBER, NEITHER)
            .means(
                    "Pairs among as many real samples that are nearer than one in a hundred of these is to its neighbour.");
    public static final Metric DUPLICATE_PAIRS = metric(
                    "duplicatePairs.fake", "Near-duplicate pairs, fake", NUMBER, LOWER)
            .means("Pairs of samples that are as near, or the same; more than among the real ones is lost diversity.");
    public static final Metric SUPPORT_SIZE_OF_REAL = metric("supportSize.real", "Support size, real", NUMBER, NEITHER)
            .means("How many different real samples there are, told from near-duplicates by the birthday paradox.");
    public static final Metric SUPPORT_SIZE = metric("supportSize.fake", "Support size, fake", NUMBER, HIGHER)
            .means(
                    "How many different samples the model has, told from near-duplicates by the birthday paradox; none where there are no near-duplicates.");
    public static final Metric SUPPORT_AT_LEAST = metric(
                    "supportSize.atLeast", "Support size, at least", NUMBER, HIGHER)
            .means("Lower bound of how many different samples the model has, at 95%.");
    public static final Metric MAUVE = metric("mauve", "MAUVE-like", SHARE, HIGHER)
            .called("MAUVE-like score")
            .means(
                    "Area under the divergence frontier of both sets’ shares of common cells, on these features; 1 for equal distributions, 0 where they are apart.");
    public static final Metric EFFECTIVE_RANK_OF_REAL = metric(
                    "effectiveRank.real", "Effective rank, real", NUMBER, NEITHER)
            .means("Effective number of directions in which the real samples’ features vary.");
    public static final Metric EFFECTIVE_RANK = metric("effectiveRank.fake", "Effective rank, fake", NUMBER, HIGHER)
            .means(
                    "Effective number of directions in which the samples’ features vary: exp of the covariance’s spectral entropy; falling is lost diversity.");
    public static final Metric ENTROPY_OF_REAL = metric("entropy.real", "Entropy, real", NUMBER, NEITHER)
            .means("Differential entropy of the real samples’ features, nats.");
    public static final Metric ENTROPY = metric("entropy.fake", "Entropy, fake", NUMBER, HIGHER)
            .means("Differential entropy of the samples’ features, nats; falling is lost diversity.");
    public static final Metric SMALLEST_CLASS_RECALL = metric(
                    "smallestClassRecall", "Recall of the smallest class", SHARE, HIGHER)
            .means(
                    "Recall among the samples of the class that has the fewest real ones: a minority that is lost first.");
    public static final Metric CLASS_SHARE = metric("classShare", "Share of samples", SHARE, NEITHER)
            .means("Of one class, as an independent classifier or the samples’ labels say.");
    public static final Metric CLASSES_LOST = metric("classesLost", "Classes lost", NUMBER, LOWER)
            .means("Classes of the real samples that no sample is of; 0 is best.");
    public static final Metric CLASS_DIVERGENCE = metric("classDivergence", "Class divergence", NUMBER, LOWER)
            .means("Kullback-Leibler divergence of the classes’ shares from the real ones, nats; lower is better.");
    public static final Metric FEATURE_VARIANCE = metric("featureVariance", "Variance of features", NUMBER, HIGHER)
            .means("Of the samples, summed over the features, over that of the real ones; falling is lost diversity.");
    public static final Metric TAIL_COVERAGE = metric("tailCoverage", "Coverage of the tail", SHARE, HIGHER)
            .means(
                    "Share of neighbourhoods that hold a sample, of the tenth of the real samples whose neighbourhoods are largest; higher is better.");
    public static final Metric HALLUCINATED_SHARE = metric("hallucinatedShare", "Hallucinated samples", SHARE, LOWER)
            .means(
                    "Share of samples that are in no real neighbourhood, and whose own nearest samples are in none either: they gather where nothing is real.");
    public static final Metric SMALLEST_CLASS_SHARE = metric("smallestClassShare", "Smallest class", SHARE, HIGHER)
            .means(
                    "Share of samples that an independent classifier gives its rarest class, of those that it tells from others; 0 where a class is lost.");
    public static final Metric LARGEST_CLASS_SHARE = metric("largestClassShare", "Largest class", SHARE, NEITHER)
            .means("Share of samples that an independent classifier gives its most frequent class.");
    public static final Metric CLASSES_UNSEEN = metric("classesUnseen", "Classes not seen", NUMBER, LOWER)
            .means(
                    "Classes that the independent classifier itself cannot tell from others: their loss would not be noticed.");
    public static final Metric LEARNER_ACCURACY = metric("learnerAccuracy", "Learner right", SHARE, HIGHER)
            .means(
                    "Share of held-out real images of which a classifier that was trained on the samples alone names the class.");
    public static final Metric LEARNER_WORST_CLASS_ACCURACY = metric(
                    "learnerWorstClassAccuracy", "Learner right, worst class", SHARE, HIGHER)
            .means("The same of the class that it names least often; near 0 where the samples have lost a class.");
    public static final Metric LEARNER_WITH_REAL_ACCURACY = metric(
                    "learnerWithRealAccuracy", "Learner with real images right", SHARE, HIGHER)
            .means(
                    "The same of a classifier that was trained on the samples and on as many real images, the same ones in every generation.");
    public static final Metric LEARNER_ON_REAL_ACCURACY = metric(
                    "learnerOnRealAccuracy", "Learner of real images right", SHARE, HIGHER)
            .means("The same of a classifier that was trained on those real images alone: the yardstick.");
    public static final Metric ATTACK_RADIUS = metric("attackRadius", "Radius ε of attacks", NUMBER, NEITHER)
            .called("radius ε of attacks")
            .means("Most that an attack changes a pixel by, of pixels in [0, 1].");
    public static final Metric LEARNER_FAST_GRADIENT_ACCURACY = metric(
                    "learnerFastGradientAccuracy", "Learner right, fast gradient", SHARE, HIGHER)
            .means(
                    "Of the classifier that was trained on the samples alone, on real images that one step along the sign of its loss’s gradient has changed.");
    public static final Metric LEARNER_PROJECTED_GRADIENT_ACCURACY = metric(
                    "learnerProjectedGradientAccuracy", "Learner right, projected gradient", SHARE, HIGHER)
            .means("The same on images that ten steps have changed: the stronger attack.");
    public static final Metric LEARNER_ON_REAL_PROJECTED_GRADIENT_ACCURACY = metric(
                    "learnerOnRealProjectedGradientAccuracy",
                    "Learner of real images right, projected gradient",
                    SHARE,
                    HIGHER)
            .means("The same of the classifier that was trained on real images alone: the yardstick.");
    public static final Metric ROBUST_LEARNER_ACCURACY = metric(
                    "robustLearnerAccuracy", "Robust learner right", SHARE, HIGHER)
            .means(
                    "Of a classifier that was trained on samples which an attack changes in every step, on real images as they are.");
    public static final Metric ROBUST_LEARNER_FAST_GRADIENT_ACCURACY = metric(
                    "robustLearnerFastGradientAccuracy", "Robust learner right, fast gradient", SHARE, HIGHER)
            .means("The same on images that one step along the sign of its loss’s gradient has changed.");
    public static final Metric ROBUST_LEARNER_PROJECTED_GRADIENT_ACCURACY = metric(
                    "robustLearnerProjectedGradientAccuracy", "Robust learner right, projected gradient", SHARE, HIGHER)
            .means("The same on images that ten steps have changed.");
    public static final Metric ROBUST_LEARNER_ON_REAL_PROJECTED_GRADIENT_ACCURACY = metric(
                    "robustLearnerOnRealProjectedGradientAccuracy",
                    "Robust learner of real images right, projected gradient",
                    SHARE,
                    HIGHER)
            .means("The same of one that was trained on real images alone: the yardstick.");
    public static final Metric CONTRASTIVE_PROBE_ACCURACY = metric(
                    "contrastiveProbeAccuracy", "Contrastive encoder, probe right", SHARE, HIGHER)
            .means(
                    "Share of held-out real images of which a linear probe, fitted on real images, names the class, on an encoder that learnt from the samples to tell views of one image from others.");
    public static final Metric CONTRASTIVE_ON_REAL_PROBE_ACCURACY = metric(
                    "contrastiveOnRealProbeAccuracy", "Contrastive encoder of real images, probe right", SHARE, HIGHER)
            .means("The same on an encoder that learnt from real images: the yardstick.");
    public static final Metric ROTATION_PROBE_ACCURACY = metric(
                    "rotationProbeAccuracy", "Rotation encoder, probe right", SHARE, HIGHER)
            .means("The same on an encoder that learnt from the samples to tell how far an image is turned.");
    public static final Metric ROTATION_ON_REAL_PROBE_ACCURACY = metric(
                    "rotationOnRealProbeAccuracy", "Rotation encoder of real images, probe right", SHARE, HIGHER)
            .means("The same on one that learnt it from real images: the yardstick.");
    public static final Metric UNTRAINED_PROBE_ACCURACY = metric(
                    "untrainedProbeAccuracy", "Untrained encoder, probe right", SHARE, NEITHER)
            .means("The same on an encoder with random weights: what an encoder that learnt nothing is worth.");
    public static final Metric FEATURES_ACCURACY = metric(
                    "featuresAccuracy", "Features’ classifier right", SHARE, HIGHER)
            .means("Share of held-out real images of which the classifier behind the features names the class.");
    public static final Metric CLASSIFIER_ACCURACY = metric(
                    "classifierAccuracy", "Independent classifier right", SHARE, HIGHER)
            .means("Share of held-out real images of which the independent classifier names the class.");
    public static final Metric LATENT_DEVIATION = metric("latentDeviation", "Deviation of codes", NUMBER, HIGHER)
            .means(
                    "Of the codes that generation 1’s encoder gives these samples; shrinks as they move towards the mode.");
    public static final Metric LATENT_MEAN = metric("latentMean", "Mean of codes", NUMBER, NEITHER)
            .means("Of the codes that generation 1’s encoder gives these samples.");
    public static final Metric TRAIN_SECONDS =
            metric("trainSeconds", "Training, s", COST, NEITHER).means("wall time of a generation");
    public static final Metric SAMPLE_SECONDS =
            metric("sampleSeconds", "Sampling, s", COST, NEITHER).means("wall time of a generation");
    public static final Metric METRIC_SECONDS =
            metric("metricSeconds", "Metrics, s", COST, NEITHER).means("wall time of a generation");
    public static final Metric TRAINED_PER_SECOND = metric("trainedPerSecond", "Training, samples/s", COST, NEITHER)
            .means("samples that steps were taken on, a second");
    public static final Metric SAMPLED_PER_SECOND =
            metric("sampledPerSecond", "Sampling, samples/s", COST, NEITHER).means("samples drawn, a second");
    public static final Metric GPU_PERCENT = metric("gpuPercent", "GPU busy, %", COST, NEITHER)
            .called("GPU busy, %")
            .means("mean share of time in which it computed, by whoever");
    public static final Metric GPU_MEMORY = metric("gpuMemoryGiB", "GPU memory, GiB", COST, NEITHER)
            .called("GPU memory, GiB")
            .means("most that was taken, by whoever");

    /** All of them, in reading order: those of sequences last. */
    public static final List<Metric> ALL = inOrder();

    /** How far samples are from the real law as a whole, the exact one first. */
    public static final List<Metric> DISTANCES = List.of(SQUARED_WASSERSTEIN, FRECHET_DISTANCE);

    /** How good the classifiers are that others rest on: the same in every generation, and no figure of its samples. */
    public static final List<Metric> ACCURACIES = List.of(FEATURES_ACCURACY, CLASSIFIER_ACCURACY);

    /** What a generation took, together. */
    public static final List<Metric> TIMES = List.of(TRAIN_SECONDS, SAMPLE_SECONDS, METRIC_SECONDS);

    /** How keys of wall times end. */
    private static final String SECONDS = "Seconds";

    /** The object of a record with numbers on further features, by these features' names. */
    static final String BY_FEATURES = "byFeatures.";

    /** The object of a record with numbers of one class each, by these classes' names. */
    private static final String BY_CLASS = "byClass.";

    private static final List<String> ORDER = ALL.stream().map(Metric::key).toList();

    private Metrics() {}

    private static List<Metric> inOrder() {
        List<Metric> all = new ArrayList<>(BY_KEY.values());
        Collections.rotate(all, -OF_SEQUENCES);
        return List.copyOf(all);
    }

    /** The one of a key. Numbers that no metric of this version is, as of other versions, are named after their keys. */
    public static Metric of(String key) {
        Metric known = BY_KEY.get(key);
        if (known != null) {
            return known;
        }
        String plain = onFirstFeatures(key);
        if (!plain.equals(key)) {
            return among(of(plain), key, key.substring(BY_FEATURES.length(), key.length() - plain.length() - 1));
        }
        Optional<FactorTails> ofFactor = FactorTails.of(key);
        if (ofFactor.isPresent()) {
            return ofFactor.get().metric();
        }
        Optional<TypeTenth> ofTypes = TypeTenth.of(key);
        if (ofTypes.isPresent()) {
            return ofTypes.get().metric();
        }
        Optional<String> ofClass = className(key);
        if (ofClass.isPresent()) {
            return among(of(key.substring(key.lastIndexOf('.') + 1)), key, "class " + ofClass.get());
        }
        String label = words(key);
        return new Metric(key, label, lowerCase(label), "", key.endsWith(SECONDS) ? COST : NUMBER, NEITHER);
    }

    /** The wall time of a metric that was asked for by its name, s. */
    public static Metric secondsOf(String name) {
        return of(name + SECONDS);
    }

    /** What the key of a number or text on further features is on the first ones; other keys as they are. */
    public static String onFirstFeatures(String key) {
        int name = key.startsWith(BY_FEATURES) ? key.indexOf('.', BY_FEATURES.length()) : -1;
        return name < 0 ? key : key.substring(name + 1);
    }

    /** The number of one class alone. */
    public static Metric ofClass(Metric metric, String name) {
        return of(BY_CLASS + name + "." + metric.key());
    }

    /** The class that the number of a key is of alone; empty where it is of all. */
    public static Optional<String> className(String key) {
        int end = key.lastIndexOf('.');
        return key.startsWith(BY_CLASS) && end >= BY_CLASS.length()
                ? Optional.of(key.substring(BY_CLASS.length(), end))
                : Optional.empty();
    }

    private static Metric among(Metric metric, String key, String which) {
        String behind = ", " + which;
        return new Metric(
                key,
                metric.label() + behind,
                metric.inSentence() + behind,
                metric.meaning(),
                metric.scale(),
                metric.better());
    }

    /** Whether it says how good a classifier is, on whichever features. */
    public static boolean isAccuracy(Metric metric) {
        return ACCURACIES.contains(of(onFirstFeatures(metric.key())));
    }

    /** Whether it is of one class, one factor's tail or one tenth of the tokens alone, of which there are many, on whichever features. */
    public static boolean isOfAPart(Metric metric) {
        return className(onFirstFeatures(metric.key())).isPresent()
                || FactorTails.of(metric.key()).isPresent()
                || TypeTenth.of(metric.key()).isPresent();
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
