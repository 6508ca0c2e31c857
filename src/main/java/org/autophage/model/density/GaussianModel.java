package org.autophage.model.density;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.autophage.base.AutophageException;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Moments;
import org.autophage.data.NpyArray;
import org.autophage.data.Npz;
import org.autophage.data.Points;
import org.autophage.model.PointShape;
import org.autophage.program.Program;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/** A batch of fitted Gaussians. */
final class GaussianModel implements DensityModel {
    private final Program program;
    private final PointShape shape;
    private final PointSampling sampling;
    private final int fittedTo;
    private final Scope scope;
    private final Tensor mean;
    private final Tensor factor;

    /**
     * @param fittedTo points of one replica that it was fitted to
     * @param scope owned by the model from now on; holds the tensors
     * @param mean shape (R, 1, d), float64
     * @param factor shape (R, k, d), float64: Σ = FᵀF
     */
    GaussianModel(
            Program program,
            PointShape shape,
            PointSampling sampling,
            int fittedTo,
            Scope scope,
            Tensor mean,
            Tensor factor) {
        this.program = program;
        this.shape = shape;
        this.sampling = sampling;
        this.fittedTo = fittedTo;
        this.scope = scope;
        this.mean = mean;
        this.factor = factor;
    }

    @Override
    public Points sample(int count, double bias, Seeds.Stream seeds, Work work) {
        return sampling.draw(count, seeds, work, call -> program.run(call, "sample", mean, factor, Math.sqrt(bias))
                .get(0));
    }

    @Override
    public Optional<Moments> gaussian() {
        return Optional.of(new Moments(mean, factor));
    }

    @Override
    public boolean hasLikelihood() {
        return fittedTo > shape.dimensions();
    }

    @Override
    public double[] logDensity(Points points) {
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
        Npz.write(folder.resolve("parameters.npz"), arrays);
    }

    @Override
    public void close() {
        scope.close();
    }
}
