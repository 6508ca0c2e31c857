package org.autophage.data;

import org.autophage.measure.Composition;

/**
 * What one generation is trained on.
 *
 * @param samples the samples
 * @param origins where each of them came from
 * @param composition how many of each kind there are
 * @param weights how much each of them counts in the fit
 */
public record TrainingSet(Samples samples, Origins origins, Composition composition, Weights weights) {
    /** A training set whose samples all count alike. */
    public TrainingSet(Samples samples, Origins origins, Composition composition) {
        this(samples, origins, composition, Weights.EQUAL);
    }

    public TrainingSet {
        if (samples.count() != origins.count() || samples.count() != composition.total()) {
            throw new IllegalArgumentException(
                    "%d samples, %d origins, %s".formatted(samples.count(), origins.count(), composition));
        }
    }
}
