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
import org.autophage.data.Samples;
import org.autophage.measure.Basis;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Findings;
import org.autophage.metrics.MeasuredGeneration;
import org.autophage.metrics.MeasuredSet;
import org.autophage.metrics.ReplicaMeans;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.features.Features;
import org.autophage.metrics.known.KnownMetrics;
import org.autophage.metrics.points.CloudMetrics;
import org.autophage.metrics.points.GaussianDistance;
import org.autophage.metrics.points.HeldOutLikelihood;
import org.autophage.program.Device;
import org.autophage.program.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a model of points has learnt with the law that they come from. Where both are Gaussians, nothing is
 * estimated from samples; elsewhere the samples are compared with law and holdout. Law and holdout are those of the
 * generation's time. Every number is the mean over the replicas.
 */
public final class PointMetrics implements OpenMetrics {
    private final Device device;
    private final Dataset dataset;
    private final int replicas;
    private final @Nullable CloudMetrics cloud;
    private final List<SampleMetric> neighbours;
    private final List<SampleMetric> also;
    private final ReplicaPairs pairs;

    /** What real points are at generation 1, and at the generation that was measured last. */
    private final Truth first;

    private Truth now;

    private PointMetrics(Dataset dataset, MetricsSpec spec, boolean exact, List<SampleMetric> also, Device device) {
        this.device = device;
        this.dataset = dataset;
        Points holdout = dataset.holdout().points().orElseThrow();
        if (!exact || !also.isEmpty()) {
            spec.requireEnough("dataset.holdout", holdout.count());
        }
        this.replicas = dataset.real(new long[] {0}).points().orElseThrow().replicas();
        this.cloud = exact ? null : new CloudMetrics(device);
        this.neighbours = KnownMetrics.ofPoints();
        this.also = List.copyOf(also);
        this.pairs = new ReplicaPairs(spec, device, PointMetrics::coordinates);
        this.first = truth(dataset);
        this.now = first;
    }

    /**
     * What points are compared with.
     *
     * @param dataset at its time
     * @param scope owns what gaussian compares with
     */
    private record Truth(
            Dataset dataset,
            PointLaw law,
            Scope scope,
            GaussianDistance gaussian,
            MeasuredSet reference,
            HeldOutLikelihood likelihood) {
        void close() {
            scope.close();
            gaussian.close();
        }
    }

    private static Features coordinates(Samples samples) {
        Points points = samples.points().orElseThrow();
        return Features.ofRows(points.dimensions(), points.values());
    }

    private Truth truth(Dataset at) {
        PointLaw law = at.knownLaw().orElseThrow();
        Points holdout = at.holdout().points().orElseThrow();
        Scope scope = device.newScope();
        return new Truth(
                at,
                law,
                scope,
                new GaussianDistance(device, law.moments(scope)),
                pairs.reference(holdout),
                new HeldOutLikelihood(law, holdout));
    }

    private Truth truth(int generation) {
        Dataset at = dataset.at(generation);
        if (at == dataset) {
            return first;
        }
        if (at != now.dataset()) {
            if (now != first) {
                now.close();
            }
            now = truth(at);
        }
        return now;
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
        Truth truth = truth(generation.number());
        Optional<Density> density = generation.density();
        Optional<Moments> learnt = truth.law().isGaussian() ? density.flatMap(Density::gaussian) : Optional.empty();
        learnt.ifPresent(moments -> compareGaussians(truth, moments, means));
        if (learnt.isEmpty() || !also.isEmpty()) {
            measureSamples(truth, generation, learnt.isEmpty(), values, means);
        }
        density.filter(Density::hasLikelihood)
                .ifPresent(law -> truth.likelihood().measure(law, means));
        return values.addAll(means.measures()).build();
    }

    /** @param estimates whether what the model has learnt is only known by its samples */
    private void measureSamples(
            Truth truth,
            MeasuredGeneration generation,
            boolean estimates,
            Measures.Builder values,
            ReplicaMeans means) {
        Points measured = pairs.measured(generation.samples()).points().orElseThrow();
        values.add(Basis.SAMPLES, measured.count());
        values.add(Basis.REFERENCE, truth.reference().count());
        if (estimates) {
            if (cloud == null) {
                throw new IllegalStateException("metrics of Gaussians, asked about something else");
            }
            cloud.addMoments(truth.gaussian(), measured, means);
            if (truth != first) {
                GaussianDistance.Result distance = cloud.distance(first.gaussian(), measured);
                means.add(Metrics.DISTANCE_FROM_FIRST, distance.squaredDistance());
            }
        }
        List<SampleMetric> asked = new ArrayList<>(estimates ? neighbours : List.of());
        asked.addAll(also);
        List<List<Findings>> found = pairs.of(measured, generation, truth.reference(), first.reference(), asked);
        int standard = asked.size() - also.size();
        found.subList(0, standard).forEach(means::add);
        if (estimates) {
            Objects.requireNonNull(cloud).addModes(truth.law(), measured, means);
        }
        for (List<Findings> replicas : found.subList(standard, found.size())) {
            values.addAll(replicas.get(0).bases());
            means.add(replicas);
        }
    }

    private void compareGaussians(Truth truth, Moments learnt, ReplicaMeans means) {
        GaussianDistance.Result distance = truth.gaussian().of(learnt);
        if (truth != first) {
            means.add(Metrics.DISTANCE_FROM_FIRST, first.gaussian().of(learnt).squaredDistance());
        }
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
        first.close();
        if (now != first) {
            now.close();
        }
        pairs.close();
        if (cloud != null) {
            cloud.close();
        }
    }
}
