package org.autophage.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.measure.Basis;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Authenticity;
import org.autophage.metrics.Ball;
import org.autophage.metrics.BallMembers;
import org.autophage.metrics.FeatureExtractor;
import org.autophage.metrics.KernelDistance;
import org.autophage.metrics.NearestTraining;
import org.autophage.metrics.PrecisionRecall;
import org.autophage.metrics.features.FeatureChoice;
import org.jspecify.annotations.Nullable;

/** Names every number, for JSON as in the contract, for people with all that it depends on. */
final class ResultWriter {
    private final MeasuredSet real;
    private final MeasuredSet fake;
    private final @Nullable MeasuredSet test;
    private final boolean inception;
    private final String features;
    private final String of;
    private final Intervals intervals;
    private final Map<String, Object> values = new LinkedHashMap<>();
    /** The objects in {@link #values}, by their names. */
    private final Map<String, Map<String, Object>> groups = new HashMap<>();

    private final List<EvaluationResult.Row> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** @param extractor null for features that came as they are */
    ResultWriter(
            MeasuredSet real,
            MeasuredSet fake,
            @Nullable MeasuredSet test,
            @Nullable FeatureExtractor extractor,
            Intervals intervals) {
        this.real = real;
        this.fake = fake;
        this.test = test;
        this.intervals = intervals;
        inception = extractor != null && extractor.name().startsWith(FeatureChoice.INCEPTION + "@");
        features = extractor == null ? "given" : extractor.name();
        String described = extractor == null
                ? "%d given features".formatted(real.width())
                : "%s, %s".formatted(features, extractor.preprocessing());
        of = "%s, %s real, %s fake".formatted(described, real.describeCount(), fake.describeCount());
        put(Basis.FEATURES.key(), features);
        if (extractor != null) {
            put(Basis.PREPROCESSING.key(), extractor.preprocessing());
        }
    }

    /**
     * Samples that are no more than their features are said beside the number: they make it larger.
     *
     * @param reals whether the real samples are so few
     * @param fakes whether the generated ones are
     */
    void frechetDistance(double distance, boolean reals, boolean fakes) {
        number(Metrics.FRECHET_DISTANCE, distance);
        List<String> few = new ArrayList<>();
        if (reals) {
            few.add("real");
        }
        if (fakes) {
            few.add("fake");
        }
        String said = "";
        if (!few.isEmpty()) {
            values.put("noMoreSamplesThanFeatures", few);
            said = "; too few %s samples for %d features: too large".formatted(String.join(" and ", few), real.width());
        }
        row(
                inception ? "FID" : Metrics.FRECHET_DISTANCE.inSentence(),
                distance,
                "covariances divided by N - 1, float64" + said);
    }

    void kernelDistance(double distance) {
        number(Metrics.KERNEL_DISTANCE, distance);
        row(
                inception ? "KID, all pairs" : Metrics.KERNEL_DISTANCE.inSentence(),
                distance,
                "(x·y/d + 1)³, unbiased, over all pairs");
    }

    void kernelDistanceOfSubsets(KernelDistance.Subsets subsets) {
        number(Metrics.KERNEL_DISTANCE_OF_SUBSETS, subsets.mean());
        number(Metrics.KERNEL_DISTANCE_DEVIATION, subsets.deviation());
        put(Basis.SUBSETS.key(), subsets.count());
        put(Basis.SUBSET_SIZE.key(), subsets.size());
        rows.add(new EvaluationResult.Row(
                inception ? "KID" : Metrics.KERNEL_DISTANCE_OF_SUBSETS.inSentence(),
                "%s ± %s".formatted(written(subsets.mean()), written(subsets.deviation())),
                of,
                "mean and deviation of %d subsets of %d, as torch-fidelity's"
                        .formatted(subsets.count(), subsets.size())));
    }

    void precisionRecall(BallMembers members, int neighbours, Ball ball) {
        PrecisionRecall.Result result = members.result();
        String balls = "k = %d, distance %s radius".formatted(neighbours, ball == Ball.STRICT ? "<" : "≤");
        mean(Metrics.PRECISION, result.precision(), members.precise(), balls);
        mean(Metrics.RECALL, result.recall(), members.recalled(), balls);
        mean(Metrics.DENSITY, result.density(), members.densities(), balls);
        mean(Metrics.COVERAGE, result.coverage(), members.covered(), balls);
    }

    /** Null where there is none. */
    void vendiScore(@Nullable Double reals, @Nullable Double fakes) {
        if (reals == null || fakes == null) {
            note("no Vendi score: all features of %s are 0".formatted(reals == null ? real.name() : fake.name()));
            return;
        }
        measured(Metrics.VENDI_SCORE_OF_REAL, reals, "cosine kernel");
        measured(Metrics.VENDI_SCORE, fakes, "cosine kernel");
    }

