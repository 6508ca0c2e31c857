package org.autophage.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.autophage.base.AutophageException;
import org.autophage.program.Device;
import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.Program;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.Value;

/**
 * Precision and recall (Kynkäänniemi et al., arXiv 1904.06991), density and coverage (Naeem et al., arXiv 2002.09797) of
 * generated against real features, from k-nearest-neighbour balls.
 *
 * <p>Distances are float64 and summed from differences, so that ties are ties and counts are exact. They are computed
 * in blocks of rows, whatever the number of samples in at most a few hundred megabytes beside the features themselves.
 */
public final class PrecisionRecall implements AutoCloseable {
    /** Distances that are on the device at a time: 64 MiB of them. */
    private static final int BLOCK_DISTANCES = 1 << 23;

    private final Device device;
    private final int neighbours;
    private final Program program;

    /**
     * @param neighbours k, at least 1
     * @param ball whether a point on the edge of a ball is inside
     */
    public PrecisionRecall(Device device, int neighbours, Ball ball) {
        this.device = device;
        this.neighbours = neighbours;
        this.program = new Program(device, radii(neighbours), members(ball));
    }

    /**
     * What the balls say of generated samples.
     *
     * @param precision share of generated samples inside a ball of a real one
     * @param recall share of real samples inside a ball of a generated one
     * @param density mean number of real balls that a generated sample is in, over k; 1 for equal distributions
     * @param coverage share of real samples with a generated one in their ball
     */
    public record Result(double precision, double recall, double density, double coverage) {}

    /**
     * Finds the radii of a set's balls.
     *
     * @throws AutophageException (usage) if there are fewer than k + 1 samples
     */
    public Neighbourhoods neighbourhoods(Features features) {
        if (features.count() <= neighbours) {
            throw AutophageException.usage("%d samples are too few for neighbours %d: must be at least %d"
                    .formatted(features.count(), neighbours, neighbours + 1));
        }
        double[] radii = new double[features.count()];
        try (Scope scope = device.newScope()) {
            Tensor all = features.all(scope);
            for (int[] rows : blocks(features.count(), features.count())) {
                try (Scope calling = scope.newScope()) {
                    double[] block = program.run(calling, "radii", features.block(calling, rows[0], rows[1]), all)
                            .get(0)
                            .toDoubles();
                    System.arraycopy(block, 0, radii, rows[0], block.length);
                }
            }
        }
        return new Neighbourhoods(features, radii, neighbours);
    }

    /**
     * Compares generated with real samples.
     *
     * @throws AutophageException (usage) if the two do not have the same number of features
     */
    public Result between(Neighbourhoods real, Neighbourhoods fake) {
        if (real.features().width() != fake.features().width()) {
            throw AutophageException.usage("features of %d and of %d dimensions cannot be compared: must be the same"
                    .formatted(real.features().width(), fake.features().width()));
        }
        if (real.neighbours() != neighbours || fake.neighbours() != neighbours) {
            throw new IllegalArgumentException("balls of %d and %d neighbours where %d are meant"
                    .formatted(real.neighbours(), fake.neighbours(), neighbours));
        }
        int realCount = real.features().count();
        int fakeCount = fake.features().count();
        long[] realBallsAroundFake = new long[fakeCount];
        long recalled = 0;
        long covered = 0;
        try (Scope scope = device.newScope()) {
            Tensor fakes = fake.features().all(scope);
            Tensor fakeRadii = scope.doubles(fake.radii(), 1, fakeCount);
            for (int[] rows : blocks(realCount, fakeCount)) {
                try (Scope calling = scope.newScope()) {
                    double[] realRadii = Arrays.copyOfRange(real.radii(), rows[0], rows[1]);
                    List<Tensor> counts = program.run(
                            calling,
                            "members",
                            real.features().block(calling, rows[0], rows[1]),
                            calling.doubles(realRadii, realRadii.length, 1),
                            fakes,
                            fakeRadii);
                    long[] aroundFake = counts.get(0).toLongs();
                    Arrays.setAll(realBallsAroundFake, j -> realBallsAroundFake[j] + aroundFake[j]);
                    covered += positive(counts.get(1).toLongs());
                    recalled += positive(counts.get(2).toLongs());
                }
            }
        }
        return new Result(
                (double) positive(realBallsAroundFake) / fakeCount,
                (double) recalled / realCount,
                (double) Arrays.stream(realBallsAroundFake).sum() / ((double) neighbours * fakeCount),
                (double) covered / realCount);
    }

    private static long positive(long[] counts) {
        return Arrays.stream(counts).filter(count -> count > 0).count();
    }

    /** Ranges of rows (from, to), so many that the distances of a range to all columns stay within the bound. */
    private static List<int[]> blocks(int rows, int columns) {
        int size = Math.max(1, BLOCK_DISTANCES / columns);
        List<int[]> blocks = new ArrayList<>();
        for (int from = 0; from < rows; from += size) {
            blocks.add(new int[] {from, Math.min(rows, from + size)});
        }
        return blocks;
    }

    private static Graph radii(int neighbours) {
        Graph graph = new Graph("radii");
        Value block = graph.input("block", Graph.ANY, Graph.ANY);
        Value all = graph.input("all", Graph.ANY, Graph.ANY);
        // The nearest is the sample itself, or a copy of it at the same distance of 0.
        return graph.returns(Functional.kthSmallest(Functional.exactDistances(block, all), neighbours + 1L));
    }

    /** How many real balls each fake is in, how many fakes are in each real ball, how many fake balls each real is in. */
    private static Graph members(Ball ball) {
        Graph graph = new Graph("members");
        Value real = graph.input("real", Graph.ANY, Graph.ANY);
        Value realRadii = graph.input("real_radii", Graph.ANY, 1);
        Value fake = graph.input("fake", Graph.ANY, Graph.ANY);
        Value fakeRadii = graph.input("fake_radii", 1, Graph.ANY);
        Value distances = Functional.exactDistances(real, fake);
        Value inReal = inside(ball, distances, realRadii);
        Value inFake = inside(ball, distances, fakeRadii);
        return graph.returns(inReal.sum(0), inReal.sum(1), inFake.sum(1));
    }

    private static Value inside(Ball ball, Value distances, Value radii) {
        return switch (ball) {
            case STRICT -> Functional.lessThan(distances, radii);
            case INCLUSIVE -> Functional.atMost(distances, radii);
        };
    }

    @Override
    public void close() {
        program.close();
    }
}
