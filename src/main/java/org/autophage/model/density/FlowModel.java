package org.autophage.model.density;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Points;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelWeights;
import org.autophage.program.SafeTensors;
import org.autophage.program.SafeTensors.FloatArray;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.run.TrainingCurve;

/** A batch of trained flows. */
final class FlowModel implements DensityModel {
    private static final String WEIGHTS = "weights.safetensors";
    private static final String MEAN = "standardization.mean";
    private static final String DEVIATION = "standardization.deviation";

    private final FlowProgram program;
    private final float[] weights;
    private final Standardization standardization;
    private final TrainingCurve curve;
    private final Scope scope;
    private final Tensor flat;
    private final Tensor mean;
    private final Tensor deviation;

    /**
     * @param weights flat
     */
    FlowModel(FlowProgram program, float[] weights, Standardization standardization, TrainingCurve curve) {
        this.program = program;
        this.weights = weights;
        this.standardization = standardization;
        this.curve = curve;
        this.scope = program.device().newScope();
        double[] exact = new double[weights.length];
        for (int i = 0; i < exact.length; i++) {
            exact[i] = weights[i];
        }
        this.flat = scope.doubles(exact, exact.length);
        this.mean = standardization.mean(scope, program.shape());
        this.deviation = standardization.deviation(scope, program.shape());
    }

    float[] parameters() {
        return weights;
    }

    /** The network's flat buffer, and the map that its points are standardized by. */
    @Override
    public Optional<ModelWeights> weights() {
        return Optional.of(ModelWeights.ofFloats(Map.of(
                ModelWeights.NETWORK,
                weights,
                MEAN,
                standardization.means(),
                DEVIATION,
                standardization.deviations())));
    }

    @Override
    public GenerativeModel with(ModelWeights others) {
        int coordinates = standardization.means().length;
        return new FlowModel(
                program,
                others.floats(ModelWeights.NETWORK, weights.length),
                Standardization.positive(others.floats(MEAN, coordinates), others.floats(DEVIATION, coordinates)),
                curve);
    }

    Standardization standardization() {
        return standardization;
    }

    @Override
    public Points sample(int count, double bias, Seeds.Stream seeds, Work work) {
        return program.sampling()
                .draw(count, seeds, work, call -> program.run(call, "sample", flat, mean, deviation, Math.sqrt(bias))
                        .get(0));
    }

    @Override
    public boolean hasLikelihood() {
        return true;
    }

    @Override
    public double[] logDensity(Points points) {
        try (Scope call = scope.newScope()) {
            Tensor at = DensityModels.shared(points, call);
            return program.run(call, "log_density", flat, mean, deviation, at)
                    .get(0)
                    .toDoubles();
        }
    }

    @Override
    public void save(Path folder) throws IOException {
        long[] dims = {program.shape().replicas(), 1, program.shape().dimensions()};
        Map<String, FloatArray> arrays =
                new LinkedHashMap<>(program.parameters().split(weights));
        arrays.put(MEAN, new FloatArray(standardization.means(), dims));
        arrays.put(DEVIATION, new FloatArray(standardization.deviations(), dims));
        SafeTensors.write(folder.resolve(WEIGHTS), arrays);
        curve.write(folder);
    }

    static FlowModel load(FlowProgram program, Path folder) throws IOException {
        Path file = folder.resolve(WEIGHTS);
        Map<String, FloatArray> arrays = SafeTensors.read(file);
        Standardization standardization = new Standardization(
                SafeTensors.require(arrays, MEAN, file), SafeTensors.require(arrays, DEVIATION, file));
        return new FlowModel(
                program, program.parameters().join(arrays, file), standardization, TrainingCurve.in(folder));
    }

    @Override
    public void close() {
        scope.close();
    }
}
