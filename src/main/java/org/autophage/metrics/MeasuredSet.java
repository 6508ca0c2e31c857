package org.autophage.metrics;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.autophage.data.Images;
import org.autophage.metrics.features.FeatureStatistics;
import org.autophage.metrics.features.Features;
import org.autophage.metrics.neighbours.NearestNeighbours;
import org.autophage.metrics.neighbours.Neighbourhoods;
import org.jspecify.annotations.Nullable;

/**
 * One of the sets that metrics compare, with what several of them ask of it: computed when first asked for, and kept, so that
 * a reference which many sets are compared with costs once.
 */
public final class MeasuredSet {
    private final String name;
    private final Instruments instruments;
    private final @Nullable Supplier<Features> features;
    private final Supplier<FeatureStatistics> statistics;
    private final Supplier<Neighbourhoods> balls;
    private final Supplier<Neighbourhoods> ballsForErrors;
    private final Supplier<NearestNeighbours> nearest;
    private final Supplier<Optional<SetClasses>> classes;
    private final Supplier<Optional<Images>> images;
    private final Map<String, Optional<Double>> figures = new HashMap<>();

    private MeasuredSet(
            String name,
            Instruments instruments,
            @Nullable Supplier<Features> features,
            @Nullable FeatureStatistics given,
            Supplier<Optional<SetClasses>> classes,
            Supplier<Optional<Images>> images) {
        this.name = name;
        this.instruments = instruments;
        this.features = features == null ? null : Instruments.lazily(features);
        this.statistics =
                Instruments.lazily(() -> given == null ? instruments.frechet().statistics(features()) : given);
        this.balls = Instruments.lazily(() -> instruments.precisionRecall().neighbourhoods(features()));
        this.ballsForErrors =
                Instruments.lazily(() -> instruments.precisionRecall().neighbourhoodsForErrors(features()));
        this.nearest = Instruments.lazily(() -> instruments.search().within(features(), 1));
        this.classes = Instruments.lazily(classes);
        this.images = Instruments.lazily(images);
    }

    /**
     * Samples.
     *
     * @param name in messages
     * @param features gives them, the first time that they are asked for
     * @param classes tells the samples' classes, likewise; empty where they are not known
     */
    public static MeasuredSet of(
            String name, Instruments instruments, Supplier<Features> features, Supplier<Optional<SetClasses>> classes) {
        return new MeasuredSet(name, instruments, features, null, classes, Optional::empty);
    }

    /**
     * Images.
     *
     * @param images gives them with their labels, the first time that they are asked for
     * @param extract makes features of them, likewise
     */
    public static MeasuredSet ofImages(
            String name,
            Instruments instruments,
            Supplier<Images> images,
            Function<Images, Features> extract,
            Supplier<Optional<SetClasses>> classes) {
        Supplier<Images> once = Instruments.lazily(images);
        return new MeasuredSet(
                name, instruments, () -> extract.apply(once.get()), null, classes, () -> Optional.of(once.get()));
    }

    /** Samples without classes whose features are there. */
    public static MeasuredSet of(String name, Instruments instruments, Features features) {
        return new MeasuredSet(name, instruments, () -> features, null, Optional::empty, Optional::empty);
    }

    /** Mean and covariance of samples that are not there. */
    public static MeasuredSet ofStatistics(String name, Instruments instruments, FeatureStatistics statistics) {
        return new MeasuredSet(name, instruments, null, statistics, Optional::empty, Optional::empty);
    }

    /** What it is called in messages. */
    public String name() {
        return name;
    }

    /** Whether more than mean and covariance is known. */
    public boolean hasSamples() {
        return features != null;
    }

    /** One row a sample; of sets that have samples only. */
    public Features features() {
        return Objects.requireNonNull(features, name).get();
    }

    /** Mean and covariance. */
    public FeatureStatistics statistics() {
        return statistics.get();
    }

    /** Its nearest-neighbour balls. */
    public Neighbourhoods balls() {
        return balls.get();
    }

    /** The same such that shares counted by them have sampling errors. */
    public Neighbourhoods ballsForErrors() {
        return ballsForErrors.get();
    }

    /** The nearest other sample of every sample. */
    public NearestNeighbours nearest() {
        return nearest.get();
    }

    /** How many samples are of each class; empty where classes are not known. */
    public Optional<SetClasses> classes() {
        return classes.get();
    }

    /** The images that it is of, with their labels; empty where features or points alone are known. */
    public Optional<Images> images() {
        return images.get();
    }

    /**
     * A metric's own figure of this set alone.
     *
     * @param figure its name
     * @param compute gives it, the first time; empty where it has none
     */
    public Optional<Double> figure(String figure, Supplier<Optional<Double>> compute) {
        Optional<Double> known = figures.get(figure);
        if (known == null) {
            known = compute.get();
            figures.put(figure, known);
        }
        return known;
    }

    /** Number of features of one sample. */
    public int width() {
        return hasSamples() ? features().width() : statistics().width();
    }

    /** Number of samples; {@link FeatureStatistics#UNKNOWN} where a file of statistics does not say. */
    public int count() {
        return hasSamples() ? features().count() : statistics().count();
    }

    /** What it was made to compute with. */
    Instruments instruments() {
        return instruments;
    }
}
