package org.autophage.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
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
        if (extractor != null) {
            values.put("features", features);
            values.put("preprocessing", extractor.preprocessing());
        } else {
            values.put("features", features);
        }
    }

    /**
     * Samples that are no more than their features are said beside the number: they make it larger.
     *
     * @param reals whether the real samples are so few
     * @param fakes whether the generated ones are
     */
    void frechetDistance(double distance, boolean reals, boolean fakes) {
        number("frechetDistance", distance);
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
        row(inception ? "FID" : "Fréchet distance", distance, "covariances divided by N - 1, float64" + said);
    }

    void kernelDistance(double distance) {
        number("kernelDistance", distance);
        row(inception ? "KID, all pairs" : "kernel distance", distance, "(x·y/d + 1)³, unbiased, over all pairs");
    }

    void kernelDistanceOfSubsets(KernelDistance.Subsets subsets) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("mean", finite("kernelDistanceOfSubsets", subsets.mean()));
        map.put("deviation", finite("kernelDistanceOfSubsets", subsets.deviation()));
        map.put("subsets", subsets.count());
        map.put("size", subsets.size());
        values.put("kernelDistanceOfSubsets", map);
        rows.add(new EvaluationResult.Row(
                inception ? "KID" : "kernel distance of subsets",
                "%s ± %s".formatted(written(subsets.mean()), written(subsets.deviation())),
                of,
                "mean and deviation of %d subsets of %d, as torch-fidelity's"
                        .formatted(subsets.count(), subsets.size())));
    }

    void precisionRecall(BallMembers members, int neighbours, Ball ball) {
        PrecisionRecall.Result result = members.result();
        String balls = "k = %d, distance %s radius".formatted(neighbours, ball == Ball.STRICT ? "<" : "≤");
        mean("precision", "precision", result.precision(), members.precise(), balls);
        mean("recall", "recall", result.recall(), members.recalled(), balls);
        mean("density", "density", result.density(), members.densities(), balls);
        mean("coverage", "coverage", result.coverage(), members.covered(), balls);
    }

    /** Null where there is none. */
    void vendiScore(@Nullable Double reals, @Nullable Double fakes) {
        if (reals == null || fakes == null) {
            note("no Vendi score: all features of %s are 0".formatted(reals == null ? real.name() : fake.name()));
            return;
        }
        pair("vendiScore", reals, fakes);
        row("Vendi score, real", reals, "cosine kernel");
        row("Vendi score, fake", fakes, "cosine kernel");
    }

    void authenticity(Authenticity authenticity) {
        double[] percents = Arrays.stream(authenticity.indicators())
                .map(share -> 100 * share)
                .toArray();
        mean("authenticPercent", "authentic, %", authenticity.percent(), percents, "real as the training set");
    }

    void nearest(NearestTraining nearest) {
        double[] sorted = nearest.distances().clone();
        Arrays.sort(sorted);
        double median = sorted[sorted.length / 2];
        long copies = Arrays.stream(sorted).filter(distance -> distance == 0).count();
        number("nearestRealDistance", median);
        values.put("exactCopies", copies);
        row("nearest real distance", median, "median over fake, Euclidean");
        rows.add(new EvaluationResult.Row(
                "exact copies", String.valueOf(copies), of, "fake equal to a real, in these features"));
    }

    void copyTest(double statistic) {
        number("copyTest", statistic);
        rows.add(new EvaluationResult.Row(
                "copy test C_T",
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
        pair("entropy", reals, fakes);
        row("entropy, real", reals, "Kozachenko-Leonenko, k = 1, nats");
        row("entropy, fake", fakes, "Kozachenko-Leonenko, k = 1, nats");
    }

    /** @param divergence infinite if fake has a class that real has not */
    void classes(double divergence, int lost) {
        values.put("classesLost", lost);
        rows.add(new EvaluationResult.Row("classes lost", String.valueOf(lost), of, "of real, without a fake sample"));
        if (Double.isFinite(divergence)) {
            number("classDivergence", divergence);
            row(
                    "class divergence",
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
        values.put("neighbours", neighbours);
        values.put("ball", ball.toString());
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

    private void pair(String name, double reals, double fakes) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("real", finite(name, reals));
        map.put("fake", finite(name, fakes));
        values.put(name, map);
    }

    private void number(String name, double value) {
        values.put(name, finite(name, value));
    }

    /** A metric that is the mean of one value a sample, with its interval where one is asked for. */
    private void mean(String name, String metric, double value, double[] perSample, String convention) {
        number(name, value);
        rows.add(new EvaluationResult.Row(
                metric, written(value) + intervals.add(name, perSample), of, convention + intervals.convention()));
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
