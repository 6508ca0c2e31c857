package org.autophage.metrics.distance;

import java.util.List;
import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.Value;

/** What the Fréchet distance and its sampling error compute on a device, all of it float64. */
final class FrechetMethods {
    /** Columns are cut into so many groups, of whose products one half mirrors the other. */
    private static final int GROUPS = 4;

    private FrechetMethods() {}

    static Graph[] all() {
        return new Graph[] {
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
            influencesOfFew()
        };
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
}
