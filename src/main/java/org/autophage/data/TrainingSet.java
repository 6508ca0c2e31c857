package org.autophage.data;

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

    /**
     * Counts of a training set.
     *
     * @param fixedReal real samples that every generation sees again (the first generation's included)
     * @param freshReal real samples that no generation has seen before
     * @param synthetic samples of earlier generations
     */
    public record Composition(int fixedReal, int freshReal, int synthetic) {
        public int total() {
            return fixedReal + freshReal + synthetic;
        }
    }
}
