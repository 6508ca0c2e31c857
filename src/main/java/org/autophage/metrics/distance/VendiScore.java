package org.autophage.metrics.distance;

import java.util.OptionalDouble;
import org.autophage.base.AutophageException;
import org.autophage.metrics.features.FeatureStatistics;
import org.autophage.metrics.features.Features;
import org.autophage.program.Device;
import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.Program;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.Value;

/**
 * The Vendi score (Friedman and Dieng, arXiv 2210.02410), an effective number of different samples: exp(−Σ λᵢ ln λᵢ) with
 * λᵢ the eigenvalues of K/n, in float64. 1 where all samples are alike, n where each has nothing to do with the others.
 *
 * <p>Of features, K holds the cosines between rows. Then K/n = XXᵀ/n with X the rows brought to length 1, and has the same
 * eigenvalues other than 0 as XᵀX/n: the smaller of the two is decomposed.
 */
public final class VendiScore implements AutoCloseable {
    private static final int BLOCK_ROWS = 4096;

    private final Device device;
    private final Program program;

    public VendiScore(Device device) {
        this.device = device;
        this.program = new Program(device, addProducts(), products(), eigenvalues());
    }

    /**
     * The score under the cosine kernel. A row of zeros has no direction; as in the authors' package it stays as it is, and
     * is like no other row.
     *
     * @throws AutophageException (usage) if all features of all rows are 0, or one is not finite
     */
    public double of(Features features) {
        int count = features.requireFinite("features").count();
        int width = features.width();
        double[] lengths = lengths(features);
        try (Scope scope = device.newScope()) {
            Tensor gram;
            if (count <= width) {
                Tensor all = directions(scope, features, lengths, 0, count);
                gram = program.run(scope, "products", all).get(0);
            } else {
                gram = scope.doubles(new double[width * width], width, width);
                for (int from = 0; from < count; from += BLOCK_ROWS) {
                    int to = Math.min(count, from + BLOCK_ROWS);
                    try (Tensor before = gram;
                            Tensor block = directions(scope, features, lengths, from, to)) {
                        gram = program.run(scope, "add_products", before, block).get(0);
                    }
                }
            }
            return exponentialEntropy(gram, count);
        }
    }

    /**
     * The score under any kernel.
     *
     * @param similarities (n, n), row-major, symmetric, positive semidefinite, 1 on the diagonal
     */
    public double ofSimilarities(double[] similarities, int n) {
        try (Scope scope = device.newScope()) {
            return exponentialEntropy(scope.doubles(similarities, n, n), n);
        }
    }

    /**
     * The effective rank of a covariance (Roy and Vetterli, EUSIPCO 2007): exp(−Σ pᵢ ln pᵢ) with pᵢ its eigenvalues' shares of
     * their sum; d where all d features vary alike and independently, 1 where all samples lie on a line. Its logarithm is the spectral
     * entropy. It is what the score under the cosine kernel is of features that are centred and of one length: that one also counts
     * where the mean is, which of features that are never negative hides most of the spectrum, and not how long rows are.
     *
     * @return empty where nothing varies
     */
    public OptionalDouble effectiveRank(FeatureStatistics statistics) {
        double trace = statistics.trace();
        if (!(trace > 0)) {
            return OptionalDouble.empty();
        }
        int width = statistics.width();
        double[] deviations = statistics.deviations();
        try (Scope scope = device.newScope()) {
            Tensor gram = deviations == null
                    ? scope.doubles(statistics.covariance(), width, width)
                    : program.run(scope, "products", scope.doubles(deviations, statistics.count(), width))
                            .get(0);
            return OptionalDouble.of(exponentialEntropy(gram, trace));
        }
    }

    /** @param sum of the eigenvalues */
    private double exponentialEntropy(Tensor gram, double sum) {
        double[] eigenvalues = device.withOneThread(() -> {
            try (Scope scope = device.newScope()) {
                return program.run(scope, "eigenvalues", gram).get(0).toDoubles();
            }
        });
        double entropy = 0;
        for (double eigenvalue : eigenvalues) {
            double share = eigenvalue / sum;
            // Rounding leaves zeros on either side of 0.
            entropy -= share > 0 ? share * Math.log(share) : 0;
        }
        return Math.exp(entropy);
    }

    /** Lengths of the rows, and 1 for rows of zeros. */
    private static double[] lengths(Features features) {
        double[] lengths = new double[features.count()];
        double longest = 0;
        for (int row = 0; row < lengths.length; row++) {
            double squared = 0;
            for (int column = 0; column < features.width(); column++) {
                squared += features.value(row, column) * features.value(row, column);
            }
            lengths[row] = squared == 0 ? 1 : Math.sqrt(squared);
            longest = Math.max(longest, squared);
        }
        if (longest == 0) {
            throw AutophageException.usage(
                    "a Vendi score of features that are all 0 is not defined: a cosine needs a direction");
        }
        return lengths;
    }

    private static Tensor directions(Scope scope, Features features, double[] lengths, int from, int to) {
        int width = features.width();
        double[] rows = new double[(to - from) * width];
        for (int i = 0; i < rows.length; i++) {
            int row = from + i / width;
            rows[i] = features.value(row, i % width) / lengths[row];
        }
        return scope.doubles(rows, to - from, width);
    }

    private static Graph addProducts() {
        Graph graph = new Graph("add_products");
        Value sum = graph.input("sum", Graph.ANY, Graph.ANY);
        Value rows = graph.input("rows", Graph.ANY, Graph.ANY);
        return graph.returns(sum.plus(rows.transpose(0, 1).matmul(rows)));
    }

    private static Graph products() {
        Graph graph = new Graph("products");
        Value rows = graph.input("rows", Graph.ANY, Graph.ANY);
        return graph.returns(rows.matmul(rows.transpose(0, 1)));
    }

    private static Graph eigenvalues() {
        Graph graph = new Graph("eigenvalues");
        return graph.returns(Functional.symmetricEigenvalues(graph.input("gram", Graph.ANY, Graph.ANY)));
    }

    @Override
    public void close() {
        program.close();
    }
}
