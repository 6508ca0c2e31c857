package org.autophage.metrics.neighbours;

import java.util.stream.IntStream;
import org.autophage.metrics.features.Features;

/**
 * The nearest training sample of every sample: what a person looks at to see whether a model copies.
 *
 * @param indices which training sample; the first of several at the same distance
 * @param distances how far away it is: Euclidean, in units of the features
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; the arrays are the point
public record NearestTraining(int[] indices, double[] distances) {
    /**
     * Finds them.
     *
     * @throws org.autophage.base.AutophageException (usage) if there is no training sample, or another number of features
     */
    public static NearestTraining of(NeighbourSearch search, Features samples, Features training) {
        NearestNeighbours nearest = search.between(samples, training, 1);
        return new NearestTraining(nearest.indices(), nearest.distances());
    }

    /** The samples by distance, the nearest to their training samples first; at most so many. */
    public int[] closest(int count) {
        return IntStream.range(0, distances.length)
                .boxed()
                .sorted((one, other) -> Double.compare(distances[one], distances[other]))
                .limit(count)
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
