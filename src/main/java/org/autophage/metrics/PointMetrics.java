package org.autophage.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Density;
import org.autophage.data.Moments;
import org.autophage.data.PointDataset;
import org.autophage.data.Points;
import org.autophage.data.Samples;
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
    public Map<String, Object> of(Samples samples, Optional<Density> density, Seeds.Stream seeds, Work work) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("features", features());
        values.put("replicas", dataset.replicas());
        ReplicaMeans means = new ReplicaMeans();
        Optional<Moments> learnt = dataset.law().isGaussian() ? density.flatMap(Density::gaussian) : Optional.empty();
        if (learnt.isPresent()) {
            compareGaussians(learnt.get(), means);
        } else if (cloud != null) {
            cloud.measure((Points) samples, values, means, work);
        } else {
            throw new IllegalStateException("metrics of Gaussians, asked about something else");
        }
        density.filter(Density::hasLikelihood).ifPresent(law -> likelihood.measure(law, means));
        values.putAll(means.values());
        return values;
    }

    private void compareGaussians(Moments learnt, ReplicaMeans means) {
        GaussianDistance.Result distance = gaussian.of(learnt);
        means.add("squaredWasserstein", distance.squaredDistance());
        means.add("squaredWassersteinOfMeans", distance.meanPart());
        means.add("squaredWassersteinOfCovariances", distance.covariancePart());
        means.add("variance", distance.variance());
        means.add("logVariance", distance.logVariance());
    }

    @Override
    public String features() {
        return "points";
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
