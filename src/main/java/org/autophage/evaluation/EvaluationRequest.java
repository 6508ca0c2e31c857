package org.autophage.evaluation;

import java.nio.file.Path;
import java.util.List;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.metrics.known.KnownMetrics;
import org.autophage.metrics.neighbours.Ball;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants compared, and how.
 *
 * @param real what is compared with: a run, a folder or zip of pictures, a file of images, features or statistics, or a
 *     dataset's name
 * @param fake the generated samples, likewise
 * @param test real samples that the generator never saw, likewise, for the test of copying; {@code real} are then those
 *     that it was trained on
 * @param features as in {@link org.autophage.metrics.FeatureChoice}; null for what suits real and fake
 * @param neighbours k of the nearest-neighbour balls
 * @param ball whether the edge of a ball belongs to it
 * @param bootstrap resamples of the intervals of shares; null for none
 * @param skipBad whether to leave out picture files that cannot be read
 * @param saveStatistics where to keep mean and covariance of the real features
 * @param also names of metrics that are reported only where they are asked for
 * @param device auto, cpu, gpu or gpu:N
 * @param runs where runs are looked for by name
 */
public record EvaluationRequest(
        String real,
        String fake,
        @Nullable String test,
        @Nullable String features,
        int neighbours,
        Ball ball,
        @Nullable Integer bootstrap,
        boolean skipBad,
        @Nullable Path saveStatistics,
        List<String> also,
        String device,
        Path runs) {
    public EvaluationRequest {
        Checks.within("--neighbours", neighbours, Range.atLeast(1));
        also.forEach(name -> KnownMetrics.check("--also", name));
        Checks.within("--bootstrap", bootstrap, Range.atLeast(1), "1000 is usual");
    }
}
