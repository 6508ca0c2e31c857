package org.autophage.data.points;

import java.util.Optional;
import java.util.stream.IntStream;
import org.autophage.base.Sha256;
import org.autophage.data.CounterRandom;
import org.autophage.data.Dataset;
import org.autophage.data.PointLaw;
import org.autophage.data.Points;

/**
 * An unlimited source of points of a known law. Point i of replica r is a function of (seed, law, r, i) alone, on every
 * machine, whatever the number of replicas. Where the law moves, point i of a later generation is the same one, moved. The holdout, one replica that all share, is drawn from streams of its own: no
 * index leads to it.
 */
public final class PointDataset implements Dataset {
    /** Counts changes of the drawing that change points, so that the hash tells them apart. */
    private static final int DRAWING_VERSION = 1;

    private static final long HOLDOUT_STREAM = 0;

    /** Streams from here on are the replicas'. */
    private static final long FIRST_REPLICA = 1;

    /** Points that one task draws. */
    private static final int CHUNK = 1024;

    private final PointsSpec spec;
    private final PointLaw law;

    PointDataset(PointsSpec spec) {
        this(spec, spec.law());
    }

    private PointDataset(PointsSpec spec, PointLaw law) {
        this.spec = spec;
        this.law = law;
    }

    @Override
    public String name() {
        return PointsSpec.KIND;
    }

    @Override
    public long available() {
        return UNLIMITED;
    }

    /** The law that the points are drawn from. */
    public PointLaw law() {
        return law;
    }

    @Override
    public Optional<PointLaw> knownLaw() {
        return Optional.of(law);
    }

    public int replicas() {
        return spec.replicas();
    }

    @Override
    public Points real(long[] indices) {
        for (long index : indices) {
            if (index < 0) {
                throw new IllegalArgumentException("point " + index + ": indices begin at 0");
            }
        }
        return draw(spec.replicas(), FIRST_REPLICA, indices);
    }

    @Override
    public Points holdout() {
        return draw(
                1,
                HOLDOUT_STREAM,
                IntStream.range(0, spec.holdout()).asLongStream().toArray());
    }

    @Override
    public PointDataset at(int generation) {
        return spec.drift() == null || spec.drift().isNone() || generation == 1
                ? this
                : new PointDataset(
                        spec, new MovedLaw(spec.law(), spec.drift().after(generation - 1, law.dimensions())));
    }

    /** Of the source, wherever its law is by now. */
    @Override
    public String hash() {
        return Sha256.of("points %d %s dimensions %d replicas %d holdout %d seed %d%s"
                .formatted(
                        DRAWING_VERSION,
                        spec.distribution(),
                        law.dimensions(),
                        spec.replicas(),
                        spec.holdout(),
                        spec.seed(),
                        spec.drift() == null ? "" : " drift " + spec.drift().step()));
    }

    /** Draws on all cores. */
    private Points draw(int replicas, long firstStream, long[] indices) {
        int count = indices.length;
        int dimensions = law.dimensions();
        double[] values = new double[Math.multiplyExact(Math.multiplyExact(replicas, count), dimensions)];
        int points = replicas * count;
        int chunks = (points + CHUNK - 1) / CHUNK;
        IntStream.range(0, chunks).parallel().forEach(chunk -> {
            for (int i = chunk * CHUNK; i < Math.min(points, (chunk + 1) * CHUNK); i++) {
                CounterRandom random = new CounterRandom(spec.seed(), firstStream + i / count, indices[i % count]);
                law.draw(random, values, i * dimensions);
            }
        });
        return new Points(replicas, count, dimensions, values);
    }
}
