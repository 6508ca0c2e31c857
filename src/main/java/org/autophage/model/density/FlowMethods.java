package org.autophage.model.density;

import java.util.List;
import org.autophage.data.PointShape;
import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.Initializer;
import org.autophage.program.Parameters;
import org.autophage.program.TrainingStep;
import org.autophage.program.Value;

/**
 * The methods of batches of flows: one network a replica and coupling, whose parameters have the replicas as their first
 * axis. A coupling moves one half of the coordinates, x ↦ x eˢ + t, with s and t computed from the other half; the halves
 * take turns. Points are standardized before the first coupling with the mean and deviation of the training points. The
 * methods follow the type of the parameters they are given: float32 in training, float64 elsewhere.
 *
 * @param spec of the flow
 * @param shape replicas R and dimensions d
 * @param chunk points of every replica drawn at a time
 * @param parameters filled while the methods are recorded
 */
record FlowMethods(FlowSpec spec, PointShape shape, int chunk, Parameters parameters) {
    /** Bound of |s|: no coupling stretches by more than e², so that no step of training can overflow. */
    private static final double MOST_STRETCH = 2;

    /**
     * {@code encode(flat, x)}: latent points of standardized ones (R, N, d), and in a last column the logarithm of the
     * determinant of the map to them: (R, N, d + 1). To be recorded first, for it declares the parameters.
     */
    Graph encode() {
        int d = shape.dimensions();
        Graph graph = new Graph("encode", parameters);
        Value x = graph.input("x", shape.replicas(), Graph.ANY, d);
        Value logDeterminant = x.slice(2, 0, 1).zeros();
        for (int i = spec.couplings() - 1; i >= 0; i--) {
            Coupling coupling = new Coupling(i, d);
            List<Value> stretchAndShift = network(graph, coupling, coupling.kept(x), true);
            Value stretch = stretchAndShift.get(0);
            x = coupling.joined(
                    x,
                    coupling.moved(x)
                            .minus(stretchAndShift.get(1))
                            .times(stretch.negate().exp()));
            logDeterminant = logDeterminant.minus(stretch.sum(2));
        }
        return graph.returns(Value.concatenate(2, x, logDeterminant));
    }

    /** {@code decode(flat, z)}: the standardized points (R, N, d) that latent points belong to. */
    Graph decode() {
        Graph graph = new Graph("decode", parameters);
        Value x = graph.input("z", shape.replicas(), Graph.ANY, shape.dimensions());
        for (int i = 0; i < spec.couplings(); i++) {
            Coupling coupling = new Coupling(i, shape.dimensions());
            List<Value> stretchAndShift = network(graph, coupling, coupling.kept(x), false);
            Value stretched = coupling.moved(x).times(stretchAndShift.get(0).exp());
            x = coupling.joined(x, stretched.plus(stretchAndShift.get(1)));
        }
        return graph.returns(x);
    }

    /** s and t, (R, N, moved) each, from the kept coordinates. */
    private List<Value> network(Graph graph, Coupling coupling, Value kept, boolean declares) {
        int width = spec.width();
        long in = kept.dim(2);
        long out = 2 * (shape.dimensions() - in);
        Layers layers = new Layers(graph, "couplings." + coupling.index(), declares);
        Value hidden = layers.linear("first", kept, in, width, Initializer.uniformFanIn(in))
                .silu();
        hidden = layers.linear("second", hidden, width, width, Initializer.uniformFanIn(width))
                .silu();
        // Zeros at first: every coupling begins as the identity.
        List<Value> both = Functional.chunk(layers.linear("last", hidden, width, out, Initializer.ZEROS), 2, 2);
        Value stretch = both.get(0).times(1 / MOST_STRETCH).tanh().times(MOST_STRETCH);
        return List.of(stretch, both.get(1));
    }

    /** Layers of one network a replica; the first method to use a network declares its parameters. */
    private record Layers(Graph graph, String name, boolean declares) {
        Value linear(String layer, Value x, long in, long out, Initializer initializer) {
            long replicas = x.dim(0);
            Value weight = parameter(layer + ".weight", initializer, replicas, in, out);
            Value bias = parameter(layer + ".bias", Initializer.ZEROS, replicas, 1, out);
            return x.matmul(weight).plus(bias);
        }

        private Value parameter(String of, Initializer initializer, long... dims) {
            return declares ? graph.parameter(name + "." + of, initializer, dims) : graph.parameter(name + "." + of);
        }
    }

    /** Which half of the coordinates a coupling keeps: the first and the second in turns. */
    private record Coupling(int index, int dimensions) {
        private boolean keepsFirst() {
            return index % 2 == 0;
        }

        Value kept(Value x) {
            return keepsFirst() ? x.slice(2, 0, dimensions / 2) : x.slice(2, dimensions / 2, dimensions);
        }

        Value moved(Value x) {
            return keepsFirst() ? x.slice(2, dimensions / 2, dimensions) : x.slice(2, 0, dimensions / 2);
        }

