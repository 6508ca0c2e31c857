package org.autophage.data;

import org.autophage.measure.Composition;

/**
 * What one generation is trained on: fixed real samples, then fresh ones, then synthetic ones.
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

    /**
     * The samples at some positions. Real ones keep their share of the total weight, where they have one of their own and there
     * are some of both kinds left.
     *
     * @param positions that do not fall, so that the order of kinds stays; one may come more than once
     */
    public TrainingSet select(int[] positions) {
        int firstFresh = composition.fixedReal();
        int firstSynthetic = firstFresh + composition.freshReal();
        int fixed = 0;
        int fresh = 0;
        for (int i = 0; i < positions.length; i++) {
            if (i > 0 && positions[i] < positions[i - 1]) {
                throw new IllegalArgumentException("position " + positions[i] + " after " + positions[i - 1]);
            }
            fixed += positions[i] < firstFresh ? 1 : 0;
            fresh += positions[i] >= firstFresh && positions[i] < firstSynthetic ? 1 : 0;
        }
        Composition kept = new Composition(fixed, fresh, positions.length - fixed - fresh);
        boolean both = fixed + fresh > 0 && kept.synthetic() > 0;
        return new TrainingSet(
                samples.select(positions),
                origins.select(positions),
                kept,
                both && weights.realShare() != null ? new Weights(fixed + fresh, weights.realShare()) : Weights.EQUAL);
    }
}
