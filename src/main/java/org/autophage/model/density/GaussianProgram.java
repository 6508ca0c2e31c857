package org.autophage.model.density;

import java.util.List;
import org.autophage.data.PointShape;
import org.autophage.model.density.GaussianSpec.Estimator;
import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.Value;

/**
 * The methods of batches of Gaussians. A covariance is kept as a factor F of shape (k, d) with Σ = FᵀF, which exists
 * also where Σ is singular: a draw is μ + zF with z ~ N(0, I) in k dimensions.
 *
 * @param shape replicas R and dimensions d
 * @param estimator of the covariance
 * @param chunk points of every replica drawn at a time
 */
record GaussianProgram(PointShape shape, Estimator estimator, int chunk) {
    /** Points (R, N, d) around their weighted mean, scaled so that their products sum to the covariance. */
    private Value centred(Graph graph, Value points, Value weights, Value mean) {
        Value share = column(weights, weights.sum());
        // Unbiased for weights that stand for reliability: Σp² is 1/N for equal ones.
        Value scale = estimator == Estimator.UNBIASED
                ? share.dividedBy(share.square().sum().negate().plus(1))
                : share;
        return points.minus(mean).times(scale.squareRoot());
    }

    /** Weighted means (R, 1, d) of points (R, N, d), as a product, which is one pass over them. */
    private static Value mean(Value points, Value weights) {
        return weights.dividedBy(weights.sum()).reshape(1, 1, Graph.ANY).matmul(points);
    }

    private static Value column(Value weights, Value total) {
        return weights.dividedBy(total).reshape(1, Graph.ANY, 1);
    }

    /**
     * {@code fit_few(points, weights)}: mean (R, 1, d) and factor (R, N, d) of N ≤ d points (R, N, d) with weights (N):
     * the points themselves, centred and scaled.
     */
    Graph fitFew() {
        Graph graph = new Graph("fit_few");
        Value points = graph.input("points", shape.replicas(), Graph.ANY, shape.dimensions());
        Value weights = graph.input("weights", Graph.ANY);
        Value mean = mean(points, weights);
        return graph.returns(mean, centred(graph, points, weights, mean));
    }

    /**
     * {@code fit_many(points, weights)}: the same for N &gt; d, with a factor (R, d, d) of eigenvectors scaled by the roots
     * of their eigenvalues; rounding may leave eigenvalues a hair below zero, which are zero.
     */
    Graph fitMany() {
        Graph graph = new Graph("fit_many");
        Value points = graph.input("points", shape.replicas(), Graph.ANY, shape.dimensions());
        Value weights = graph.input("weights", Graph.ANY);
        Value mean = mean(points, weights);
        Value centred = centred(graph, points, weights, mean);
        Value covariance = centred.transpose(1, 2).matmul(centred);
        return graph.returns(mean, Functional.symmetricFactor(covariance));
    }

    /**
     * {@code factor(covariance)}: a factor (R, d, d) of symmetric matrices (R, d, d), whose eigenvalues below 0 are 0, and the
     * eigenvalues as they were, (R, d).
     */
    Graph factor() {
        Graph graph = new Graph("factor");
        Value covariance = graph.input("covariance", shape.replicas(), shape.dimensions(), shape.dimensions());
        List<Value> eigen = Functional.symmetricEigen(covariance);
        return graph.returns(Functional.symmetricFactor(eigen), eigen.get(0));
    }

    /** {@code sample(mean, factor, root_bias)}: a chunk of draws from N(μ, λΣ), (R, chunk, d); root_bias is √λ. */
    Graph sample() {
        Graph graph = new Graph("sample");
        return graph.returns(drawn(graph));
    }

    /** With the inputs mean, factor and root_bias. */
    private Value drawn(Graph graph) {
        Value mean = graph.input("mean", shape.replicas(), 1, shape.dimensions());
        Value factor = graph.input("factor", shape.replicas(), Graph.ANY, shape.dimensions());
        Graph.Scalar rootBias = graph.inputScalar("root_bias");
        Value noise = Functional.standardNormal(
                factor,
                new long[] {shape.replicas(), chunk, Graph.ANY},
                shape.replicas(),
                chunk,
                graph.size(factor, 1));
        return Functional.addProducts(mean, noise, factor, rootBias);
    }

    /** {@code gain(factor, bias, square)}: K = λΣ(λΣ + s²I)⁻¹, (R, d, d); square is s². */
    Graph gain() {
        int d = shape.dimensions();
        Graph graph = new Graph("gain");
        Value factor = graph.input("factor", shape.replicas(), Graph.ANY, d);
        Value covariance = factor.transpose(1, 2).matmul(factor).times(graph.inputNumber("bias"));
        List<Value> eigen = Functional.symmetricEigen(covariance);
        Value variances = eigen.get(0).relu();
        Value shares = variances.dividedBy(variances.plus(graph.inputNumber("square")));
        Value vectors = eigen.get(1);
        return graph.returns(
                vectors.times(shares.reshape(shape.replicas(), 1, d)).matmul(vectors.transpose(1, 2)));
    }

    /**
     * {@code edit(mean, factor, root_bias, gain, points, deviation)}: draws from the law of what N(μ, λΣ) leaves open of points
     * (R, chunk, d) that are seen through noise of deviation s; deviation is s√2. With a draw y of its own, and a noise on
     * y beside that on a point x, y + K(x + sε − y − sε') is such a draw; the two noises are one.
     */
    Graph edit() {
        Graph graph = new Graph("edit");
        Value own = drawn(graph);
        Value gain = graph.input("gain", shape.replicas(), shape.dimensions(), shape.dimensions());
        Value points = graph.input("points", shape.replicas(), chunk, shape.dimensions());
        Value noisy = points.plus(points.noise().times(graph.inputNumber("deviation")));
        return graph.returns(own.plus(noisy.minus(own).matmul(gain)));
    }

    /**
     * {@code log_density(mean, factor, points)}: of points (1, N, d), (R, N). The rows of the factor are orthogonal and
     * none is zero.
     */
    Graph logDensity() {
        int d = shape.dimensions();
        Graph graph = new Graph("log_density");
        Value mean = graph.input("mean", shape.replicas(), 1, d);
        Value factor = graph.input("factor", shape.replicas(), d, d);
        Value points = graph.input("points", 1, Graph.ANY, d);
        Value variances = factor.square().sum(2);
        Value along = points.minus(mean).matmul(factor.transpose(1, 2));
        Value distance = along.dividedBy(variances.transpose(1, 2)).square().sum(2);
        Value logDeterminant = variances.log().sum(1);
        Value density =
                distance.plus(logDeterminant).plus(d * Math.log(2 * Math.PI)).times(-0.5);
        return graph.returns(density.reshape(shape.replicas(), Graph.ANY));
    }
}
