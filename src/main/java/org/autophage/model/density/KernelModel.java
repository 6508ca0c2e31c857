package org.autophage.model.density;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.autophage.base.AutophageException;
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
 * A batch of kernel densities. They are their training points: nothing in them was learnt, and no point of one belongs to a
 * point of another, so that they have no weights.
 */
final class KernelModel implements DensityModel {
    /** Distances that are on the device at a time, in float64 (128 MiB). */
    private static final int DISTANCES = 1 << 24;

    /** A covariance with an eigenvalue below this share of the largest is singular but for rounding. */
    private static final double SINGULAR = 1e-14;

    private final Program program;
    private final PointShape shape;
    private final PointSampling sampling;
    private final Bandwidth bandwidth;
    private final Scope scope;
    private final Tensor points;
    private final Tensor weights;
    private final Tensor factor;
    private final boolean singular;

    /**
     * @param scope owned by the model from now on; holds the tensors
     * @param points shape (R, N, d), float64
     * @param weights shape (N), float64
     * @param factor F of the kernels' covariance FᵀF, shape (R, k, d), float64
     */
    KernelModel(
            Program program,
            PointShape shape,
            PointSampling sampling,
            Bandwidth bandwidth,
            Scope scope,
            Tensor points,
            Tensor weights,
            Tensor factor) {
        this.program = program;
        this.shape = shape;
        this.sampling = sampling;
        this.bandwidth = bandwidth;
        this.scope = scope;
        this.points = points;
        this.weights = weights;
        this.factor = factor;
        this.singular = isSingular(factor, bandwidth.number() != null || points.dims()[1] > shape.dimensions());
    }

    /** The d rows are orthogonal, so that their squares are the eigenvalues; up to d points give no such rows. */
    private static boolean isSingular(Tensor factor, boolean orthogonal) {
        if (!orthogonal) {
            return true;
        }
        int rows = (int) factor.dims()[1];
        int d = (int) factor.dims()[2];
        double[] values = factor.toDoubles();
        for (int replica = 0; replica < factor.dims()[0]; replica++) {
            double[] squares = new double[rows];
            for (int i = 0; i < rows * d; i++) {
                double value = values[replica * rows * d + i];
                squares[i / d] += value * value;
            }
            double least = Arrays.stream(squares).min().orElseThrow();
            double most = Arrays.stream(squares).max().orElseThrow();
            if (least <= SINGULAR * most) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Points sample(int count, double bias, Seeds.Stream seeds, Work work) {
        return sampling.draw(
                count, seeds, work, call -> program.run(call, "sample", points, weights, factor, Math.sqrt(bias))
                        .get(0));
    }

    @Override
    public boolean hasLikelihood() {
        return !singular;
    }

    @Override
    public double[] logDensity(Points at) {
        if (singular) {
            throw AutophageException.usage(
                    "model.bandwidth %s gives kernels the covariance of the %d points in %d dimensions, which is singular, so no point has a likelihood: give the bandwidth as a number, or more points than dimensions"
                            .formatted(bandwidth.specValue(), points.dims()[1], shape.dimensions()));
        }
        double[] all = new double[shape.replicas() * at.count()];
        int block = (int) Math.max(1, DISTANCES / (shape.replicas() * points.dims()[1]));
        for (int from = 0; from < at.count(); from += block) {
            int length = Math.min(block, at.count() - from);
            double[] some = logDensity(at, from, length);
            for (int replica = 0; replica < shape.replicas(); replica++) {
                System.arraycopy(some, replica * length, all, replica * at.count() + from, length);
            }
        }
        return all;
    }

    private double[] logDensity(Points at, int from, int length) {
        int d = shape.dimensions();
        try (Scope call = scope.newScope()) {
            double[] chosen = Arrays.copyOfRange(at.values(), from * d, (from + length) * d);
            return program.run(call, "log_density", points, weights, factor, call.doubles(chosen, 1, length, d))
                    .get(0)
                    .toDoubles();
        }
    }

    @Override
    public void save(Path folder) {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put("points", DensityModels.array(points));
        arrays.put("weights", DensityModels.array(weights));
        arrays.put("factor", DensityModels.array(factor));
        new SavedArrays(arrays, folder).write();
    }

    @Override
    public void close() {
        scope.close();
    }
}
