package org.autophage.model.density;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.PointShape;
import org.autophage.data.Points;
import org.autophage.data.npy.NpyArray;
import org.autophage.model.SavedArrays;
import org.autophage.program.Program;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/**
 * A batch of fitted Gaussian mixtures. They have no weights: a component of one fit belongs to none of another's, and where
 * one began from the other a line would still lead out of what mixtures are, to shares below 0.
 */
final class MixtureModel implements DensityModel {
    private final Program program;
    private final PointShape shape;
    private final PointSampling sampling;
    private final Scope scope;
    private final MixtureComponents components;

    /**
     * @param scope owned by the model from now on, with the components
     */
    MixtureModel(Program program, PointShape shape, PointSampling sampling, Scope scope, MixtureComponents components) {
        components.moveTo(scope);
        this.program = program;
        this.shape = shape;
        this.sampling = sampling;
        this.scope = scope;
        this.components = components;
    }

    MixtureComponents components() {
        return components;
    }

    @Override
    public Points sample(int count, double bias, Seeds.Stream seeds, Work work) {
        return sampling.draw(count, seeds, work, call -> program.run(
                        call,
                        "sample",
                        components.logWeights(),
                        components.means(),
                        components.factors(),
                        Math.sqrt(bias))
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
            return program.run(call, "log_density", components.after(at)).get(0).toDoubles();
        }
    }

    @Override
    public void save(Path folder) {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put("logWeights", DensityModels.array(components.logWeights()));
        arrays.put("means", DensityModels.array(components.means()));
        arrays.put("factors", DensityModels.array(components.factors()));
        new SavedArrays(arrays, folder).write();
    }

    @Override
    public void close() {
        scope.close();
    }
}
