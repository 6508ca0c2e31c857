package org.autophage.model.density;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autophage.base.AutophageException;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Moments;
import org.autophage.data.PointShape;
import org.autophage.data.Points;
import org.autophage.data.Samples;
import org.autophage.data.npy.NpyArray;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelWeights;
import org.autophage.model.SavedArrays;
import org.autophage.model.density.GaussianSpec.Estimator;
import org.autophage.program.Device;
import org.autophage.program.Program;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/** A batch of fitted Gaussians. */
final class GaussianModel implements DensityModel {
    static final String CLIPPED = "clippedVariances";
    static final String MEAN = "mean";
    static final String COVARIANCE = "covariance";

    /** An eigenvalue that is further below 0 than this share of the largest is no rounding error. */
    private static final double ROUNDING = 1e-12;

    private final Program program;
    private final PointShape shape;
    private final PointSampling sampling;
    private final int fittedTo;
    private final long clipped;
    private final Scope scope;
    private final Tensor mean;
    private final Tensor factor;

    /**
     * @param fittedTo points of one replica that it was fitted to
     * @param clipped variances that are 0 because weights put them below it
     * @param scope owned by the model from now on; holds the tensors
     * @param mean shape (R, 1, d), float64
     * @param factor shape (R, k, d), float64: Σ = FᵀF
     */
    GaussianModel(
            Program program,
            PointShape shape,
            PointSampling sampling,
            int fittedTo,
            long clipped,
            Scope scope,
            Tensor mean,
            Tensor factor) {
        this.program = program;
        this.shape = shape;
        this.sampling = sampling;
        this.fittedTo = fittedTo;
        this.clipped = clipped;
        this.scope = scope;
        this.mean = mean;
        this.factor = factor;
    }

    @Override
    public Points sample(int count, double bias, Seeds.Stream seeds, Work work) {
        return sampling.draw(count, seeds, work, call -> program.run(call, "sample", mean, factor, Math.sqrt(bias))
                .get(0));
    }

    /** The posterior of N(μ, λΣ) given a point with noise, exactly. */
    @Override
    public Points edited(Samples clean, double noise, double bias, Seeds.Stream seeds, Work work) {
        Device device = sampling.device();
        GaussianProgram methods = new GaussianProgram(shape, Estimator.UNBIASED, sampling.chunk()); // estimates nothing
        try (Program editing = new Program(device, methods.gain(), methods.edit());
                Scope own = device.newScope()) {
            Tensor gain = device.withOneThread(() -> editing.run(own, "gain", factor, bias, noise * noise))
                    .get(0);
            double deviation = noise * Math.sqrt(2);
            return sampling.change(clean.points().orElseThrow(), seeds, work, (call, points) -> editing.run(
                            call, "edit", mean, factor, Math.sqrt(bias), gain, points, deviation)
                    .get(0));
        }
    }

    /**
     * Mean and covariance, not its factor or a logarithm: in these a line through two fits has the known expectation
     * E Σ − w(E Σ' − E Σ).
     */
    @Override
    public Optional<ModelWeights> weights() {
        return Optional.of(ModelWeights.ofDoubles(Map.of(MEAN, mean.toDoubles(), COVARIANCE, covariance())));
    }

    /** F, (R, k, d) row-major. */
    double[] factors() {
        return factor.toDoubles();
    }

    /** FᵀF, (R, d, d) row-major. */
    private double[] covariance() {
        int d = shape.dimensions();
        int rank = (int) factor.dims()[1];
        double[] rows = factor.toDoubles();
        double[] covariance = new double[shape.replicas() * d * d];
        for (int row = 0; row < shape.replicas() * rank; row++) {
            int replica = row / rank;
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    covariance[(replica * d + i) * d + j] += rows[row * d + i] * rows[row * d + j];
                }
            }
        }
        return covariance;
    }

    /** Eigenvalues of the covariance below 0 become 0, which makes it the nearest covariance; they are counted. */
    @Override
    public GenerativeModel with(ModelWeights weights) {
        int d = shape.dimensions();
        double[] means = weights.doubles(MEAN, shape.replicas() * d);
        double[] covariance = weights.doubles(COVARIANCE, shape.replicas() * d * d);
        Device device = sampling.device();
        Scope owned = device.newScope();
        try {
            Tensor newMean = owned.doubles(means, shape.replicas(), 1, d);
            // Factors are many and this one is the samples': another of the same covariance would draw others.
            if (Arrays.equals(covariance, covariance())) {
                Tensor same = owned.doubles(factor.toDoubles(), factor.dims());
                return new GaussianModel(program, shape, sampling, fittedTo, clipped, owned, newMean, same);
            }
            Estimator none = Estimator.UNBIASED; // a factor is estimated from nothing
            try (Program factors = new Program(device, new GaussianProgram(shape, none, 1).factor());
                    Scope call = device.newScope()) {
                Tensor given = call.doubles(covariance, shape.replicas(), d, d);
                List<Tensor> found = device.withOneThread(() -> factors.run(owned, "factor", given));
                long negative = negative(found.get(1).toDoubles(), d);
                return new GaussianModel(program, shape, sampling, fittedTo, negative, owned, newMean, found.get(0));
            }
        } catch (RuntimeException e) {
            owned.close();
            throw e;
        }
    }

    /** @param eigenvalues of all replicas, (R, d), rising in each */
    private static long negative(double[] eigenvalues, int d) {
        long count = 0;
        for (int i = 0; i < eigenvalues.length; i++) {
            double largest = Math.abs(eigenvalues[i / d * d + d - 1]);
            count += eigenvalues[i] < -ROUNDING * largest ? 1 : 0;
        }
        return count;
    }

    @Override
    public long clippedVariances() {
        return clipped;
    }

    @Override
    public Optional<Moments> gaussian() {
        return Optional.of(new Moments(mean, factor));
    }

    @Override
    public boolean hasLikelihood() {
        return fittedTo > shape.dimensions() && clipped == 0;
    }

    @Override
    public double[] logDensity(Points points) {
        if (clipped > 0) {
            throw AutophageException.usage(
                    "%d variances of the Gaussians were put below 0 and are 0, so no point has a likelihood: a smaller weight of the extrapolation leaves them above"
                            .formatted(clipped));
        }
        if (!hasLikelihood()) {
            throw AutophageException.usage(
                    "a Gaussian fitted to %d points in %d dimensions has a singular covariance, so no point has a likelihood: it takes at least %d points"
                            .formatted(fittedTo, shape.dimensions(), shape.dimensions() + 1));
        }
        try (Scope call = scope.newScope()) {
            Tensor at = DensityModels.shared(points, call);
            return program.run(call, "log_density", mean, factor, at).get(0).toDoubles();
        }
    }

    @Override
    public void save(Path folder) {
        int rank = (int) factor.dims()[1];
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put("mean", NpyArray.ofDoubles(mean.toDoubles(), shape.replicas(), shape.dimensions()));
        arrays.put("factor", NpyArray.ofDoubles(factor.toDoubles(), shape.replicas(), rank, shape.dimensions()));
        arrays.put("fittedTo", NpyArray.ofLongs(new long[] {fittedTo}));
        if (clipped > 0) {
            arrays.put(CLIPPED, NpyArray.ofLongs(new long[] {clipped}));
        }
        new SavedArrays(arrays, folder).write();
    }

    @Override
    public void close() {
        scope.close();
    }
}
