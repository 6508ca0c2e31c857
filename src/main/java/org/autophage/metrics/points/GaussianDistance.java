package org.autophage.metrics.points;

import java.util.List;
import java.util.stream.IntStream;
import org.autophage.data.Moments;
import org.autophage.program.Device;
import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.Program;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.Value;

/**
 * The squared 2-Wasserstein distance between Gaussians (Dowson and Landau 1982), a batch of replicas against one truth, in
 * float64: ‖μ − μ₀‖² + tr Σ + tr Σ₀ − 2 tr (Σ^½ Σ₀ Σ^½)^½. With Σ = FᵀF and Σ₀ = F₀ᵀF₀ the last trace is the sum of the
 * singular values of FF₀ᵀ, so that singular covariances need no special case. It is what MAD plots as "WD"
 * (arXiv 2307.01850).
 */
public final class GaussianDistance implements AutoCloseable {
    private final Device device;
    private final Moments truth;
    private final Program program;

    /**
     * Gets ready to compare with a truth.
     *
     * @param truth of one replica; stays the caller's
     */
    public GaussianDistance(Device device, Moments truth) {
        this.device = device;
        this.truth = truth;
        this.program = new Program(device, sums(isIdentity(truth)), singularValues());
    }

    /** Whether the truth's covariance is I, as in most loops: then there is no product with it to take. */
    private static boolean isIdentity(Moments truth) {
        double[] factor = truth.factors().toDoubles();
        int d = truth.dimensions();
        return factor.length == d * d
                && IntStream.range(0, factor.length).allMatch(i -> factor[i] == (i % d == i / d ? 1 : 0));
    }

    /**
     * What is known of a batch of Gaussians, an element a replica.
     *
     * @param squaredDistance the squared 2-Wasserstein distance, at least 0
     * @param meanPart of it: ‖μ − μ₀‖²
     * @param covariancePart of it: the rest
     * @param variance mean over the coordinates of their variances
     * @param logVariance mean over the coordinates of the natural logarithms of their variances; minus infinity where
     *     one of them is 0
     */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere; the arrays are the point
    public record Result(
            double[] squaredDistance,
            double[] meanPart,
            double[] covariancePart,
            double[] variance,
            double[] logVariance) {}

    /** Compares a batch with the truth. */
    public Result of(Moments batch) {
        try (Scope scope = device.newScope()) {
            List<Tensor> sums =
                    program.run(scope, "sums", batch.means(), batch.factors(), truth.means(), truth.factors());
            double[] root = rootTraces(sums.get(0));
            double[] meanPart = sums.get(1).toDoubles();
            double[] trace = sums.get(2).toDoubles();
            double[] covariancePart = new double[root.length];
            double[] distance = new double[root.length];
            for (int i = 0; i < root.length; i++) {
                // Rounding can leave a hair below zero where the two are equal.
                covariancePart[i] = Math.max(0, trace[i] - 2 * root[i]);
                distance[i] = meanPart[i] + covariancePart[i];
            }
            return new Result(
                    distance,
                    meanPart,
                    covariancePart,
                    sums.get(3).toDoubles(),
                    sums.get(4).toDoubles());
        }
    }

    /** Sums of the singular values, one a replica, with the replicas shared out among the cores. */
    private double[] rootTraces(Tensor grams) {
        double[] traces = new double[(int) grams.dims()[0]];
        device.inParallel(traces.length, (from, to) -> {
            try (Scope scope = device.newScope()) {
                double[] part = program.run(scope, "singular_values", grams, scope.range(from, to))
                        .get(0)
                        .toDoubles();
                System.arraycopy(part, 0, traces, from, part.length);
            }
        });
        return traces;
    }

    /**
     * {@code sums(mean, factor, truth_mean, truth_factor)}: the Gram matrices (R, k, k) of the rows of FF₀ᵀ, and (R) of
     * each of ‖μ − μ₀‖², tr Σ + tr Σ₀, mean variance, mean logarithm of the variances.
     */
    private static Graph sums(boolean truthIsIdentity) {
        Graph graph = new Graph("sums");
        Value mean = graph.input("mean", Graph.ANY, 1, Graph.ANY);
        Value factor = graph.input("factor", Graph.ANY, Graph.ANY, Graph.ANY);
        Value truthMean = graph.input("truth_mean", 1, 1, Graph.ANY);
        Value truthFactor = graph.input("truth_factor", 1, Graph.ANY, Graph.ANY);
        Value product = truthIsIdentity ? factor : factor.matmul(truthFactor.transpose(1, 2));
        Value variances = factor.square().sum(1);
        return graph.returns(
                product.matmul(product.transpose(1, 2)),
                mean.minus(truthMean).square().sum(2).reshape(Graph.ANY),
                variances.sum(2).plus(truthFactor.square().sum()).reshape(Graph.ANY),
                variances.mean(2).reshape(Graph.ANY),
                variances.log().mean(2).reshape(Graph.ANY));
    }

    /** {@code singular_values(gram, replicas)}: sums of the roots of the eigenvalues of some of (R, k, k). */
    private static Graph singularValues() {
        Graph graph = new Graph("singular_values");
        Value gram = graph.input("gram", Graph.ANY, Graph.ANY, Graph.ANY);
        Value some = gram.rows(graph.input("replicas", Graph.ANY));
        Value roots = Functional.symmetricEigenvalues(some).relu().squareRoot();
        return graph.returns(roots.sum(1).reshape(Graph.ANY));
    }

    @Override
    public void close() {
        program.close();
    }
}
