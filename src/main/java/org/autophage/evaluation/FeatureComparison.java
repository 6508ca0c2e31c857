package org.autophage.evaluation;

import java.util.List;
import java.util.Objects;
import org.autophage.base.AutophageException;
import org.autophage.metrics.Authenticity;
import org.autophage.metrics.ClassHistogram;
import org.autophage.metrics.CopyTest;
import org.autophage.metrics.Entropy;
import org.autophage.metrics.FeatureExtractor;
import org.autophage.metrics.FeatureStatistics;
import org.autophage.metrics.Features;
import org.autophage.metrics.FrechetDistance;
import org.autophage.metrics.KernelDistance;
import org.autophage.metrics.NearestNeighbours;
import org.autophage.metrics.NearestTraining;
import org.autophage.metrics.NeighbourSearch;
import org.autophage.metrics.PrecisionRecall;
import org.autophage.metrics.VendiScore;
import org.autophage.program.Device;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of two sets of features.
 *
 * @param request what was asked for
 * @param real what is compared with
 * @param fake the generated samples
 * @param test real samples that the generator never saw; null if there are none
 */
record FeatureComparison(EvaluationRequest request, MeasuredSet real, MeasuredSet fake, @Nullable MeasuredSet test) {
    /** What papers report as KID: the mean over so many subsets of so many samples. */
    private static final int SUBSETS = 100;

    private static final int SUBSET = 1000;

    /** Samples that have a covariance. */
    private static final int FEWEST = 2;

    /** Beyond this the kernel distance, a sum of sixth powers, would leave the range of float64. */
    private static final double LARGEST = 1e40;

    /**
     * Looks at what can be refused before anything is computed.
     *
     * @throws AutophageException (usage) naming the set that is too small, of another width, or holds no samples where
     *     samples are needed
     */
    void check() {
        int forBalls = haveSamples() ? request.neighbours() + 1 : 0;
        check("--real", real, forBalls);
        check("--fake", fake, forBalls);
        requireSameWidth("--fake", fake);
        if (test != null) {
            requireSamples("--real", real);
            requireSamples("--fake", fake);
            requireSamples("--test", test);
            check("--test", test, 0);
            requireSameWidth("--test", test);
        }
    }

    /** Whether there is more to compare than means and covariances. */
    private boolean haveSamples() {
        return real.features() != null && fake.features() != null;
    }

    /** @param forBalls samples that nearest-neighbour balls need; 0 where there are none */
    private static void check(String option, MeasuredSet set, int forBalls) {
        Features features = set.features();
        if (features == null) {
            return;
        }
        if (features.count() < Math.max(FEWEST, forBalls)) {
            throw AutophageException.usage("%s %s has %d samples: must have at least %d"
                            .formatted(option, set.name(), features.count(), Math.max(FEWEST, forBalls))
                    + (forBalls > FEWEST ? " for --neighbours " + (forBalls - 1) : ""));
        }
        requireUsable(option, set.name(), features);
    }

    private static void requireSamples(String option, MeasuredSet set) {
        if (set.features() == null) {
            throw AutophageException.usage("%s %s holds mean and covariance only: the copy test of --test needs samples"
                    .formatted(option, set.name()));
        }
    }

    private static void requireUsable(String option, String name, Features features) {
        for (int row = 0; row < features.count(); row++) {
            for (int column = 0; column < features.width(); column++) {
                if (Math.abs(features.value(row, column)) > LARGEST) {
                    throw AutophageException.usage("%s %s: feature %d of row %d is %s: must be at most %.0e"
                            .formatted(option, name, column, row, features.value(row, column), LARGEST));
                }
            }
        }
    }

    private void requireSameWidth(String option, MeasuredSet set) {
        if (set.width() != real.width()) {
            throw AutophageException.usage("--real %s has features of %d dimensions, %s %s of %d: must be the same"
                    .formatted(real.name(), real.width(), option, set.name(), set.width()));
        }
    }

