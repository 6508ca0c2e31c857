package org.autophage.model.density;

import java.util.stream.IntStream;
import org.autophage.base.Interruptible;
import org.autophage.base.Progress;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.PointShape;
import org.autophage.data.Points;
import org.autophage.program.Device;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/**
 * Draws points chunk by chunk, each chunk from a seed of its own. A last chunk is drawn whole and cut, so that point i is
 * the same however many are asked for.
 *
 * @param chunk points of every replica drawn at a time
 */
record PointSampling(Device device, PointShape shape, int chunk) {
    /** Draws one chunk: shape (R, chunk, d), float64. */
    @FunctionalInterface
    interface Draw {
        Tensor chunk(Scope call);
    }

    /** Changes one chunk of points, shape (R, chunk, d), float64. */
    @FunctionalInterface
    interface Change {
        Tensor of(Scope call, Tensor points);
    }

    /** Draws the chunk of a number. */
    @FunctionalInterface
    private interface Numbered {
        Tensor chunk(Scope call, int number);
    }

    Points draw(int count, Seeds.Stream seeds, Work work, Draw draw) {
        return Interruptible.until(work.stop(), () -> drawn(count, seeds, work, (call, number) -> draw.chunk(call)));
    }

    /** Makes points into others, one for one. */
    Points change(Points given, Seeds.Stream seeds, Work work, Change change) {
        return Interruptible.until(
                work.stop(),
                () -> drawn(given.count(), seeds, work, (call, number) -> {
                    Points whole = chunkOf(given, number);
                    return change.of(call, call.doubles(whole.values(), shape.replicas(), chunk, shape.dimensions()));
                }));
    }

    /** A whole chunk: where there are fewer points, the last one stands for those that are cut off again. */
    private Points chunkOf(Points given, int number) {
        int last = given.count() - 1;
        return given.select(IntStream.range(number * chunk, (number + 1) * chunk)
                .map(i -> Math.min(i, last))
                .toArray());
    }

    private Points drawn(int count, Seeds.Stream seeds, Work work, Numbered draw) {
        if (count == chunk) {
            return new Points(
                    shape.replicas(), count, shape.dimensions(), values(seeds.of(0), call -> draw.chunk(call, 0)));
        }
        int row = count * shape.dimensions();
        double[] all = new double[Math.multiplyExact(shape.replicas(), row)];
        try (Progress.Task task = work.progress().begin("sampling", count, "points")) {
            for (int from = 0; from < count; from += chunk) {
                int number = from / chunk;
                double[] values = values(seeds.of(number), call -> draw.chunk(call, number));
                int length = Math.min(chunk, count - from) * shape.dimensions();
                for (int replica = 0; replica < shape.replicas(); replica++) {
                    System.arraycopy(
                            values,
                            replica * chunk * shape.dimensions(),
                            all,
                            replica * row + from * shape.dimensions(),
                            length);
                }
                task.advanceTo(Math.min(count, from + chunk), "");
            }
        }
        return new Points(shape.replicas(), count, shape.dimensions(), all);
    }

    private double[] values(long seed, Draw draw) {
        device.seed(seed);
        try (Scope call = device.newScope()) {
            return draw.chunk(call).toDoubles();
        }
    }
}
