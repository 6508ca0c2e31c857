package org.autophage.metrics;

import java.util.Arrays;
import java.util.Optional;
import org.autophage.base.Seeds;
import org.autophage.data.Density;
import org.autophage.data.Moments;
import org.autophage.data.PointDataset;
import org.autophage.data.Points;
import org.autophage.data.Samples;
import org.autophage.measure.Basis;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.autophage.program.Device;
import org.autophage.program.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a model of points has learnt with the law that they come from. Where both are Gaussians, nothing is
 * estimated from samples; elsewhere the samples are compared with law and holdout. Every number is the mean over the
 * replicas.
 */
public final class PointMetrics implements OpenMetrics {
    private final PointDataset dataset;
    private final GaussianDistance gaussian;
    private final @Nullable CloudMetrics cloud;
    private final HeldOutLikelihood likelihood;
    private final Scope scope;

    private PointMetrics(PointDataset dataset, Points holdout, @Nullable MetricsSpec spec, Device device) {
        this.dataset = dataset;
        this.scope = device.newScope();
        this.gaussian = new GaussianDistance(device, dataset.law().moments(scope));
        this.cloud = spec == null ? null : new CloudMetrics(spec, device, dataset.law(), holdout, gaussian);
        this.likelihood = new HeldOutLikelihood(dataset.law(), holdout);
    }

    /** Metrics of Gaussians against a dataset whose truth is one: they need no samples, nor a holdout of some size. */
    public static PointMetrics open(PointDataset dataset, Device device) {
        return new PointMetrics(dataset, dataset.holdout(), null, device);
    }

    /**
     * Metrics of any model of points against the truth of any dataset.
     *
     * @throws org.autophage.base.AutophageException (usage) if the holdout is too small for the neighbours that the spec asks for
     */
    public static PointMetrics open(PointDataset dataset, MetricsSpec spec, Device device) {
        Points holdout = dataset.holdout();
        spec.requireEnough("dataset.holdout", holdout.count());
        return new PointMetrics(dataset, holdout, spec, device);
    }

    @Override
    public Measures of(Samples samples, Optional<Density> density, Seeds.Stream seeds) {
        Measures.Builder values = Measures.builder();
        values.add(Basis.FEATURES, features());
        values.add(Basis.REPLICAS, dataset.replicas());
        ReplicaMeans means = new ReplicaMeans();
        Optional<Moments> learnt = dataset.law().isGaussian() ? density.flatMap(Density::gaussian) : Optional.empty();
        if (learnt.isPresent()) {
            compareGaussians(learnt.get(), means);
        } else if (cloud != null) {
            cloud.measure((Points) samples, values, means);
        } else {
            throw new IllegalStateException("metrics of Gaussians, asked about something else");
        }
        density.filter(Density::hasLikelihood).ifPresent(law -> likelihood.measure(law, means));
        return values.addAll(means.measures()).build();
    }

    private void compareGaussians(Moments learnt, ReplicaMeans means) {
        GaussianDistance.Result distance = gaussian.of(learnt);
        means.add(Metrics.SQUARED_WASSERSTEIN, distance.squaredDistance());
        means.add(Metrics.SQUARED_WASSERSTEIN_OF_MEANS, distance.meanPart());
        means.add(Metrics.SQUARED_WASSERSTEIN_OF_COVARIANCES, distance.covariancePart());
        means.add(Metrics.VARIANCE, distance.variance());
        // A variance of 0, such as one that a remedy clipped, has no logarithm: there is none of the mean either.
        if (Arrays.stream(distance.logVariance()).noneMatch(log -> log == Double.NEGATIVE_INFINITY)) {
            means.add(Metrics.LOG_VARIANCE, distance.logVariance());
        }
    }

    @Override
    public String features() {
        return Basis.POINTS;
    }

    @Override
    public void close() {
        scope.close();
        gaussian.close();
        if (cloud != null) {
            cloud.close();
        }
    }
}