        /** Points whose kept coordinates are those of x. */
        Value joined(Value x, Value moved) {
            return keepsFirst() ? Value.concatenate(2, kept(x), moved) : Value.concatenate(2, moved, kept(x));
        }
    }

    /**
     * {@code standardization(points, weights)}: mean and deviation (R, 1, d) of points (R, N, d) with weights (N); 1 where
     * a coordinate does not vary.
     */
    Graph standardization() {
        Graph graph = new Graph("standardization");
        Value points = graph.input("points", shape.replicas(), Graph.ANY, shape.dimensions());
        Value weights = graph.input("weights", Graph.ANY);
        Value shares = weights.dividedBy(weights.sum()).reshape(1, Graph.ANY, 1);
        Value mean = points.times(shares).sum(1);
        Value deviation = points.minus(mean).square().times(shares).sum(1).squareRoot();
        Value varies = Functional.lessThan(deviation.zeros(), deviation);
        return graph.returns(
                mean, Functional.where(varies, deviation, deviation.zeros().plus(1)));
    }

    /** {@code standardize(points, mean, deviation)}: points (R, N, d) in float32, for training. */
    Graph standardize() {
        Graph graph = new Graph("standardize");
        int d = shape.dimensions();
        Value points = graph.input("points", shape.replicas(), Graph.ANY, d);
        Value mean = graph.input("mean", shape.replicas(), 1, d);
        Value deviation = graph.input("deviation", shape.replicas(), 1, d);
        return graph.returns(points.minus(mean).dividedBy(deviation).to(Graph.ElementType.FLOAT32));
    }

    /**
     * {@code step(state, points, weights, indices)}: lowers the mean over the replicas of the negative log-likelihood of
     * standardized points (R, N, d), weighted (N), at the positions of the batch; in nats a point.
     */
    Graph step() {
        int d = shape.dimensions();
        Graph graph = new Graph("step");
        TrainingStep step = new TrainingStep(graph, parameters);
        Value points = graph.input("points", shape.replicas(), Graph.ANY, d);
        Value weights = graph.input("weights", Graph.ANY);
        Value indices = graph.input("indices", spec.batch());
        Value batch =
                graph.emit(new long[] {shape.replicas(), spec.batch(), d}, "torch.index_select", points, 1L, indices);
        Value encoded =
                graph.call(new long[] {shape.replicas(), spec.batch(), d + 1L}, "encode", step.parameters(), batch);
        Value weight = weights.rows(indices).reshape(1, spec.batch(), 1);
        // Every replica's gradient is 1/R of its own: with ε/R Adam takes the same steps for any R. A norm that all
        // replicas share would let one of them slow the others down.
        step.minimize(
                logLikelihood(encoded).times(weight).mean().negate(),
                new TrainingStep.Adam(0.9, 0.99, 1e-8 / shape.replicas(), TrainingStep.Adam.UNCLIPPED));
        return graph;
    }

    /** From what {@code encode} gives: (R, N, 1). */
    private Value logLikelihood(Value encoded) {
        int d = shape.dimensions();
        Value squared = encoded.slice(2, 0, d).square().sum(2);
        return encoded.slice(2, d, d + 1L)
                .minus(squared.plus(d * Math.log(2 * Math.PI)).times(0.5));
    }

    /** {@code sample(flat, mean, deviation, root_bias)}: a chunk of draws (R, chunk, d), float64; root_bias is √λ. */
    Graph sample() {
        int replicas = shape.replicas();
        int d = shape.dimensions();
        Graph graph = new Graph("sample");
        Value flat = graph.input("flat", parameters.size());
        Value mean = graph.input("mean", replicas, 1, d);
        Value deviation = graph.input("deviation", replicas, 1, d);
        Graph.Scalar rootBias = graph.inputScalar("root_bias");
        long[] dims = {replicas, chunk, d};
        Value latent = Functional.standardNormal(flat, dims, replicas, chunk, d).times(rootBias);
        return graph.returns(
                graph.call(dims, "decode", flat, latent).times(deviation).plus(mean));
    }

    /** {@code log_density(flat, mean, deviation, points)}: of points (1, N, d), (R, N), float64. */
    Graph logDensity() {
        int replicas = shape.replicas();
        int d = shape.dimensions();
        Graph graph = new Graph("log_density");
        Value flat = graph.input("flat", parameters.size());
        Value mean = graph.input("mean", replicas, 1, d);
        Value deviation = graph.input("deviation", replicas, 1, d);
        Value points = graph.input("points", 1, Graph.ANY, d);
        Value standardized = points.minus(mean).dividedBy(deviation);
        Value encoded = graph.call(new long[] {replicas, Graph.ANY, d + 1L}, "encode", flat, standardized);
        Value likelihood = logLikelihood(encoded).minus(deviation.log().sum(2));
        return graph.returns(likelihood.reshape(replicas, Graph.ANY));
    }
}
