package org.autophage.data;

import java.util.Optional;

/**
 * Points, in a batch of replicas.
 *
 * @param replicas R, independent models that are trained and sampled as one batch
 * @param dimensions d
 */
public record PointShape(int replicas, int dimensions) implements SampleShape {
    @Override
    public SampleKind kind() {
        return SampleKind.POINTS;
    }

    @Override
    public Optional<PointShape> ofPoints() {
        return Optional.of(this);
    }

    @Override
    public String describe() {
        return "points in %d dimensions".formatted(dimensions);
    }
}
