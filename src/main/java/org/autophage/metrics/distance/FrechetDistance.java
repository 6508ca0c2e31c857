package org.autophage.metrics.distance;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.autophage.base.AutophageException;
import org.autophage.metrics.features.FeatureStatistics;
import org.autophage.metrics.features.Features;
import org.autophage.program.Device;
import org.autophage.program.Program;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/**
 * The Fréchet distance between Gaussians fitted to two sets of features (Dowson and Landau 1982; Heusel et al., arXiv
 * 1706.08500), in float64: ‖μ₁ − μ₂‖² + tr Σ₁ + tr Σ₂ − 2 tr (Σ₁Σ₂)^½.
 *
 * <p>With Σ₁ = LLᵀ the last trace is the sum of the square roots of the eigenvalues of LᵀΣ₂L, a symmetric matrix. L is
 * Cholesky's, or where Σ₁ is near to singular from its eigenvectors. Of fewer samples than features it is their deviations,
 * Σ₁ = D₁ᵀD₁: the matrix is then D₁Σ₂D₁ᵀ, as small as they are few, and where both are few it is not needed, since the trace
 * is the sum of the singular values of D₁D₂ᵀ. Singular covariances (collapsed samples, too) need no special case, and the
 * result is never negative and never NaN.
 */
public final class FrechetDistance implements AutoCloseable {
    /** Rows that are on the device at a time. */
    private static final int BLOCK = 2048;

    /** Pivots of a Cholesky decomposition further apart than this call for eigenvectors. */
    private static final double WELL_CONDITIONED = 1e-10;

    private final Device device;
    private final Program program;

    public FrechetDistance(Device device) {
        this.device = device;
        this.program = new Program(device, FrechetMethods.all());
    }

    /**
     * Mean and covariance.
     *
     * @throws AutophageException (usage) if there are fewer than two samples, or one is not finite
     */
    public FeatureStatistics statistics(Features features) {
        if (features.count() < 2) {
            throw AutophageException.usage(
                    "a covariance needs at least 2 samples, there is %d".formatted(features.count()));
        }
        features.requireFinite("features");
        int width = features.width();
        try (Scope scope = device.newScope()) {
            Tensor sum = scope.doubles(new double[width], 1, width);
            for (int from = 0; from < features.count(); from += BLOCK) {
                try (Tensor block = features.block(scope, from, Math.min(features.count(), from + BLOCK))) {
                    sum = run(scope, "add_rows", sum, block);
                }
            }
            double[] mean = divided(sum.toDoubles(), features.count());
            if (features.count() <= width) {
                return FeatureStatistics.ofFew(features, mean);
            }
            Tensor center = scope.doubles(mean, 1, width);
            Tensor products = scope.doubles(new double[width * width], width, width);
            for (int from = 0; from < features.count(); from += BLOCK) {
                try (Tensor block = features.block(scope, from, Math.min(features.count(), from + BLOCK));
                        Tensor before = products) {
                    products = run(scope, "add_products", before, block, center);
                }
            }
            return new FeatureStatistics(mean, divided(products.toDoubles(), features.count() - 1), features.count());
        }
    }

    /**
     * The distance.
     *
     * @return in squared units of the features, at least 0
     * @throws AutophageException (usage) if the two do not have the same number of features
     */
    public double between(FeatureStatistics one, FeatureStatistics two) {
        if (one.width() != two.width()) {
            throw AutophageException.usage("features of %d and of %d dimensions cannot be compared: must be the same"
                    .formatted(one.width(), two.width()));
        }
        double meanGap = 0;
        for (int i = 0; i < one.width(); i++) {
            double gap = one.mean()[i] - two.mean()[i];
            meanGap += gap * gap;
        }
        double distance = meanGap + one.trace() + two.trace() - 2 * traceOfRoot(one, two);
        // Rounding can leave a hair below zero where the two are equal.
        return Math.max(0, distance);
    }

    /**
     * How far the distance varies, as a standard deviation, when as many other samples of the same law are compared with the same
     * reference: s/√n, with s the deviation of the samples' influences on it (Hampel 1974), which is what leaving out one after
     * the other tells. Sample i's influence, less a constant, is 2 (μ − μ₁)ᵀcᵢ + ‖cᵢ‖² − (n − 1) (K^½)ᵢᵢ with cᵢ = xᵢ − μ and
     * K = DΣ₁Dᵀ of all samples' deviations D, as tr K^½ = tr (Σ₁Σ)^½.
     *
     * @param reference what the samples are compared with, μ₁ and Σ₁
     * @param statistics of the samples
     * @param samples one row a sample
     * @return in squared units of the features
     */
    public double samplingError(FeatureStatistics reference, FeatureStatistics statistics, Features samples) {
        int count = samples.count();
        double[] influences = statistics.deviations() == null
                ? influencesOfMany(reference, statistics, samples)
                : influencesOfFew(reference, statistics);
        double mean = Arrays.stream(influences).sum() / count;
        double squares = Arrays.stream(influences)
                .map(influence -> (influence - mean) * (influence - mean))
                .sum();
        return Math.sqrt(squares / (count - 1) / count);
    }

