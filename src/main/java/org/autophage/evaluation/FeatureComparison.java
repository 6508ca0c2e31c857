package org.autophage.evaluation;

import java.util.List;
import java.util.Optional;
import org.autophage.base.AutophageException;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.features.FeatureExtractor;
import org.autophage.metrics.features.Features;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of two sets of features.
 *
 * @param request what was asked for
 * @param real what is compared with
 * @param fake the generated samples
 * @param test real samples that the generator never saw; null if there are none
 */
record FeatureComparison(EvaluationRequest request, EvaluatedSet real, EvaluatedSet fake, @Nullable EvaluatedSet test) {
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
        return real.set().hasSamples() && fake.set().hasSamples();
    }

    /** @param forBalls samples that nearest-neighbour balls need; 0 where there are none */
    private static void check(String option, EvaluatedSet set, int forBalls) {
        if (!set.set().hasSamples()) {
            return;
        }
        Features features = set.set().features();
        if (features.count() < Math.max(FEWEST, forBalls)) {
            throw AutophageException.usage("%s %s has %d samples: must have at least %d"
                            .formatted(option, set.name(), features.count(), Math.max(FEWEST, forBalls))
                    + (forBalls > FEWEST ? " for --neighbours " + (forBalls - 1) : ""));
        }
        requireUsable(option, set.name(), features);
    }

    private static void requireSamples(String option, EvaluatedSet set) {
        if (!set.set().hasSamples()) {
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

    private void requireSameWidth(String option, EvaluatedSet set) {
        if (set.width() != real.width()) {
            throw AutophageException.usage("--real %s has features of %d dimensions, %s %s of %d: must be the same"
                    .formatted(real.name(), real.width(), option, set.name(), set.width()));
        }
    }

    /**
     * Measures.
     *
     * @param metrics by which, in order
     * @param extractor that made the features; null if they came as they are
     * @param notes of how sets were read
     */
    EvaluationResult by(List<SampleMetric> metrics, @Nullable FeatureExtractor extractor, List<String> notes) {
        ResultWriter result = new ResultWriter(real, fake, test, extractor, new Intervals(request.bootstrap()));
        notes.forEach(result::note);
        if (!haveSamples()) {
            result.note("statistics hold no features: the Fréchet distance is all that can be said");
        }
        MeasuredPair pair = MeasuredPair.of(
                real.set(), fake.set(), Optional.ofNullable(test).map(EvaluatedSet::set));
        metrics.forEach(metric -> result.add(metric.of(pair)));
        return result.finish(request.neighbours(), request.ball());
    }
}
