package org.autophage.evaluation;

import java.nio.file.Path;
import org.autophage.data.Images;
import org.autophage.metrics.FeatureStatistics;
import org.autophage.metrics.Features;

/** One side of an evaluation, as far as it can be known without a feature extractor. */
sealed interface EvaluationInput {
    /** What it was called on the command line. */
    String name();

    /** A folder or zip of PNG and JPEG files, not read yet. */
    record Pictures(String name, Path place) implements EvaluationInput {}

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
