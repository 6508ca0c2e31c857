package org.autophage.metrics.distance;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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
 * The Fréchet distance between Gaussians fitted to two sets of features (Dowson and Landau 1982; Heusel et al., arXiv
 * 1706.08500), in float64: ‖μ₁ − μ₂‖² + tr Σ₁ + tr Σ₂ − 2 tr (Σ₁Σ₂)^½.
 *
 * <p>With Σ₁ = LLᵀ the last trace is the sum of the square roots of the eigenvalues of LᵀΣ₂L, a symmetric matrix. L is
 * Cholesky's, or where Σ₁ is near to singular from its eigenvectors. Of fewer samples than features it is their deviations,
 * Σ₁ = D₁ᵀD₁: the matrix is then D₁Σ₂D₁ᵀ, as small as they are few, and where both are few it is not needed, since the trace
 * is the sum of the singular values of D₁D₂ᵀ. Singular covariances (collapsed samples, too) need no special case, and the
 * result is never negative and never NaN.
 */
public final class FrechetDistance implements AutoCloseable {
    /** Rows that are on the device at a time. */
    private static final int BLOCK = 2048;

    /** Columns are cut into so many groups, of whose products one half mirrors the other. */
    private static final int GROUPS = 4;

    /** Pivots of a Cholesky decomposition further apart than this call for eigenvectors. */
    private static final double WELL_CONDITIONED = 1e-10;

    private final Device device;
    private final Program program;

    public FrechetDistance(Device device) {
        this.device = device;
        this.program = new Program(
                device,
                addRows(),
                addProducts(),
                cholesky(),
                scaledEigenvectors(),
                product(),
                traceOfRoot(),
                productOfFew(),
                cross(),
                nuclearNorm(),
                rootWeights(),
                influences(),
                gram(),
                transposed(),
                influencesOfFew());
    }

    /**
     * Mean and covariance.
     *
     * @throws AutophageException (usage) if there are fewer than two samples, or one is not finite
     */
    public FeatureStatistics statistics(Features features) {
        if (features.count() < 2) {
            throw AutophageException.usage(
                    "a covariance needs at least 2 samples, there is %d".formatted(features.count()));
        }
        features.requireFinite("features");
        int width = features.width();
        try (Scope scope = device.newScope()) {
            Tensor sum = scope.doubles(new double[width], 1, width);
            for (int from = 0; from < features.count(); from += BLOCK) {
                try (Tensor block = features.block(scope, from, Math.min(features.count(), from + BLOCK))) {
                    sum = run(scope, "add_rows", sum, block);
                }
            }
            double[] mean = divided(sum.toDoubles(), features.count());
            if (features.count() <= width) {
                return FeatureStatistics.ofFew(features, mean);
            }
            Tensor center = scope.doubles(mean, 1, width);
            Tensor products = scope.doubles(new double[width * width], width, width);
            for (int from = 0; from < features.count(); from += BLOCK) {
                try (Tensor block = features.block(scope, from, Math.min(features.count(), from + BLOCK));
                        Tensor before = products) {
                    products = run(scope, "add_products", before, block, center);
                }
            }
            return new FeatureStatistics(mean, divided(products.toDoubles(), features.count() - 1), features.count());
        }
    }

    /**
     * The distance.
     *
     * @return in squared units of the features, at least 0
     * @throws AutophageException (usage) if the two do not have the same number of features
     */
    public double between(FeatureStatistics one, FeatureStatistics two) {
        if (one.width() != two.width()) {
            throw AutophageException.usage("features of %d and of %d dimensions cannot be compared: must be the same"
                    .formatted(one.width(), two.width()));
        }
        double meanGap = 0;
        for (int i = 0; i < one.width(); i++) {
            double gap = one.mean()[i] - two.mean()[i];
            meanGap += gap * gap;
        }
        double distance = meanGap + one.trace() + two.trace() - 2 * traceOfRoot(one, two);
        // Rounding can leave a hair below zero where the two are equal.
        return Math.max(0, distance);
    }

    /**
     * How far the distance varies, as a standard deviation, when as many other samples of the same law are compared with the same
     * reference: s/√n, with s the deviation of the samples' influences on it (Hampel 1974), which is what leaving out one after
     * the other tells. Sample i's influence, less a constant, is 2 (μ − μ₁)ᵀcᵢ + ‖cᵢ‖² − (n − 1) (K^½)ᵢᵢ with cᵢ = xᵢ − μ and
     * K = DΣ₁Dᵀ of all samples' deviations D, as tr K^½ = tr (Σ₁Σ)^½.
     *
     * @param reference what the samples are compared with, μ₁ and Σ₁
     * @param statistics of the samples
     * @param samples one row a sample
     * @return in squared units of the features
     */
    public double samplingError(FeatureStatistics reference, FeatureStatistics statistics, Features samples) {
        int count = samples.count();
        double[] influences = statistics.deviations() == null
                ? influencesOfMany(reference, statistics, samples)
                : influencesOfFew(reference, statistics);
        double mean = Arrays.stream(influences).sum() / count;
        double squares = Arrays.stream(influences)
                .map(influence -> (influence - mean) * (influence - mean))
                .sum();
        return Math.sqrt(squares / (count - 1) / count);
    }

