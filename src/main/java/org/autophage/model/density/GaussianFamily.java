package org.autophage.model.density;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.PointShape;
import org.autophage.data.Points;
import org.autophage.data.TrainingSet;
import org.autophage.data.npy.NpyArray;
import org.autophage.data.npy.Npz;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.model.SamplingSpec;
import org.autophage.program.Device;
import org.autophage.program.Program;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.jspecify.annotations.Nullable;

/** Fits batches of Gaussians, weighted where the training set is. */
final class GaussianFamily implements ModelFamily {
    private final Device device;
    private final PointShape shape;
    private final PointSampling sampling;
    private final Program program;

    GaussianFamily(Device device, GaussianSpec spec, PointShape shape, SamplingSpec sampling) {
        this.device = device;
        this.shape = shape;
        this.sampling = PointSampling.of(device, shape, sampling);
        GaussianProgram methods = new GaussianProgram(shape, spec.covariance(), this.sampling.chunk());
        this.program = new Program(device, methods.fitFew(), methods.fitMany(), methods.sample(), methods.logDensity());
    }

    @Override
    public GenerativeModel train(
            TrainingSet training, @Nullable GenerativeModel previous, Seeds seeds, int generation, Work work) {
        Points points = DensityModels.points(training);
        int count = points.count();
        if (count < 2) {
            throw AutophageException.usage(
                    "generation %d has 1 point to fit a Gaussian to: a covariance needs at least 2"
                            .formatted(generation));
        }
        Scope scope = device.newScope();
        try (Scope call = device.newScope()) {
            Tensor all = call.doubles(points.values(), shape.replicas(), count, shape.dimensions());
            Tensor weights = call.doubles(training.weights().values(count), count);
            String method = count > shape.dimensions() ? "fit_many" : "fit_few";
            List<Tensor> fitted = device.withOneThread(() -> program.run(scope, method, all, weights));
            requireFinite(fitted.get(0), generation);
            return new GaussianModel(program, shape, sampling, count, 0, scope, fitted.get(0), fitted.get(1));
        } catch (RuntimeException e) {
            scope.close();
            throw e;
        }
    }

    private static void requireFinite(Tensor mean, int generation) {
        for (double coordinate : mean.toDoubles()) {
            if (!Double.isFinite(coordinate)) {
                throw new AutophageException(
                        ExitCode.DIVERGED,
                        "the Gaussian of generation %d has a mean of %s: the loop has diverged"
                                .formatted(generation, coordinate));
            }
        }
    }

    @Override
    public GenerativeModel load(Path folder) {
        Map<String, NpyArray> arrays = Npz.read(folder.resolve("parameters.npz"));
        NpyArray mean = DensityModels.require(arrays, "mean", folder);
        NpyArray factor = DensityModels.require(arrays, "factor", folder);
        int fittedTo = (int) DensityModels.require(arrays, "fittedTo", folder).toLongs()[0];
        Scope scope = device.newScope();
        return new GaussianModel(
                program,
                shape,
                sampling,
                fittedTo,
                arrays.containsKey(GaussianModel.CLIPPED)
                        ? arrays.get(GaussianModel.CLIPPED).toLongs()[0]
                        : 0,
                scope,
                scope.doubles(mean.toDoubles(), shape.replicas(), 1, shape.dimensions()),
                scope.doubles(factor.toDoubles(), shape.replicas(), factor.shape()[1], shape.dimensions()));
    }

    @Override
    public void close() {
        program.close();
    }
}
