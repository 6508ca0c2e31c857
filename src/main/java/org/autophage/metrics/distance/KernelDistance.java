package org.autophage.metrics.distance;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.autophage.base.AutophageException;
import org.autophage.metrics.features.Features;
import org.autophage.program.Device;
import org.autophage.program.Graph;
import org.autophage.program.Program;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.Value;

/**
 * The kernel distance of Bińkowski et al. (arXiv 1801.01401), called KID on Inception features: the unbiased estimate of
 * the squared maximum mean discrepancy under the kernel k(x, y) = (xᵀy/d + 1)³, with d the number of features, in
 * float64:
 *
 * <p>Σ_{i≠j} k(xᵢ, xⱼ) / (m(m − 1)) + Σ_{i≠j} k(yᵢ, yⱼ) / (n(n − 1)) − 2 Σ k(xᵢ, yⱼ) / (mn).
 *
 * <p>Unbiased also means that it is as often below as above 0 where the distributions are equal.
 */
public final class KernelDistance implements AutoCloseable {
    private static final int TILE_ROWS = 1024;

    private final Device device;
    private final int tileRows;
    private final Program program;

    public KernelDistance(Device device) {
        this(device, TILE_ROWS);
    }

    /** @param tileRows rows of either set that are compared at a time; bounds the memory */
    KernelDistance(Device device, int tileRows) {
        this.device = device;
        this.tileRows = tileRows;
        this.program = new Program(device, kernelSum(), diagonalSum());
    }

    /**
     * The distance over random subsets, the convention of torch-fidelity and of papers that report KID.
     *
     * @param mean over the subsets
     * @param deviation standard deviation over the subsets, divided by their number as the peers do
     * @param count number of subsets
     * @param size samples of either set in each
     */
    public record Subsets(double mean, double deviation, int count, int size) {}

    /**
     * The U-statistic of all pairs of all samples.
     *
     * @throws AutophageException (usage) if there are fewer than two samples, different numbers of features, or one that is not
     *     finite
     */
    public double full(Features real, Features fake) {
        real.requireFinite("real features").requireSameWidth(fake.requireFinite("generated features"));
        requirePairs(Math.min(real.count(), fake.count()));
        return meanOfOthers(real) + meanOfOthers(fake) - 2 * sum(real, fake) / real.count() / fake.count();
    }

    /**
     * Mean and deviation of the U-statistic over subsets, each drawn without replacement.
     *
     * @param count number of subsets; 100 is usual
     * @param size samples in each; 1000 is usual; no more than there are
     * @param seed of the draws
     * @throws AutophageException (usage) if there are fewer than two samples, or different numbers of features
     */
    public Subsets subsets(Features real, Features fake, int count, int size, long seed) {
        int used = Math.min(size, Math.min(real.count(), fake.count()));
        SplittableRandom random = new SplittableRandom(seed);
        double[] distances = new double[count];
        for (int i = 0; i < count; i++) {
            distances[i] =
                    full(real.select(draw(random, real.count(), used)), fake.select(draw(random, fake.count(), used)));
        }
        double mean = Arrays.stream(distances).average().orElseThrow();
        double variance = Arrays.stream(distances)
                .map(distance -> (distance - mean) * (distance - mean))
                .average()
                .orElseThrow();
        return new Subsets(mean, Math.sqrt(variance), count, used);
    }

    private static void requirePairs(int samples) {
        if (samples < 2) {
            throw AutophageException.usage(
                    "a kernel distance needs at least 2 samples of each, there is %d".formatted(samples));
        }
    }

    /** The first of a random permutation of count numbers. */
    private static int[] draw(SplittableRandom random, int count, int first) {
        int[] numbers = new int[count];
        Arrays.setAll(numbers, i -> i);
        for (int i = 0; i < first; i++) {
            int other = random.nextInt(i, count);
            int swapped = numbers[i];
            numbers[i] = numbers[other];
            numbers[other] = swapped;
        }
        return Arrays.copyOf(numbers, first);
    }

    /** Mean kernel of two different rows of a set. */
    private double meanOfOthers(Features set) {
        return sum(set, set) / set.count() / (set.count() - 1);
    }

    /** Sum of the kernel over all pairs of rows; within one set without that of a row and itself. */
    private double sum(Features rows, Features columns) {
        boolean same = rows == columns;
        double sum = 0;
        for (int i = 0; i < rows.count(); i += tileRows) {
            try (Scope scope = device.newScope()) {
                Tensor left = rows.block(scope, i, Math.min(rows.count(), i + tileRows));
                if (same) {
                    sum -= program.run(scope, "diagonal_sum", left).get(0).toNumber();
                }
                for (int j = same ? i : 0; j < columns.count(); j += tileRows) {
                    try (Scope calling = scope.newScope()) {
                        Tensor right = columns.block(calling, j, Math.min(columns.count(), j + tileRows));
                        double tile = program.run(calling, "kernel_sum", left, right, 1.0 / rows.width())
                                .get(0)
                                .toNumber();
                        // Tiles beside the diagonal stand for their mirror images too.
                        sum += same && j > i ? 2 * tile : tile;
                    }
                }
            }
        }
        return sum;
    }

    private static Graph kernelSum() {
        Graph graph = new Graph("kernel_sum");
        Value left = graph.input("left", Graph.ANY, Graph.ANY);
        Value right = graph.input("right", Graph.ANY, Graph.ANY);
        Value oneOverWidth = graph.inputNumber("one_over_width");
        Value products = left.matmul(right.transpose(0, 1));
        return graph.returns(cube(products.times(oneOverWidth).plus(1)).sum());
    }

    private static Graph diagonalSum() {
        Graph graph = new Graph("diagonal_sum");
        Value rows = graph.input("rows", Graph.ANY, Graph.ANY);
        return graph.returns(cube(rows.square().mean(1).plus(1)).sum());
    }

    private static Value cube(Value x) {
        return x.square().times(x);
    }

    @Override
    public void close() {
        program.close();
    }
}
