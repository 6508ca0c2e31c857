package org.autophage.model.density;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.autophage.base.AutophageException;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.PointShape;
import org.autophage.data.Points;
import org.autophage.data.TrainingSet;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.model.SavedArrays;
import org.autophage.model.density.GaussianSpec.Estimator;
import org.autophage.program.Device;
import org.autophage.program.Program;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.jspecify.annotations.Nullable;

/** Puts kernels on the points of training sets, as heavy as these are weighted. */
final class KernelFamily implements ModelFamily {
    private final Device device;
    private final Bandwidth bandwidth;
    private final PointShape shape;
    private final PointSampling sampling;
    private final Program program;

    KernelFamily(Device device, Bandwidth bandwidth, PointShape shape, PointSampling sampling) {
        this.device = device;
        this.bandwidth = bandwidth;
        this.shape = shape;
        this.sampling = sampling;
        KernelProgram methods = new KernelProgram(shape, sampling.chunk());
        GaussianProgram covariances = new GaussianProgram(shape, Estimator.UNBIASED, sampling.chunk());
        this.program = new Program(
                device,
                covariances.fitFew(),
                covariances.fitMany(),
                methods.scaled(),
                methods.sample(),
                methods.logDensity());
    }

    @Override
    public GenerativeModel train(
            TrainingSet training, @Nullable GenerativeModel previous, Seeds seeds, int generation, Work work) {
        Points points = DensityModels.points(training);
        if (bandwidth.rule() != null && points.count() < 2) {
            throw AutophageException.usage(
                    "generation %d has 1 point: model.bandwidth %s needs at least 2, for their covariance; or give a number"
                            .formatted(generation, bandwidth.specValue()));
        }
        double[] weights = training.weights().values(points.count());
        Scope scope = device.newScope();
        try {
            Tensor all = scope.doubles(points.values(), shape.replicas(), points.count(), shape.dimensions());
            Tensor shares = scope.doubles(weights, points.count());
            return new KernelModel(
                    program, shape, sampling, bandwidth, scope, all, shares, factor(scope, all, shares, weights));
        } catch (RuntimeException e) {
            scope.close();
            throw e;
        }
    }

    /** F of the kernels' covariance FᵀF, (R, k, d). */
    private Tensor factor(Scope scope, Tensor points, Tensor shares, double[] weights) {
        int d = shape.dimensions();
        if (bandwidth.number() != null) {
            double[] round = new double[shape.replicas() * d * d]; // a multiple of the identity a replica
            for (int i = 0; i < round.length; i++) {
                round[i] = i / d % d == i % d ? bandwidth.number() : 0;
            }
            return scope.doubles(round, shape.replicas(), d, d);
        }
        double total = Arrays.stream(weights).sum();
        double squares = Arrays.stream(weights).map(weight -> weight * weight).sum();
        double scale = Objects.requireNonNull(bandwidth.rule()).factor(total * total / squares, d);
        String method = weights.length > d ? "fit_many" : "fit_few";
        try (Scope call = device.newScope()) {
            Tensor ofPoints = device.withOneThread(
                    () -> program.run(call, method, points, shares).get(1));
            return program.run(scope, "scaled", ofPoints, scale).get(0);
        }
    }

    @Override
    public GenerativeModel load(Path folder) {
        SavedArrays arrays = SavedArrays.read(folder);
        Scope scope = device.newScope();
        return new KernelModel(
                program,
                shape,
                sampling,
                bandwidth,
                scope,
                DensityModels.tensor(arrays.require("points"), scope),
                DensityModels.tensor(arrays.require("weights"), scope),
                DensityModels.tensor(arrays.require("factor"), scope));
    }

    @Override
    public void close() {
        program.close();
    }
}
