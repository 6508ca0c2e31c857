package org.autophage.model.density;

import org.autophage.data.PointShape;
import org.autophage.program.Batched;
import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.Value;

/**
 * The methods of batches of kernel densities: kernels of one covariance H = FᵀF at weighted points.
 *
 * @param shape replicas R and dimensions d
 * @param chunk points of every replica drawn at a time
 */
record KernelProgram(PointShape shape, int chunk) {
    /** {@code scaled(factor, scale)}: the factor of the kernels' covariance from that of the points', (R, k, d). */
    Graph scaled() {
        Graph graph = new Graph("scaled");
        Value factor = graph.input("factor", shape.replicas(), Graph.ANY, shape.dimensions());
        return graph.returns(factor.times(graph.inputScalar("scale")));
    }

    /**
     * {@code sample(points, weights, factor, root_bias)}: a chunk of draws (R, chunk, d): one of the points (R, N, d), chosen
     * by the weights (N), plus noise of covariance λ FᵀF with factor (R,
     * k, d); root_bias is √λ.
     */
    Graph sample() {
        int replicas = shape.replicas();
        Graph graph = new Graph("sample");
        Value points = graph.input("points", replicas, Graph.ANY, shape.dimensions());
        Value weights = graph.input("weights", Graph.ANY);
        Value factor = graph.input("factor", replicas, Graph.ANY, shape.dimensions());
        Graph.Scalar rootBias = graph.inputScalar("root_bias");
        Value chosen = Batched.draw(weights.reshape(1, Graph.ANY), (long) replicas * chunk)
                .reshape(replicas, chunk);
        Value noise = Functional.standardNormal(
                factor, new long[] {replicas, chunk, Graph.ANY}, replicas, chunk, graph.size(factor, 1));
        return graph.returns(noise.matmul(factor).times(rootBias).plus(Batched.select(points, chosen)));
    }

    /**
     * {@code log_density(points, weights, factor, at)}: at points (1, M, d), (R, M). The rows of the factor (R, d, d)
     * are orthogonal and none is zero.
     */
    Graph logDensity() {
        int d = shape.dimensions();
        Graph graph = new Graph("log_density");
        Value points = graph.input("points", shape.replicas(), Graph.ANY, d);
        Value weights = graph.input("weights", Graph.ANY);
        Value factor = graph.input("factor", shape.replicas(), d, d);
        Value at = graph.input("at", 1, Graph.ANY, d);
        Value variances = factor.square().sum(2);
        // In these coordinates every kernel is N(0, I).
        Value whitening = factor.dividedBy(variances).transpose(1, 2);
        Value squared = Batched.distances(at.matmul(whitening), points.matmul(whitening))
                .square();
        Value shares = weights.dividedBy(weights.sum()).log().reshape(1, 1, Graph.ANY);
        Value logSum = Batched.logSumExp(squared.times(-0.5).plus(shares), 2).reshape(shape.replicas(), Graph.ANY);
        Value logDeterminant = variances.log().sum(1).reshape(shape.replicas(), 1);
        return graph.returns(
                logSum.minus(logDeterminant.plus(d * Math.log(2 * Math.PI)).times(0.5)));
    }
}
