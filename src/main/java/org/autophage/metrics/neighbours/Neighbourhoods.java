package org.autophage.metrics.neighbours;

import org.autophage.metrics.features.Features;
import org.jspecify.annotations.Nullable;

/**
 * A set of features with the radius of each one's k-nearest-neighbour ball: the distance to its k-th nearest neighbour,
 * itself not counted. The union of the balls estimates the set's manifold. Made by {@link PrecisionRecall}, once for a
 * reference that many sets are compared with.
 *
 * @param features the centres
 * @param radii one a row, in units of the features
 * @param neighbours k
 * @param oneMore the k + 1 nearest neighbours of every row, from which sampling errors are; null where nobody asks for them
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; the array is the point
public record Neighbourhoods(Features features, double[] radii, int neighbours, @Nullable NearestNeighbours oneMore) {
    public Neighbourhoods {
        if (radii.length != features.count()) {
            throw new IllegalArgumentException("%d radii of %d samples".formatted(radii.length, features.count()));
        }
    }
}
