package org.autophage.model;

/**
 * Points, in a batch of replicas.
 *
 * @param replicas R, independent models that are trained and sampled as one batch
 * @param dimensions d
 */
public record PointShape(int replicas, int dimensions) implements SampleShape {
    @Override
    public String describe() {
        return "points in %d dimensions".formatted(dimensions);
    }
}
