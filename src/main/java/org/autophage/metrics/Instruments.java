package org.autophage.metrics;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.autophage.data.Dataset;
import org.autophage.metrics.distance.FrechetDistance;
import org.autophage.metrics.neighbours.Ball;
import org.autophage.metrics.neighbours.NeighbourSearch;
import org.autophage.metrics.neighbours.PrecisionRecall;
import org.autophage.program.Device;

/** What metrics compute with on a device, made when first asked for, shared by all of them, and closed with this. */
public final class Instruments implements AutoCloseable {
    private final Device device;
    private final int neighbours;
    private final Ball ball;
    private final Optional<Dataset> source;
    private final Map<Class<?>, Object> made = new HashMap<>();
    private final Deque<Runnable> closing = new ArrayDeque<>();

    /**
     * @param neighbours k of the nearest-neighbour balls
     * @param ball whether the edge of a ball belongs to it
     */
    public Instruments(Device device, int neighbours, Ball ball) {
        this(device, neighbours, ball, Optional.empty());
    }

    /**
     * The same in a run.
     *
     * @param source where its real samples come from
     */
    public Instruments(Device device, int neighbours, Ball ball, Optional<Dataset> source) {
        this.device = device;
        this.neighbours = neighbours;
        this.ball = ball;
        this.source = source;
    }

    /** Where real samples come from; empty outside of runs. */
    public Optional<Dataset> source() {
        return source;
    }

    /** k of the nearest-neighbour balls. */
    public int neighbours() {
        return neighbours;
    }

    /** Whether the edge of a ball belongs to it. */
    public Ball ball() {
        return ball;
    }

    /** Means, covariances and their Fréchet distance. */
    public FrechetDistance frechet() {
        return of(FrechetDistance.class, FrechetDistance::new);
    }

    /** Nearest-neighbour balls. */
    public PrecisionRecall precisionRecall() {
        return of(PrecisionRecall.class, on -> new PrecisionRecall(on, neighbours, ball));
    }

    /** Nearest neighbours. */
    public NeighbourSearch search() {
        return of(NeighbourSearch.class, NeighbourSearch::new);
    }

    /**
     * An instrument of a metric's own.
     *
     * @param type which one
     * @param open makes it, the first time
     */
    public <T extends AutoCloseable> T of(Class<T> type, Function<Device, T> open) {
        Object instrument = made.get(type);
        if (instrument == null) {
            T opened = open.apply(device);
            made.put(type, opened);
            closing.push(() -> close(opened));
            return opened;
        }
        return type.cast(instrument);
    }

    private static void close(AutoCloseable instrument) {
        try {
            instrument.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        made.clear();
        while (!closing.isEmpty()) {
            closing.pop().run();
        }
    }

    /** A value that is computed when first asked for; asked again after it failed, it is computed again. */
    static <T> Supplier<T> lazily(Supplier<T> compute) {
        return new Supplier<>() {
            private Supplier<T> value = () -> {
                T computed = compute.get();
                value = () -> computed;
                return computed;
            };

            @Override
            public T get() {
                return value.get();
            }
        };
    }
}