    /** Of more samples than features, (n − 1) (K^½)ᵢᵢ = ‖cᵢL M^(-¼)‖² with M = LᵀΣL. */
    private double[] influencesOfMany(FeatureStatistics reference, FeatureStatistics statistics, Features samples) {
        int width = statistics.width();
        double[] influences = new double[samples.count()];
        try (Scope scope = device.newScope()) {
            Tensor factor;
            Tensor product;
            if (reference.deviations() == null) {
                Tensor covariance = covariance(scope, reference);
                factor = device.withOneThread(() -> factor(scope, covariance, width));
                product = run(scope, "product", factor, covariance(scope, statistics));
            } else {
                Tensor few = deviations(scope, reference);
                factor = run(scope, "transposed", few);
                product = run(scope, "product_of_few", few, covariance(scope, statistics));
            }
            double rounding = width * Math.ulp(1.0);
            Tensor weights = device.withOneThread(() -> run(scope, "root_weights", product, factor, rounding));
            Tensor center = scope.doubles(statistics.mean(), 1, width);
            Tensor gap = scope.doubles(gap(reference, statistics), width, 1);
            for (int from = 0; from < samples.count(); from += BLOCK) {
                try (Scope blockScope = scope.newScope()) {
                    Tensor block = samples.block(blockScope, from, Math.min(samples.count(), from + BLOCK));
                    double[] part = run(blockScope, "influences", block, center, gap, weights)
                            .toDoubles();
                    System.arraycopy(part, 0, influences, from, part.length);
                }
            }
        }
        return influences;
    }

