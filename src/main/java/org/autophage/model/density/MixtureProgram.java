package org.autophage.model.density;

import org.autophage.data.PointShape;
import org.autophage.program.Batched;
import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.Value;

/**
 * The methods of batches of Gaussian mixtures, all replicas R and components K at once. A component is its weight's
 * logarithm (−∞ for one that was dropped), its mean and the Cholesky factor L of its covariance LLᵀ.
 *
 * @param shape replicas R and dimensions d
 * @param components K
 * @param chunk points of every replica drawn at a time
 */
record MixtureProgram(PointShape shape, int components, int chunk) {
    /** A component to which less than this of all points belongs is dead. */
    static final double VANISHED = 1e-6;

    private static final double ALMOST_NOTHING = 1e-300;

    /** Components as inputs: logarithms of weights (R, K, 1), means (R, K, d), factors (R, K, d, d). */
    private record Components(Value logWeights, Value means, Value factors) {}

    private Components components(Graph graph) {
        int replicas = shape.replicas();
        int d = shape.dimensions();
        return new Components(
                graph.input("log_weights", replicas, components, 1),
                graph.input("means", replicas, components, d),
                graph.input("factors", replicas, components, d, d));
    }

    /**
     * {@code spread(points, weights, chosen)}: the centres (R, k, d) with the next one of k-means++ (Arthur and
     * Vassilvitskii 2007) after them: one of the points (R, N, d), drawn by its weight (N) and the square of its distance from the
     * nearest of the centres chosen so far.
     */
    Graph spread() {
        Graph graph = new Graph("spread");
        Value points = graph.input("points", shape.replicas(), Graph.ANY, shape.dimensions());
        Value weights = graph.input("weights", Graph.ANY);
        Value chosen = graph.input("chosen", shape.replicas(), Graph.ANY, shape.dimensions());
        Value nearest =
                Batched.least(Batched.distances(chosen, points), 1).square().reshape(shape.replicas(), Graph.ANY);
        // Where all points are centres already, any of them will do.
        Value chances = nearest.plus(ALMOST_NOTHING).times(weights);
        Value next = Batched.select(points, Batched.draw(chances, 1));
        return graph.returns(Value.concatenate(1, chosen, next));
    }

    /** {@code first(points, weights)}: the first centre of k-means++, (R, 1, d). */
    Graph first() {
        Graph graph = new Graph("first");
        Value points = graph.input("points", shape.replicas(), Graph.ANY, shape.dimensions());
        Value weights = graph.input("weights", Graph.ANY);
        Value chosen = Batched.draw(weights.reshape(1, Graph.ANY), shape.replicas());
        return graph.returns(Batched.select(points, chosen.reshape(shape.replicas(), 1)));
    }

    /**
     * {@code assign(points, weights, centres)}: responsibilities (R, K, N), each the weight of a point that is nearest to
     * its centre (R, K, d); a point as near to several is shared by them.
     */
    Graph assign() {
        Graph graph = new Graph("assign");
        Value points = graph.input("points", shape.replicas(), Graph.ANY, shape.dimensions());
        Value weights = graph.input("weights", Graph.ANY);
        Value centres = graph.input("centres", shape.replicas(), components, shape.dimensions());
        Value distances = Batched.distances(centres, points);
        Value isNearest =
                Functional.atMost(distances, Batched.least(distances, 1)).to(Graph.ElementType.FLOAT64);
        return graph.returns(isNearest.dividedBy(isNearest.sum(1)).times(weights));
    }

    /**
     * {@code expect(points, weights, log_weights, means, factors)}: responsibilities (R, K, N) of the components for the
     * points, whose sums over components are the weights, and the weighted mean log-likelihood of each replica (R, 1, 1).
     */
    Graph expect() {
        Graph graph = new Graph("expect");
        Value points = graph.input("points", shape.replicas(), Graph.ANY, shape.dimensions());
        Value weights = graph.input("weights", Graph.ANY);
        Value joint = joint(components(graph), points);
        Value likelihood = Batched.logSumExp(joint, 1);
        Value responsibilities = joint.minus(likelihood).exp().times(weights);
        Value mean = likelihood.times(weights).sum(2).dividedBy(weights.sum());
        return graph.returns(responsibilities, mean);
    }

