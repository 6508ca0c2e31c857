package org.autophage.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Points in d dimensions with a replica axis: R independent copies of the same experiment, each with as many points, in
 * one array of shape (R, N, d), float64. A sample is one point of every replica, so that a loop over points runs R times
 * at once. Immutable by convention: whoever hands an array over does not write to it again.
 */
public final class Points implements Samples {
    private final int replicas;
    private final int count;
    private final int dimensions;
    private final double[] values;

    /**
     * @param replicas R, at least 1
     * @param count N, points of one replica
     * @param dimensions d, at least 1
     * @param values row-major, shape (R, N, d)
     */
    public Points(int replicas, int count, int dimensions, double[] values) {
        if (replicas < 1 || dimensions < 1 || (long) replicas * count * dimensions != values.length) {
            throw new IllegalArgumentException("%d replicas of %d points in %d dimensions do not fit %d values"
                    .formatted(replicas, count, dimensions, values.length));
        }
        this.replicas = replicas;
        this.count = count;
        this.dimensions = dimensions;
        this.values = values;
    }

    @Override
    public int replicas() {
        return replicas;
    }

    /** Points of one replica. */
    @Override
    public int count() {
        return count;
    }

    public int dimensions() {
        return dimensions;
    }

    @Override
    public SampleShape shape() {
        return new PointShape(replicas, dimensions);
    }

    @Override
    public Optional<Points> points() {
        return Optional.of(this);
    }

    /** Shape (R, N, d), row-major; not to be written to. */
    public double[] values() {
        return values;
    }

    /** The points of one replica as points of one replica, shape (1, N, d). */
    @Override
    public Points replica(int replica) {
        int size = count * dimensions;
        return new Points(1, count, dimensions, Arrays.copyOfRange(values, replica * size, (replica + 1) * size));
    }

    @Override
    public Points select(int[] positions) {
        if (positions.length == count && count > 0 && positions[0] == 0 && runLength(positions, 0) == count) {
            return this; // everything in order, as most loops take it: no copy
        }
        double[] chosen = new double[Math.multiplyExact(Math.multiplyExact(replicas, positions.length), dimensions)];
        int to = 0;
        for (int replica = 0; replica < replicas; replica++) {
            int start = replica * count;
            for (int i = 0; i < positions.length; ) {
                int run = runLength(positions, i);
                System.arraycopy(
                        values, (start + positions[i]) * dimensions, chosen, to * dimensions, run * dimensions);
                to += run;
                i += run;
            }
        }
        return new Points(replicas, positions.length, dimensions, chosen);
    }

    @Override
    public double[] vector(int replica, int position) {
        int from = (replica * count + position) * dimensions;
        return Arrays.copyOfRange(values, from, from + dimensions);
    }

    @Override
    public Points withVectors(VectorChange change) {
        double[] changed = new double[values.length];
        for (int i = 0; i < replicas * count; i++) {
            double[] vector = vector(i / count, i % count);
            change.change(i / count, i % count, vector);
            System.arraycopy(vector, 0, changed, i * dimensions, dimensions);
        }
        return new Points(replicas, count, dimensions, changed);
    }

    @Override
    public Points selectEach(int[][] positions) {
        if (positions.length != replicas) {
            throw new IllegalArgumentException(positions.length + " choices for " + replicas + " replicas");
        }
        int chosenCount = positions[0].length;
        double[] chosen = new double[Math.multiplyExact(Math.multiplyExact(replicas, chosenCount), dimensions)];
        int to = 0;
        for (int replica = 0; replica < replicas; replica++) {
            if (positions[replica].length != chosenCount) {
                throw new IllegalArgumentException("%d points of replica %d, but %d of the first"
                        .formatted(positions[replica].length, replica, chosenCount));
            }
            for (int position : positions[replica]) {
                System.arraycopy(values, (replica * count + position) * dimensions, chosen, to, dimensions);
                to += dimensions;
            }
        }
        return new Points(replicas, chosenCount, dimensions, chosen);
    }

    /** How many positions from here on follow each other: those are copied at once. */
    private static int runLength(int[] positions, int from) {
        int end = from + 1;
        while (end < positions.length && positions[end] == positions[end - 1] + 1) {
            end++;
        }
        return end - from;
    }

    @Override
    public Points first(int points) {
        int[] positions = new int[points];
        Arrays.setAll(positions, i -> i);
        return select(positions);
    }

    @Override
    public Points joined(List<? extends Samples> parts) {
        if (parts.size() == 1) {
            return this;
        }
        int total = parts.stream().mapToInt(Samples::count).reduce(0, Math::addExact);
        double[] all = new double[Math.multiplyExact(Math.multiplyExact(replicas, total), dimensions)];
        int before = 0;
        for (Samples part : parts) {
            Points points = (Points) part;
            if (points.replicas != replicas || points.dimensions != dimensions) {
                throw new IllegalArgumentException(
                        "points of different sizes cannot be put together: " + this + " and " + points);
            }
            int size = points.count * dimensions;
            for (int replica = 0; replica < replicas; replica++) {
                System.arraycopy(points.values, replica * size, all, (replica * total + before) * dimensions, size);
            }
            before += points.count;
        }
        return new Points(replicas, total, dimensions, all);
    }

    @Override
    public void write(Path file) {
        PointArchive.write(this, file);
    }

    @Override
    public void draw(Path file) {
        ScatterPlot.write(this, file);
    }

    /** Replicas x points x dimensions, for messages. */
    @Override
    public String toString() {
        return replicas + "x" + count + "x" + dimensions;
    }
}
