package org.autophage.model.density;

import java.io.IOException;
import java.nio.file.Path;
import org.autophage.base.AutophageException;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Points;
import org.autophage.data.TrainingSet;
import org.autophage.data.Weights;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.model.ModelSpec.Optimization;
import org.autophage.model.NetworkTraining;
import org.autophage.model.NetworkTraining.Trained;
import org.autophage.model.PointShape;
import org.autophage.model.SamplingSpec;
import org.autophage.program.Device;
import org.autophage.program.LearningRate;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.jspecify.annotations.Nullable;

/** Trains batches of flows, in float32; what they have learnt is sampled and evaluated in float64. */
final class FlowFamily implements ModelFamily {
    /** The learning rate ends at zero, which settles the parameters: no moving average on top. */
    private static final double NEWEST_ONLY = 1;

    private final PointShape shape;
    private final FlowProgram flow;
    private final NetworkTraining training;

    FlowFamily(Device device, FlowSpec spec, PointShape shape, SamplingSpec sampling) {
        this.shape = shape;
        this.flow = new FlowProgram(device, spec, shape, PointSampling.of(device, shape, sampling));
        this.training = new NetworkTraining(
                device,
                new Optimization(spec.steps(), spec.batch()),
                LearningRate.cosine(spec.learningRate(), spec.steps()),
                "points");
    }

    @Override
    public GenerativeModel train(
            TrainingSet trainingSet, @Nullable GenerativeModel previous, Seeds seeds, int generation, Work work) {
        Points points = DensityModels.points(trainingSet);
        if (points.count() < 2) {
            throw AutophageException.usage(
                    "generation %d has 1 point to train a flow on: it needs at least 2, for their deviation"
                            .formatted(generation));
        }
        Weights weights = trainingSet.weights();
        FlowModel before = previous instanceof FlowModel model ? model : null;
        Standardization standardization = before == null
                ? flow.standardization(points, weights.values(points.count()))
                : before.standardization();
        Trained trained = training.run(
                seed -> before == null ? flow.parameters().initialize(seed) : before.parameters(),
                points.count(),
                scope -> step(scope, points, weights, standardization),
                seeds,
                generation,
                work);
        return new FlowModel(flow, trained.weights(), standardization, trained.curve());
    }

    private NetworkTraining.Step step(Scope scope, Points points, Weights weights, Standardization standardization) {
        Tensor standardized = flow.standardized(scope, points, standardization);
        Tensor each = scope.floats(weights.floats(points.count()), points.count());
        return (call, state, learningRate, number, indices) ->
                flow.run(call, "step", state.arguments(learningRate, NEWEST_ONLY, standardized, each, indices));
    }

    @Override
    public GenerativeModel load(Path folder) throws IOException {
        return FlowModel.load(flow, folder);
    }
}