    /** ln(wₖ N(x; μₖ, Σₖ)) of points (R or 1, N, d), as (R, K, N). */
    private Value joint(Components each, Value points) {
        int replicas = shape.replicas();
        int d = shape.dimensions();
        Value whitening = Batched.solveLower(each.factors, Batched.identity(each.factors, d))
                .transpose(2, 3);
        Value centred =
                points.reshape(points.dim(0), 1, Graph.ANY, d).minus(each.means.reshape(replicas, components, 1, d));
        Value squared = centred.matmul(whitening).square().sum(3).reshape(replicas, components, Graph.ANY);
        Value logDeterminant = Batched.diagonal(each.factors).log().sum(2);
        return squared.times(-0.5)
                .minus(logDeterminant)
                .minus(d * Math.log(2 * Math.PI) / 2)
                .plus(each.logWeights);
    }

    /**
     * {@code maximize(points, responsibilities, active, regularization, log_weights, means, factors)}: the components
     * that are most likely given the responsibilities (R, K, N), with their covariances' diagonals raised, and the sums of
     * responsibilities (R, K, 1). Where active (R, 1, 1) is 0 a replica keeps the components that came in. A component
     * whose sum is below {@value #VANISHED} gets the weight 0 and a covariance of 1.
     */
    Graph maximize() {
        int replicas = shape.replicas();
        int d = shape.dimensions();
        Graph graph = new Graph("maximize");
        Value points = graph.input("points", replicas, Graph.ANY, d);
        Value responsibilities = graph.input("responsibilities", replicas, components, Graph.ANY);
        Value active = graph.input("active", replicas, 1, 1);
        Graph.Scalar regularization = graph.inputScalar("regularization");
        Components before = components(graph);
        Value mass = responsibilities.sum(2);
        Value dead = Functional.lessThan(mass, VANISHED);
        Value divisor = Functional.where(dead, mass.zeros().plus(1), mass);
        Value weights = Functional.where(dead, mass.zeros(), mass);
        Value means = responsibilities.matmul(points).dividedBy(divisor);
        Value centred = points.reshape(replicas, 1, Graph.ANY, d).minus(means.reshape(replicas, components, 1, d));
        Value weighted = centred.times(responsibilities.reshape(replicas, components, Graph.ANY, 1));
        Value identity = Batched.identity(points, d);
        Value covariance = weighted.transpose(2, 3)
                .matmul(centred)
                .dividedBy(divisor.reshape(replicas, components, 1, 1))
                .plus(identity.times(regularization));
        Value kept = Functional.where(
                dead.reshape(replicas, components, 1, 1), covariance.zeros().plus(identity), covariance);
        Value moves = Functional.lessThan(active.zeros(), active);
        return graph.returns(
                Functional.where(moves, weights.dividedBy(weights.sum(1)).log(), before.logWeights),
                Functional.where(moves, means, before.means),
                Functional.where(moves.reshape(replicas, 1, 1, 1), Batched.cholesky(kept), before.factors),
                mass);
    }

    /** {@code sample(log_weights, means, factors, root_bias)}: a chunk of draws (R, chunk, d); root_bias is √λ. */
    Graph sample() {
        int replicas = shape.replicas();
        int d = shape.dimensions();
        Graph graph = new Graph("sample");
        Components each = components(graph);
        Graph.Scalar rootBias = graph.inputScalar("root_bias");
        Value weights = each.logWeights.exp().reshape(replicas, components);
        Value chosen = Batched.draw(weights, chunk);
        Value noise = Functional.standardNormal(each.means, new long[] {replicas, chunk, 1, d}, replicas, chunk, 1, d);
        Value spread = noise.matmul(Batched.select(each.factors, chosen).transpose(2, 3))
                .reshape(replicas, chunk, d);
        return graph.returns(Batched.select(each.means, chosen).plus(spread.times(rootBias)));
    }

    /** {@code log_density(points, log_weights, means, factors)}: of points (1, N, d), (R, N). */
    Graph logDensity() {
        Graph graph = new Graph("log_density");
        Value points = graph.input("points", 1, Graph.ANY, shape.dimensions());
        Components each = components(graph);
        return graph.returns(Batched.logSumExp(joint(each, points), 1).reshape(shape.replicas(), Graph.ANY));
    }
}
