package org.autophage.program;

import java.util.ArrayList;
import java.util.List;

/**
 * Records one step of optimization as part of a method: gradient of a loss, clipping of its norm, Adam (Kingma and Ba
 * 2015, libtorch's fused kernel), and the exponential moving average of the parameters.
 *
 * <p>The method's first inputs are those of {@link TrainingState#arguments}; the caller adds its data after them:
 *
 * <pre>{@code
 * Graph graph = new Graph("step");
 * TrainingStep step = new TrainingStep(graph, parameters);
 * Value images = graph.input("images", batch, 1, 28, 28);
 * Value loss = ... graph.call(dims, "network", step.parameters(), images) ...;
 * step.minimize(loss);
 * }</pre>
 */
public final class TrainingStep {
    private final Graph graph;
    private final Parameters layout;
    private final List<Runnable> assignments = new ArrayList<>();
    private final Value flat;
    private final Value parameters;
    private final Value average;
    private final Value steps;
    private double weightDecay;
    private double l1;
    private final Graph.Scalar learningRate;
    private final Graph.Scalar averageWeight;

    /**
     * @param graph a method that has no inputs yet
     * @param layout what the flat buffer holds
     */
    public TrainingStep(Graph graph, Parameters layout) {
        this.graph = graph;
        this.layout = layout;
        flat = graph.inputList("p", layout.size());
        graph.inputList("m", layout.size());
        graph.inputList("v", layout.size());
        steps = graph.inputList("t", 1);
        average = graph.input("average", layout.size());
        learningRate = graph.inputScalar("learning_rate");
        averageWeight = graph.inputScalar("average_weight");
        parameters = graph.differentiable(flat);
    }

    /** The flat buffer from which the loss has to be computed. */
    public Value parameters() {
        return parameters;
    }

    /**
     * Sets a part of the flat buffer that no gradient reaches to a value when the step is taken, so that the moving
     * average of the parameters holds this value's moving average.
     *
     * @param parameter that some method declared
     * @param value of its shape
     */
    public void assign(String parameter, Value value) {
        Parameters.Parameter part = layout.named(parameter);
        assignments.add(() -> {
            Value view = flat.slice(0, part.offset(), part.offset() + part.count());
            graph.effect("torch.copy_", view, value.detach().reshape(part.count()));
        });
    }

    /**
     * What {@link #minimize} does besides to all parameters.
     *
     * @param decay of AdamW (Loshchilov and Hutter 2019): before the step they are multiplied by 1 − learning rate · decay; 0 for
     *     none
     * @param absolute weight of Σ|θ| beside the loss, whose gradient is clipped with the loss's; 0 for none
     */
    public void regularize(double decay, double absolute) {
        weightDecay = decay;
        l1 = absolute;
    }

    /**
     * Ends the method: takes the step that lowers the loss and returns (loss, gradient norm before clipping, figures…).
     *
     * @param adam constants of the optimizer
     * @param figures scalars to return besides
     */
    public void minimize(Value loss, Adam adam, Value... figures) {
        Value total = l1 == 0
                ? loss
                : loss.plus(graph.emit(parameters.dims(), "torch.abs", parameters)
                        .sum()
                        .times(l1));
        Value gradient = graph.gradient(total, parameters, false);
        Value norm = graph.emit(new long[0], "torch.dot", gradient, gradient).squareRoot();
        // By this the kernel divides the gradient while it reads it, which saves a pass over memory.
        Value excess = norm.plus(1e-6).times(1 / adam.clip()).clamp(1, Double.POSITIVE_INFINITY);
        // The fused kernel reads the number of this step for its bias correction but does not count it.
        graph.effect("torch.add_", steps, 1.0);
        graph.line("no_tensors = annotate(List[Tensor], [])");
        graph.effect(
                weightDecay == 0 ? "torch._fused_adam_" : "torch._fused_adamw_",
                new Graph.Scalar("p"),
                List.of(gradient),
                new Graph.Scalar("m"),
                new Graph.Scalar("v"),
                new Graph.Scalar("no_tensors"),
                new Graph.Scalar("t"),
                new Graph.Keyword("lr", learningRate),
                new Graph.Keyword("beta1", adam.beta1()),
                new Graph.Keyword("beta2", adam.beta2()),
                new Graph.Keyword("weight_decay", weightDecay),
                new Graph.Keyword("eps", adam.epsilon()),
                new Graph.Keyword("amsgrad", false),
                new Graph.Keyword("maximize", false),
                new Graph.Keyword("grad_scale", excess));
        assignments.forEach(Runnable::run);
        graph.effect("torch.lerp_", average, flat, averageWeight);
        List<Value> results = new ArrayList<>(List.of(loss.detach(), norm));
        for (Value figure : figures) {
            results.add(figure.detach());
        }
        graph.returns(results.toArray(Value[]::new));
    }

    /**
     * What a method that {@link #minimize} ended returns.
     *
     * @param figures those that were asked for besides, in their order
     */
    public record Taken(Tensor loss, Tensor gradientNorm, List<Tensor> figures) {
        /** By their places in what {@link Program#run} gave. */
        public static Taken of(List<Tensor> results) {
            return new Taken(results.get(0), results.get(1), results.subList(2, results.size()));
        }
    }

    /**
     * Constants of Adam.
     *
     * @param beta1 decay of the gradient's mean
     * @param beta2 decay of its square's mean
     * @param epsilon added to the denominator
     * @param clip largest norm of a gradient; larger ones are scaled down to it
     */
    public record Adam(double beta1, double beta2, double epsilon, double clip) {
        /** A largest norm that leaves gradients as they are. */
        public static final double UNCLIPPED = Double.POSITIVE_INFINITY;

        /** Betas for short runs, where a second moment over a thousand steps would come too late. */
        public static final Adam SHORT_RUNS = new Adam(0.9, 0.99, 1e-8, 1.0);
    }
}
