package org.autophage.metrics;

import java.util.List;
import java.util.Optional;
import org.autophage.data.Dataset;
import org.autophage.data.SampleShape;
import org.autophage.measure.Metric;

/**
 * What can be said of generated samples beside real ones, in runs as in {@code evaluate}. Holds nothing: what it needs on a
 * device are instruments, and what others ask of the same sets too is the sets', see {@link MeasuredPair}. A new one is a
 * class and a line in {@link org.autophage.metrics.known.KnownMetrics}.
 */
public interface SampleMetric {
    /** What it is called in a spec. */
    String name();

    /** The numbers that it can give. */
    List<Metric> gives();

    /** Whether its numbers are others on other features, so that it is told once an extractor. */
    default boolean looksAtFeatures() {
        return true;
    }

    /** Whether its numbers mean nothing where nobody knows what a model was trained on. */
    default boolean needsTrainingSet() {
        return false;
    }

    /**
     * Why it can say nothing of a run's samples; empty where it can.
     *
     * @param shape of the samples
     * @param source of the real ones
     */
    default Optional<String> objection(SampleShape shape, Dataset source) {
        return Optional.empty();
    }

    /**
     * Measures.
     *
     * @return nothing of a pair that lacks what it looks at, such as samples where only statistics are known
     * @throws org.autophage.base.AutophageException (usage) if there are too few samples
     */
    Findings of(MeasuredPair pair);
}