    void authenticity(Authenticity authenticity) {
        double[] percents = Arrays.stream(authenticity.indicators())
                .map(share -> 100 * share)
                .toArray();
        mean(Metrics.AUTHENTIC_PERCENT, authenticity.percent(), percents, "real as the training set");
    }

    void nearest(NearestTraining nearest) {
        double[] sorted = nearest.distances().clone();
        Arrays.sort(sorted);
        double median = sorted[sorted.length / 2];
        long copies = Arrays.stream(sorted).filter(distance -> distance == 0).count();
        measured(Metrics.NEAREST_REAL_DISTANCE, median, "median over fake, Euclidean");
        counted(Metrics.EXACT_COPIES, copies, "fake equal to a real, in these features");
    }

    void copyTest(double statistic) {
        number(Metrics.COPY_TEST, statistic);
        rows.add(new EvaluationResult.Row(
                Metrics.COPY_TEST.inSentence(),
                written(statistic),
                of + (test == null ? "" : ", %s test".formatted(test.describeCount())),
                "Mann-Whitney Z, far below 0 (-3) is copying"));
    }

    /** Entropies in nats; null where there is none. */
    void entropy(@Nullable Double reals, @Nullable Double fakes) {
        if (reals == null || fakes == null) {
            note("no entropy: a sample of %s comes twice".formatted(reals == null ? real.name() : fake.name()));
            return;
        }
        measured(Metrics.ENTROPY_OF_REAL, reals, "Kozachenko-Leonenko, k = 1, nats");
        measured(Metrics.ENTROPY, fakes, "Kozachenko-Leonenko, k = 1, nats");
    }

    /** @param divergence infinite if fake has a class that real has not */
    void classes(double divergence, int lost) {
        counted(Metrics.CLASSES_LOST, lost, "of real, without a fake sample");
        if (Double.isFinite(divergence)) {
            measured(
                    Metrics.CLASS_DIVERGENCE,
                    divergence,
                    "Kullback-Leibler of class shares, fake from real, nats; a run's classes by its judge");
        }
    }

    void note(String note) {
        notes.add(note);
    }

    EvaluationResult finish(int neighbours, Ball ball) {
        Map<String, Object> ends = intervals.values();
        if (!ends.isEmpty()) {
            values.put("intervals", ends);
        }
        put(Basis.NEIGHBOURS.key(), neighbours);
        put(Basis.BALL.key(), ball.toString());
        values.put("real", real.description());
        values.put("fake", fake.description());
        if (test != null) {
            values.put("test", test.description());
        }
        for (MeasuredSet set : List.of(real, fake)) {
            if (set.skipped() > 0) {
                note("%d bad files of %s were left out".formatted(set.skipped(), set.name()));
            }
            if (set.isCollapsed()) {
                note("all %d samples of %s have the same features".formatted(set.count(), set.name()));
            }
        }
        if (!notes.isEmpty()) {
            values.put("notes", List.copyOf(notes));
        }
        return new EvaluationResult(values, rows, notes);
    }

    /** Adds a value; one of a dotted name into an object of its own. */
    private void put(String key, Object value) {
        int dot = key.indexOf('.');
        if (dot < 0) {
            values.put(key, value);
        } else {
            groups.computeIfAbsent(key.substring(0, dot), name -> {
                        Map<String, Object> group = new LinkedHashMap<>();
                        values.put(name, group);
                        return group;
                    })
                    .put(key.substring(dot + 1), value);
        }
    }

    private void number(Metric metric, double value) {
        put(metric.key(), finite(metric.key(), value));
    }

    private void measured(Metric metric, double value, String convention) {
        number(metric, value);
        row(metric.inSentence(), value, convention);
    }

    private void counted(Metric metric, long count, String convention) {
        put(metric.key(), count);
        rows.add(new EvaluationResult.Row(metric.inSentence(), String.valueOf(count), of, convention));
    }

    /** A metric that is the mean of one value a sample, with its interval where one is asked for. */
    private void mean(Metric metric, double value, double[] perSample, String convention) {
        number(metric, value);
        rows.add(new EvaluationResult.Row(
                metric.inSentence(),
                written(value) + intervals.add(metric.key(), perSample),
                of,
                convention + intervals.convention()));
    }

    private void row(String metric, double value, String convention) {
        rows.add(new EvaluationResult.Row(metric, written(value), of, convention));
    }

    private static String written(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }

    private static double finite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new AutophageException(
                    ExitCode.DIVERGED,
                    "%s is %s: these features are too far apart to compute it".formatted(name, value));
        }
        return value;
    }
}
