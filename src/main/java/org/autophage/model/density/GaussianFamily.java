package org.autophage.model.density;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.PointShape;
import org.autophage.data.Points;
import org.autophage.data.TrainingSet;
import org.autophage.data.npy.NpyArray;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.model.SavedArrays;
import org.autophage.program.Device;
import org.autophage.program.Program;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.jspecify.annotations.Nullable;

/** Fits batches of Gaussians, weighted where the training set is. */
final class GaussianFamily implements ModelFamily {
    private final Device device;
    private final GaussianSpec spec;
    private final PointShape shape;
    private final PointSampling sampling;
    private final Program program;

    GaussianFamily(Device device, GaussianSpec spec, PointShape shape, PointSampling sampling) {
        this.device = device;
        this.spec = spec;
        this.shape = shape;
        this.sampling = sampling;
        GaussianProgram methods = new GaussianProgram(shape, spec.covariance(), sampling.chunk());
        this.program = new Program(device, methods.fitFew(), methods.fitMany(), methods.sample(), methods.logDensity());
    }

    @Override
    public GenerativeModel train(
            TrainingSet training, @Nullable GenerativeModel previous, Seeds seeds, int generation, Work work) {
        Points given = DensityModels.points(training);
        if (given.count() < 2) {
            throw AutophageException.usage(
                    "generation %d has 1 point to fit a Gaussian to: a covariance needs at least 2"
                            .formatted(generation));
        }
        GaussianFit fit = spec.fit();
        if (fit == null) {
            return plain(given, training.weights().values(given.count()), generation);
        }
        Points points = fit.of(given);
        double[] weights = weights(training, given.count(), points.count());
        if (points.count() <= shape.dimensions()) {
            throw AutophageException.usage(
                    "generation %d has %d points in %d dimensions: model.fit needs more points than dimensions"
                            .formatted(generation, given.count(), shape.dimensions()));
        }
        try (GaussianModel fitted = plain(points, weights, generation)) {
            return fitted.with(fit.of(
                    fitted.weights().orElseThrow(),
                    points,
                    weights,
                    fitted.factors(),
                    previous == null ? null : previous.weights().orElseThrow(),
                    generation));
        }
    }

    /** Those of the points, and the same again for their mirror images. */
    private static double[] weights(TrainingSet training, int given, int fitted) {
        double[] once = training.weights().values(given);
        double[] all = new double[fitted];
        Arrays.setAll(all, i -> once[i % given]);
        return all;
    }

    /** Mean and covariance as they are. */
    private GaussianModel plain(Points points, double[] pointWeights, int generation) {
        int count = points.count();
        Scope scope = device.newScope();
        try (Scope call = device.newScope()) {
            Tensor all = call.doubles(points.values(), shape.replicas(), count, shape.dimensions());
            Tensor weights = call.doubles(pointWeights, count);
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
        SavedArrays arrays = SavedArrays.read(folder);
        NpyArray mean = arrays.require("mean");
        NpyArray factor = arrays.require("factor");
        int fittedTo = (int) arrays.require("fittedTo").toLongs()[0];
        Scope scope = device.newScope();
        return new GaussianModel(
                program,
                shape,
                sampling,
                fittedTo,
                arrays.find(GaussianModel.CLIPPED)
                        .map(clipped -> clipped.toLongs()[0])
                        .orElse(0L),
                scope,
                scope.doubles(mean.toDoubles(), shape.replicas(), 1, shape.dimensions()),
                scope.doubles(factor.toDoubles(), shape.replicas(), factor.shape()[1], shape.dimensions()));
    }

    @Override
    public void close() {
        program.close();
    }
}
