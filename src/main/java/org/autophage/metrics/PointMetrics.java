package org.autophage.metrics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.autophage.base.Seeds;
import org.autophage.data.Density;
import org.autophage.data.Moments;
import org.autophage.data.PointDataset;
import org.autophage.data.Points;
import org.autophage.data.Samples;
import org.autophage.program.Device;
import org.autophage.program.Scope;
import org.autophage.run.Work;

/**
 * Compares what a model of points has learnt with the law that they come from. Where both are known exactly, nothing is
 * estimated from samples; every number is the mean over the replicas.
 */
public final class PointMetrics implements OpenMetrics {
    private final PointDataset dataset;
    private final GaussianDistance gaussian;
    private final Scope scope;
    private final Optional<Moments> truth;
    private final Points holdout;

    private PointMetrics(PointDataset dataset, Device device) {
        this.dataset = dataset;
        this.gaussian = new GaussianDistance(device);
        this.scope = device.newScope();
        this.truth = dataset.law().moments(scope);
        this.holdout = dataset.holdout();
    }

    /** Metrics against the truth of a dataset. */
    public static PointMetrics open(PointDataset dataset, Device device) {
        return new PointMetrics(dataset, device);
    }

    @Override
    public Map<String, Object> of(Samples samples, Optional<Density> density, Seeds.Stream seeds, Work work) {
        ReplicaMeans means = new ReplicaMeans();
        try (Scope measuring = scope.newScope()) {
            Optional<Moments> learnt = density.flatMap(law -> law.moments(measuring));
            if (truth.isPresent() && learnt.isPresent()) {
                GaussianDistance.Result distance = gaussian.between(learnt.get(), truth.get());
                means.add("squaredWasserstein", distance.squaredDistance());
                means.add("squaredWassersteinOfMeans", distance.meanPart());
                means.add("squaredWassersteinOfCovariances", distance.covariancePart());
                means.add("variance", distance.variance());
                means.add("logVariance", distance.logVariance());
            }
        }
        density.filter(Density::hasLikelihood).ifPresent(law -> means.add("logLikelihood", logLikelihoods(law)));
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("features", features());
        values.put("replicas", dataset.replicas());
        values.putAll(means.values());
        return values;
    }

    /** Mean logarithm of the density at the held-out points, nats a point, one a replica. */
    private double[] logLikelihoods(Density law) {
        double[] all = law.logDensity(holdout);
        double[] means = new double[all.length / holdout.count()];
        for (int i = 0; i < means.length; i++) {
            means[i] = Arrays.stream(all, i * holdout.count(), (i + 1) * holdout.count())
                    .average()
                    .orElseThrow();
        }
        return means;
    }

    @Override
    public String features() {
        return "points";
    }

    @Override
    public void close() {
        scope.close();
        gaussian.close();
    }
}