    /** Of more samples than features, (n − 1) (K^½)ᵢᵢ = ‖cᵢL M^(-¼)‖² with M = LᵀΣL. */
    private double[] influencesOfMany(FeatureStatistics reference, FeatureStatistics statistics, Features samples) {
        int width = statistics.width();
        double[] influences = new double[samples.count()];
        try (Scope scope = device.newScope()) {
            Tensor factor;
            Tensor product;
            if (reference.deviations() == null) {
                Tensor covariance = covariance(scope, reference);
                factor = device.withOneThread(() -> factor(scope, covariance, width));
                product = run(scope, "product", factor, covariance(scope, statistics));
            } else {
                Tensor few = deviations(scope, reference);
                factor = run(scope, "transposed", few);
                product = run(scope, "product_of_few", few, covariance(scope, statistics));
            }
            double rounding = width * Math.ulp(1.0);
            Tensor weights = device.withOneThread(() -> run(scope, "root_weights", product, factor, rounding));
            Tensor center = scope.doubles(statistics.mean(), 1, width);
            Tensor gap = scope.doubles(gap(reference, statistics), width, 1);
            for (int from = 0; from < samples.count(); from += BLOCK) {
                try (Scope blockScope = scope.newScope()) {
                    Tensor block = samples.block(blockScope, from, Math.min(samples.count(), from + BLOCK));
                    double[] part = run(blockScope, "influences", block, center, gap, weights)
                            .toDoubles();
                    System.arraycopy(part, 0, influences, from, part.length);
                }
            }
        }
        return influences;
    }

    /** Of no more samples than features, by K itself. */
    private double[] influencesOfFew(FeatureStatistics reference, FeatureStatistics statistics) {
        try (Scope scope = device.newScope()) {
            Tensor deviations = deviations(scope, statistics);
            Tensor product = reference.deviations() == null
                    ? run(scope, "product_of_few", deviations, covariance(scope, reference))
                    : run(scope, "gram", run(scope, "cross", deviations(scope, reference), deviations));
            double[] scaled = gap(reference, statistics);
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] /= Math.sqrt(statistics.count() - 1.0); // deviations are shorter by as much
            }
            Tensor gap = scope.doubles(scaled, statistics.width(), 1);
            double rounding = statistics.width() * Math.ulp(1.0);
            double[] influences = device.withOneThread(
                            () -> run(scope, "influences_of_few", product, deviations, gap, rounding))
                    .toDoubles();
            for (int i = 0; i < influences.length; i++) {
                influences[i] *= statistics.count() - 1;
            }
            return influences;
        }
    }

    /** 2 (μ − μ₁). */
    private static double[] gap(FeatureStatistics reference, FeatureStatistics statistics) {
        double[] gap = new double[statistics.width()];
        for (int i = 0; i < gap.length; i++) {
            gap[i] = 2 * (statistics.mean()[i] - reference.mean()[i]);
        }
        return gap;
    }

    /** tr (Σ₁Σ₂)^½. */
    private double traceOfRoot(FeatureStatistics one, FeatureStatistics two) {
        try (Scope scope = device.newScope()) {
            if (one.deviations() != null && two.deviations() != null) {
                Tensor cross = run(scope, "cross", deviations(scope, one), deviations(scope, two));
                return onOneThread(scope, "nuclear_norm", cross);
            }
            if (one.deviations() != null || two.deviations() != null) {
                FeatureStatistics few = one.deviations() != null ? one : two;
                FeatureStatistics many = few == one ? two : one;
                Tensor product = run(scope, "product_of_few", deviations(scope, few), covariance(scope, many));
                return onOneThread(scope, "trace_of_root", product, few.width() * Math.ulp(1.0));
            }
            Tensor covariance = covariance(scope, one);
            Tensor factor = device.withOneThread(() -> factor(scope, covariance, one.width()));
            Tensor product = run(scope, "product", factor, covariance(scope, two));
            return onOneThread(scope, "trace_of_root", product, 0.0);
        }
    }

    private double onOneThread(Scope scope, String method, Object... arguments) {
        return device.withOneThread(() -> run(scope, method, arguments)).toNumber();
    }

    private static Tensor covariance(Scope scope, FeatureStatistics statistics) {
        return scope.doubles(statistics.covariance(), statistics.width(), statistics.width());
    }

    private static Tensor deviations(Scope scope, FeatureStatistics few) {
        return scope.doubles(Objects.requireNonNull(few.deviations()), few.count(), few.width());
    }

    /** L with LLᵀ = Σ. */
    private Tensor factor(Scope scope, Tensor covariance, int width) {
        List<Tensor> cholesky = program.run(scope, "cholesky", covariance);
        return cholesky.get(1).toNumber() > WELL_CONDITIONED
                ? cholesky.get(0)
                : run(scope, "scaled_eigenvectors", covariance, width * Math.ulp(1.0));
    }

    private Tensor run(Scope scope, String method, Object... arguments) {
        return program.run(scope, method, arguments).get(0);
    }

    private static double[] divided(double[] sums, double by) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= by;
        }
        return sums;
    }

    @Override
    public void close() {
        program.close();
    }
}