    /**
     * Measures.
     *
     * @param extractor that made the features; null if they came as they are
     * @param notes of how sets were read
     */
    EvaluationResult on(Device device, @Nullable FeatureExtractor extractor, List<String> notes) {
        ResultWriter result = new ResultWriter(real, fake, test, extractor, new Intervals(request.bootstrap()));
        notes.forEach(result::note);
        try (FrechetDistance frechet = new FrechetDistance(device)) {
            FeatureStatistics reals = real.statisticsBy(frechet);
            FeatureStatistics fakes = fake.statisticsBy(frechet);
            result.frechetDistance(frechet.between(reals, fakes), reals.isSingular(), fakes.isSingular());
        }
        if (real.features() != null && fake.features() != null) {
            neighbourhoods(device, real.features(), fake.features(), result);
            distributions(device, real.features(), fake.features(), result);
            copies(device, real.features(), fake.features(), result);
        } else {
            result.note("statistics hold no features: the Fréchet distance is all that can be said");
        }
        if (real.classes() != null && fake.classes() != null) {
            classes(real.classes(), fake.classes(), result);
        }
        return result.finish(request.neighbours(), request.ball());
    }

    private void neighbourhoods(Device device, Features reals, Features fakes, ResultWriter result) {
        try (PrecisionRecall precisionRecall = new PrecisionRecall(device, request.neighbours(), request.ball())) {
            result.precisionRecall(
                    precisionRecall.members(
                            precisionRecall.neighbourhoods(reals), precisionRecall.neighbourhoods(fakes)),
                    request.neighbours(),
                    request.ball());
        }
    }

    private void distributions(Device device, Features reals, Features fakes, ResultWriter result) {
        try (KernelDistance kernel = new KernelDistance(device)) {
            result.kernelDistance(kernel.full(reals, fakes));
            if (Math.min(reals.count(), fakes.count()) >= SUBSET) {
                result.kernelDistanceOfSubsets(kernel.subsets(reals, fakes, SUBSETS, SUBSET, 0));
            }
        }
        try (VendiScore vendi = new VendiScore(device)) {
            result.vendiScore(vendi(vendi, reals), vendi(vendi, fakes));
        }
    }

    /** The Vendi score, or null where all features are 0: a cosine needs a direction. */
    private static @Nullable Double vendi(VendiScore vendi, Features features) {
        return features.isZero() ? null : vendi.of(features);
    }

    private void copies(Device device, Features reals, Features fakes, ResultWriter result) {
        try (NeighbourSearch search = new NeighbourSearch(device)) {
            NearestNeighbours ofReals = search.within(reals, 1);
            NearestTraining ofFakes = NearestTraining.of(search, fakes, reals);
            result.authenticity(Authenticity.of(ofReals, ofFakes));
            result.nearest(ofFakes);
            if (test != null) {
                Features tests = Objects.requireNonNull(test.features());
                result.copyTest(CopyTest.statistic(
                        ofFakes.distances(),
                        NearestTraining.of(search, tests, reals).distances()));
            }
            result.entropy(entropy(ofReals, reals), entropy(search.within(fakes, 1), fakes));
        }
    }

    /** The entropy, or null where two samples are the same: a distribution with copies in it has no density. */
    private static @Nullable Double entropy(NearestNeighbours nearest, Features features) {
        try {
            return Entropy.of(nearest, features.width());
        } catch (AutophageException copies) {
            return null;
        }
    }

    /** Class by class, by their names or by their numbers; where one side has names only, in their order. */
    private void classes(SetClasses reals, SetClasses fakes, ResultWriter result) {
        boolean alike = reals.areCalledLike(fakes);
        if (alike
                ? reals.hasNoneOf(fakes)
                : reals.names().count() != fakes.names().count()) {
            result.note("classes are not compared: those of %s (%s) are not those of %s (%s)"
                    .formatted(real.name(), reals.list(), fake.name(), fakes.list()));
            return;
        }
        if (!alike) {
            result.note("classes are compared in their order: those of %s are %s, those of %s %s"
                    .formatted(real.name(), reals.list(), fake.name(), fakes.list()));
        }
        List<String> names = reals.together(fakes);
        ClassHistogram ofReals = alike ? reals.in(names) : reals.histogram();
        ClassHistogram ofFakes = alike ? fakes.in(names) : fakes.histogram();
        result.classes(ofFakes.divergenceFrom(ofReals), ofFakes.lostFrom(ofReals));
    }
}
