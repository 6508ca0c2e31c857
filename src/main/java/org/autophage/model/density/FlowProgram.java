package org.autophage.model.density;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.autophage.base.AutophageException;
import org.autophage.data.PointShape;
import org.autophage.data.Points;
import org.autophage.data.TrainingSet;
import org.autophage.model.NetworkModel;
import org.autophage.model.NetworkProgram;
import org.autophage.model.NetworkTraining.Step;
import org.autophage.model.NetworkTraining.Trained;
import org.autophage.program.Device;
import org.autophage.program.Graph;
import org.autophage.program.Parameters;
import org.autophage.program.SafeTensors.FloatArray;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The program of a flow's spec on a device: batches of flows are trained in float32, and what they have learnt is sampled and
 * evaluated in float64. Points are standardized as those were that the first of a chain of fine-tuned models was trained on.
 */
final class FlowProgram extends NetworkProgram {
    /** The learning rate ends at zero, which settles the parameters: no moving average on top. */
    private static final double NEWEST_ONLY = 1;

    private final PointShape shape;
    private final PointSampling sampling;

    FlowProgram(Device device, FlowSpec spec, PointShape shape, PointSampling sampling) {
        this(device, shape, sampling, new FlowMethods(spec, shape, sampling.chunk(), new Parameters()));
    }

    private FlowProgram(Device device, PointShape shape, PointSampling sampling, FlowMethods methods) {
        super(device, Map.of("", methods.parameters()), all(methods));
        this.shape = shape;
        this.sampling = sampling;
    }

    private static List<Graph> all(FlowMethods methods) {
        return List.of(
                methods.encode(), // declares the parameters that the others use
                methods.decode(),
                methods.standardization(),
                methods.standardize(),
                methods.step(),
                methods.sample(),
                methods.logDensity());
    }

    PointShape shape() {
        return shape;
    }

    PointSampling sampling() {
        return sampling;
    }

    /** The standardization, of the model before or else by the training points. */
    @Override
    protected Map<String, FloatArray> constants(TrainingSet training, @Nullable Trained before, int generation) {
        Points points = DensityModels.points(training);
        if (points.count() < 2) {
            throw AutophageException.usage(
                    "generation %d has 1 point to train a flow on: it needs at least 2, for their deviation"
                            .formatted(generation));
        }
        return before == null
                ? standardization(points, training.weights().values(points.count()))
                        .arrays(shape)
                : before.constants();
    }

    @Override
    protected List<String> constantNames() {
        return Standardization.NAMES;
    }

    /** Mean and deviation of points weighted one by one. */
    private Standardization standardization(Points points, double[] weights) {
        try (Scope scope = device().newScope()) {
            List<Tensor> found =
                    run(scope, "standardization", tensor(scope, points), scope.doubles(weights, weights.length));
            return Standardization.rounded(
                    found.get(0).toDoubles(), found.get(1).toDoubles());
        }
    }

    @Override
    public Step prepare(Scope scope, TrainingSet training, Map<String, FloatArray> constants, SplittableRandom random) {
        Points points = DensityModels.points(training);
        Tensor standardized = standardized(scope, points, Standardization.of(constants));
        Tensor each = scope.floats(training.weights().floats(points.count()), points.count());
        return (call, states, learningRate, number, indices) ->
                run(call, "step", states.get(0).arguments(learningRate, NEWEST_ONLY, standardized, each, indices));
    }

    /** Standardized points in float32, (R, N, d). */
    private Tensor standardized(Scope scope, Points points, Standardization standardization) {
        try (Scope call = device().newScope()) {
            return run(
                            scope,
                            "standardize",
                            tensor(call, points),
                            standardization.mean(call, shape),
                            standardization.deviation(call, shape))
                    .get(0);
        }
    }

    private Tensor tensor(Scope scope, Points points) {
        return scope.doubles(points.values(), shape.replicas(), points.count(), shape.dimensions());
    }

    @Override
    public NetworkModel model(Trained trained) {
        return new FlowModel(this, trained);
    }
}
