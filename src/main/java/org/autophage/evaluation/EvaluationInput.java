package org.autophage.evaluation;

import java.nio.file.Path;
import org.autophage.base.AutophageException;
import org.autophage.base.Sha256;
import org.autophage.data.Images;
import org.autophage.data.Points;
import org.autophage.data.Samples;
import org.autophage.data.picture.ImagesSpec;
import org.autophage.metrics.features.FeatureStatistics;
import org.autophage.metrics.features.Features;
import org.jspecify.annotations.Nullable;

/** One side of an evaluation, as far as it can be known without a feature extractor. */
sealed interface EvaluationInput {
    /** What it was called on the command line. */
    String name();

    /** Images, or the points of the first replica, which are features as they are. */
    static EvaluationInput of(String name, Samples samples, boolean generated) {
        return samples.images()
                .map(images -> ofImages(name, images, generated))
                .or(() -> samples.points().map(points -> ofPoints(name, points.replica(0))))
                .orElseThrow(() -> AutophageException.usage(
                        "%s has sequences of tokens, which are measured in their runs only: must have images or points"
                                .formatted(name)));
    }

    private static EvaluationInput ofImages(String name, Images images, boolean generated) {
        String hash = Sha256.of("%s %d %s".formatted(images.describeSize(), images.count(), images.pixelHash()));
        return new InMemory(name, images, hash, generated);
    }

    private static EvaluationInput ofPoints(String name, Points ofOneReplica) {
        return new Ready(name, Features.ofRows(ofOneReplica.dimensions(), ofOneReplica.values()));
    }

    /** Whether it has images, of which features are to be extracted. */
    default boolean isImages() {
        return this instanceof Pictures || this instanceof InMemory;
    }

    /**
     * Pictures in whatever form they are, not read yet.
     *
     * @param column which column, or which part of samples, has the pictures; null where there is one choice
     * @param like the dataset whose images they are to be like; null for pictures as they are
     */
    record Pictures(String name, Path place, @Nullable String column, @Nullable ImagesSpec like)
            implements EvaluationInput {}

    /**
     * An .npz file of images with the mean and covariance of their features, of which either may be meant.
     *
     * @param pictures the array of images
     */
    record Batch(String name, Path file, String pictures) implements EvaluationInput {}

    /**
     * Images at hand.
     *
     * @param hash identifies their content
     * @param generated whether their labels are what a model was asked for, and not what they show
     */
    record InMemory(String name, Images images, String hash, boolean generated) implements EvaluationInput {}

    /** Features that somebody else extracted. */
    record Ready(String name, Features features) implements EvaluationInput {}

    /** Mean and covariance of features that are not here. */
    record Statistics(String name, FeatureStatistics statistics) implements EvaluationInput {}
}