    /** Of no more samples than features, by K itself. */
    private double[] influencesOfFew(FeatureStatistics reference, FeatureStatistics statistics) {
        try (Scope scope = device.newScope()) {
            Tensor deviations = deviations(scope, statistics);
            Tensor product = reference.deviations() == null
                    ? run(scope, "product_of_few", deviations, covariance(scope, reference))
                    : run(scope, "gram", run(scope, "cross", deviations(scope, reference), deviations));
            double[] scaled = gap(reference, statistics);
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] /= Math.sqrt(statistics.count() - 1.0); // deviations are shorter by as much
            }
            Tensor gap = scope.doubles(scaled, statistics.width(), 1);
            double rounding = statistics.width() * Math.ulp(1.0);
            double[] influences = device.withOneThread(
                            () -> run(scope, "influences_of_few", product, deviations, gap, rounding))
                    .toDoubles();
            for (int i = 0; i < influences.length; i++) {
                influences[i] *= statistics.count() - 1;
            }
            return influences;
        }
    }

    /** 2 (μ − μ₁). */
    private static double[] gap(FeatureStatistics reference, FeatureStatistics statistics) {
        double[] gap = new double[statistics.width()];
        for (int i = 0; i < gap.length; i++) {
            gap[i] = 2 * (statistics.mean()[i] - reference.mean()[i]);
        }
        return gap;
    }

    /** tr (Σ₁Σ₂)^½. */
    private double traceOfRoot(FeatureStatistics one, FeatureStatistics two) {
        try (Scope scope = device.newScope()) {
            if (one.deviations() != null && two.deviations() != null) {
                Tensor cross = run(scope, "cross", deviations(scope, one), deviations(scope, two));
                return onOneThread(scope, "nuclear_norm", cross);
            }
            if (one.deviations() != null || two.deviations() != null) {
                FeatureStatistics few = one.deviations() != null ? one : two;
                FeatureStatistics many = few == one ? two : one;
                Tensor product = run(scope, "product_of_few", deviations(scope, few), covariance(scope, many));
                return onOneThread(scope, "trace_of_root", product, few.width() * Math.ulp(1.0));
            }
            Tensor covariance = covariance(scope, one);
            Tensor factor = device.withOneThread(() -> factor(scope, covariance, one.width()));
            Tensor product = run(scope, "product", factor, covariance(scope, two));
            return onOneThread(scope, "trace_of_root", product, 0.0);
        }
    }

    private double onOneThread(Scope scope, String method, Object... arguments) {
        return device.withOneThread(() -> run(scope, method, arguments)).toNumber();
    }

    private static Tensor covariance(Scope scope, FeatureStatistics statistics) {
        return scope.doubles(statistics.covariance(), statistics.width(), statistics.width());
    }

    private static Tensor deviations(Scope scope, FeatureStatistics few) {
        return scope.doubles(Objects.requireNonNull(few.deviations()), few.count(), few.width());
    }

    /** L with LLᵀ = Σ. */
    private Tensor factor(Scope scope, Tensor covariance, int width) {
        List<Tensor> cholesky = program.run(scope, "cholesky", covariance);
        return cholesky.get(1).toNumber() > WELL_CONDITIONED
                ? cholesky.get(0)
                : run(scope, "scaled_eigenvectors", covariance, width * Math.ulp(1.0));
    }

    private Tensor run(Scope scope, String method, Object... arguments) {
        return program.run(scope, method, arguments).get(0);
    }

    private static double[] divided(double[] sums, double by) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= by;
        }
        return sums;
    }

    private static Graph addRows() {
        Graph graph = new Graph("add_rows");
        Value sum = graph.input("sum", 1, Graph.ANY);
        Value block = graph.input("block", Graph.ANY, Graph.ANY);
        return graph.returns(sum.plus(block.sum(0)));
    }

    private static Graph addProducts() {
        Graph graph = new Graph("add_products");
        Value products = graph.input("products", Graph.ANY, Graph.ANY);
        Value block = graph.input("block", Graph.ANY, Graph.ANY);
        Value center = graph.input("center", 1, Graph.ANY);
        Value centered = block.minus(center);
        List<Value> groups = Functional.chunks(centered, GROUPS, 1);
        Value[] rows = new Value[GROUPS];
        Value[][] blocks = new Value[GROUPS][GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            for (int j = 0; j < GROUPS; j++) {
                blocks[i][j] = j < i
                        ? blocks[j][i].transpose(0, 1)
                        : groups.get(i).transpose(0, 1).matmul(groups.get(j));
            }
            rows[i] = Value.concatenate(1, blocks[i]);
        }
        return graph.returns(products.plus(Value.concatenate(0, rows)));
    }

    /** L, lower triangular, with Σ = LLᵀ, and the smallest of its squared pivots over the largest; 0 if there is no L. */
    private static Graph cholesky() {
        Graph graph = new Graph("cholesky");
        Value covariance = graph.input("covariance", Graph.ANY, Graph.ANY);
        List<Value> factor = Functional.cholesky(symmetrized(covariance));
        Value pivots = Functional.diagonal(factor.get(0)).square();
        Value spread = pivots.min().dividedBy(pivots.max());
        return graph.returns(factor.get(0), Functional.where(factor.get(1), spread, spread.zeros()));
    }

    /**
     * L with Σ = LLᵀ: eigenvectors scaled by the roots of their eigenvalues. An eigenvalue below the rounding error of the
     * decomposition (tolerance, as a share of the largest) is a zero of a singular covariance; left in, a thousand of
     * 1e-16 would each add a root of 1e-8 to the trace.
     */
    private static Graph scaledEigenvectors() {
        Graph graph = new Graph("scaled_eigenvectors");
        Value covariance = graph.input("covariance", Graph.ANY, Graph.ANY);
        Graph.Scalar tolerance = graph.inputScalar("tolerance");
        List<Value> eigen = Functional.symmetricEigen(symmetrized(covariance));
        Value eigenvalues = eigen.get(0);
        Value noise = eigenvalues.max().times(tolerance);
        Value kept = Functional.where(Functional.lessThan(noise, eigenvalues), eigenvalues, eigenvalues.zeros());
        return graph.returns(eigen.get(1).times(kept.squareRoot()));
    }

    /** LᵀΣL. */
    private static Graph product() {
        Graph graph = new Graph("product");
        Value factor = graph.input("factor", Graph.ANY, Graph.ANY);
        Value covariance = graph.input("covariance", Graph.ANY, Graph.ANY);
        return graph.returns(symmetrized(
                factor.transpose(0, 1).matmul(symmetrized(covariance)).matmul(factor)));
    }

    /** DΣDᵀ. */
    private static Graph productOfFew() {
        Graph graph = new Graph("product_of_few");
        Value deviations = graph.input("deviations", Graph.ANY, Graph.ANY);
        Value covariance = graph.input("covariance", Graph.ANY, Graph.ANY);
        return graph.returns(
                symmetrized(deviations.matmul(symmetrized(covariance)).matmul(deviations.transpose(0, 1))));
    }

    /**
     * Σᵢ √eigᵢ of a symmetric matrix. Eigenvalues up to tolerance, as a share of the largest, are zeros: deviations from
     * their own mean always have one, whose rounding error would have a root of 1e-8.
     */
    private static Graph traceOfRoot() {
        Graph graph = new Graph("trace_of_root");
        Value eigenvalues = Functional.symmetricEigenvalues(graph.input("product", Graph.ANY, Graph.ANY));
        Value noise = eigenvalues.max().relu().times(graph.inputScalar("tolerance"));
        Value kept = Functional.where(Functional.lessThan(noise, eigenvalues), eigenvalues, eigenvalues.zeros());
        return graph.returns(kept.squareRoot().sum());
    }

    /** D₁D₂ᵀ. */
    private static Graph cross() {
        Graph graph = new Graph("cross");
        Value one = graph.input("one", Graph.ANY, Graph.ANY);
        Value two = graph.input("two", Graph.ANY, Graph.ANY);
        return graph.returns(one.matmul(two.transpose(0, 1)));
    }

    /** The sum of a matrix's singular values. */
    private static Graph nuclearNorm() {
        Graph graph = new Graph("nuclear_norm");
        Value singular = Functional.singularValues(graph.input("matrix", Graph.ANY, Graph.ANY));
        return graph.returns(singular.sum());
    }

    /** LV Λ^(-¼) of a symmetric matrix VΛVᵀ and a factor L; nothing of eigenvalues up to tolerance, as a share of the largest. */
    private static Graph rootWeights() {
        Graph graph = new Graph("root_weights");
        List<Value> eigen = Functional.symmetricEigen(graph.input("product", Graph.ANY, Graph.ANY));
        Value factor = graph.input("factor", Graph.ANY, Graph.ANY);
        Value eigenvalues = eigen.get(0);
        Value noise = eigenvalues.max().relu().times(graph.inputScalar("tolerance"));
        Value isKept = Functional.lessThan(noise, eigenvalues);
        Value kept = Functional.where(isKept, eigenvalues, eigenvalues.zeros().plus(1));
        Value weights = Functional.where(isKept, kept.squareRoot().squareRoot().reciprocal(), eigenvalues.zeros());
        return graph.returns(factor.matmul(eigen.get(1).times(weights)));
    }

    /** cᵀg + ‖c‖² − ‖cW‖² of every row c of a block less the center. */
    private static Graph influences() {
        Graph graph = new Graph("influences");
        Value block = graph.input("block", Graph.ANY, Graph.ANY);
        Value center = graph.input("center", 1, Graph.ANY);
        Value gap = graph.input("gap", Graph.ANY, 1);
        Value weights = graph.input("weights", Graph.ANY, Graph.ANY);
        Value centered = block.minus(center);
        Value squares =
                centered.square().sum(1).minus(centered.matmul(weights).square().sum(1));
        return graph.returns(centered.matmul(gap).reshape(-1).plus(squares.reshape(-1)));
    }

    /** Dᵀ. */
    private static Graph transposed() {
        Graph graph = new Graph("transposed");
        return graph.returns(graph.input("deviations", Graph.ANY, Graph.ANY).transpose(0, 1));
    }

    /** CᵀC. */
    private static Graph gram() {
        Graph graph = new Graph("gram");
        Value cross = graph.input("cross", Graph.ANY, Graph.ANY);
        return graph.returns(symmetrized(cross.transpose(0, 1).matmul(cross)));
    }

    /** dᵀg + ‖d‖² − (K^½)ᵢᵢ of every row d of deviations: influences over n − 1. */
    private static Graph influencesOfFew() {
        Graph graph = new Graph("influences_of_few");
        List<Value> eigen = Functional.symmetricEigen(graph.input("product", Graph.ANY, Graph.ANY));
        Value deviations = graph.input("deviations", Graph.ANY, Graph.ANY);
        Value gap = graph.input("gap", Graph.ANY, 1);
        Value eigenvalues = eigen.get(0);
        Value noise = eigenvalues.max().relu().times(graph.inputScalar("tolerance"));
        Value kept = Functional.where(Functional.lessThan(noise, eigenvalues), eigenvalues, eigenvalues.zeros());
        Value roots = eigen.get(1).square().times(kept.squareRoot()).sum(1);
        Value squares = deviations.square().sum(1).minus(roots);
        return graph.returns(deviations.matmul(gap).reshape(-1).plus(squares.reshape(-1)));
    }

    private static Value symmetrized(Value matrix) {
        return matrix.plus(matrix.transpose(0, 1)).times(0.5);
    }

    @Override
    public void close() {
        program.close();
    }
}
