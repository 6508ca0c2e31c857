package org.autophage.metrics.suite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.autophage.data.Dataset;
import org.autophage.data.Density;
import org.autophage.data.Moments;
import org.autophage.data.PointLaw;
import org.autophage.data.Points;
import org.autophage.measure.Basis;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Findings;
import org.autophage.metrics.MeasuredGeneration;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.known.KnownMetrics;
import org.autophage.metrics.points.CloudMetrics;
import org.autophage.metrics.points.GaussianDistance;
import org.autophage.metrics.points.HeldOutLikelihood;
import org.autophage.metrics.points.ReplicaMeans;
import org.autophage.program.Device;
import org.autophage.program.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a model of points has learnt with the law that they come from. Where both are Gaussians, nothing is
 * estimated from samples; elsewhere the samples are compared with law and holdout. Every number is the mean over the
 * replicas.
 */
public final class PointMetrics implements OpenMetrics {
    private final PointLaw law;
    private final int replicas;
    private final GaussianDistance gaussian;
    private final @Nullable CloudMetrics cloud;
    private final List<SampleMetric> neighbours;
    private final List<SampleMetric> also;
    private final ReplicaPairs pairs;
    private final HeldOutLikelihood likelihood;
    private final Scope scope;

    private PointMetrics(Dataset dataset, MetricsSpec spec, boolean exact, List<SampleMetric> also, Device device) {
        Points holdout = dataset.holdout().points().orElseThrow();
        if (!exact || !also.isEmpty()) {
            spec.requireEnough("dataset.holdout", holdout.count());
        }
        this.law = dataset.knownLaw().orElseThrow();
        this.replicas = dataset.real(new long[] {0}).points().orElseThrow().replicas();
        this.scope = device.newScope();
        this.gaussian = new GaussianDistance(device, law.moments(scope));
        this.cloud = exact ? null : new CloudMetrics(device, law, gaussian);
        this.neighbours = KnownMetrics.ofPoints();
        this.also = List.copyOf(also);
        this.pairs = new ReplicaPairs(spec, device, holdout);
        this.likelihood = new HeldOutLikelihood(law, holdout);
    }

    /** Metrics of Gaussians against a dataset whose truth is one: they need no samples, nor a holdout of some size. */
    public static PointMetrics open(Dataset dataset, Device device) {
        return openGaussian(dataset, MetricsSpec.DEFAULTS, device);
    }

    /** The same with the metrics that a spec asks for beyond, of samples. */
    public static PointMetrics openGaussian(Dataset dataset, MetricsSpec spec, Device device) {
        return new PointMetrics(dataset, spec, true, spec.alsoMetrics(), device);
    }

    /**
     * Metrics of any model of points against the truth of any dataset.
     *
     * @throws org.autophage.base.AutophageException (usage) if the holdout is too small for the neighbours that the spec asks for
     */
    public static PointMetrics open(Dataset dataset, MetricsSpec spec, Device device) {
        return open(dataset, spec, spec.alsoMetrics(), device);
    }

    /** The same for others than the spec's metrics, beyond the standard ones. */
    public static PointMetrics open(Dataset dataset, MetricsSpec spec, List<SampleMetric> also, Device device) {
        return new PointMetrics(dataset, spec, false, also, device);
    }

    @Override
    public Measures of(MeasuredGeneration generation) {
        Measures.Builder values = Measures.builder();
        values.add(Basis.FEATURES, features());
        values.add(Basis.REPLICAS, replicas);
        ReplicaMeans means = new ReplicaMeans();
        Optional<Density> density = generation.density();
        Optional<Moments> learnt = law.isGaussian() ? density.flatMap(Density::gaussian) : Optional.empty();
        learnt.ifPresent(moments -> compareGaussians(moments, means));
        if (learnt.isEmpty() || !also.isEmpty()) {
            measureSamples(generation, learnt.isEmpty(), values, means);
        }
        density.filter(Density::hasLikelihood).ifPresent(law -> likelihood.measure(law, means));
        return values.addAll(means.measures()).build();
    }

    /** @param estimates whether what the model has learnt is only known by its samples */
    private void measureSamples(
            MeasuredGeneration generation, boolean estimates, Measures.Builder values, ReplicaMeans means) {
        Points measured = pairs.measured(generation.samples().points().orElseThrow());
        values.add(Basis.SAMPLES, measured.count());
        values.add(Basis.REFERENCE, pairs.reference());
        if (estimates) {
            if (cloud == null) {
                throw new IllegalStateException("metrics of Gaussians, asked about something else");
            }
            cloud.addMoments(measured, means);
        }
        List<SampleMetric> asked = new ArrayList<>(estimates ? neighbours : List.of());
        asked.addAll(also);
        List<List<Findings>> found = pairs.of(measured, generation, asked);
        int standard = asked.size() - also.size();
        found.subList(0, standard).forEach(means::add);
        if (estimates) {
            Objects.requireNonNull(cloud).addModes(measured, means);
        }
        for (List<Findings> replicas : found.subList(standard, found.size())) {
            values.addAll(replicas.get(0).bases());
            means.add(replicas);
        }
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
        pairs.close();
        if (cloud != null) {
            cloud.close();
        }
    }
}
