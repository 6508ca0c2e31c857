package org.autophage.metrics;

import java.util.Optional;
import org.autophage.data.Moments;
import org.autophage.data.PointLaw;
import org.autophage.data.Points;
import org.autophage.measure.Basis;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.autophage.program.Device;
import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.Program;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.Value;

/**
 * What can be said of a law by its samples: the Fréchet distance of their moments from the truth's, precision, recall,
 * density and coverage on the coordinates against the holdout, and the modes that got lost. Measures the first samples of
 * every replica, as many as the spec asks for.
 */
final class CloudMetrics implements AutoCloseable {
    private final MetricsSpec spec;
    private final Device device;
    private final GaussianDistance gaussian;
    private final Program program;
    private final PrecisionRecall precisionRecall;
    private final Neighbourhoods reference;
    private final Optional<ModeCoverage> modes;

    /**
     * @param holdout of one replica
     * @param gaussian compares with the law; not closed by this one
     */
    CloudMetrics(MetricsSpec spec, Device device, PointLaw law, Points holdout, GaussianDistance gaussian) {
        this.spec = spec;
        this.device = device;
        this.gaussian = gaussian;
        this.program = new Program(device, moments());
        this.precisionRecall = new PrecisionRecall(device, spec.neighbours(), spec.ball());
        this.reference = precisionRecall.neighbourhoods(Features.ofRows(holdout.dimensions(), holdout.values()));
        this.modes = law.modes().map(ModeCoverage::new);
    }

    /**
     * Measures samples.
     *
     * @param values receives what is the same for all replicas
     * @param means receives what each replica has
     * @throws org.autophage.base.AutophageException (usage) if there are too few samples
     */
    void measure(Points samples, Measures.Builder values, ReplicaMeans means) {
        Points measured = samples.count() > spec.samples() ? samples.first(spec.samples()) : samples;
        spec.requireEnough("the number of samples", measured.count());
        values.add(Basis.SAMPLES, measured.count());
        values.add(Basis.REFERENCE, reference.radii().length);
        addMoments(measured, means);
        addNeighbours(measured, means);
        modes.ifPresent(lawful -> lawful.measure(measured, means));
    }

    private void addMoments(Points measured, ReplicaMeans means) {
        try (Scope scope = device.newScope()) {
            Tensor points =
                    scope.doubles(measured.values(), measured.replicas(), measured.count(), measured.dimensions());
            var learnt = device.withOneThread(() -> program.run(scope, "moments", points));
            GaussianDistance.Result distance = gaussian.of(new Moments(learnt.get(0), learnt.get(1)));
            means.add(Metrics.FRECHET_DISTANCE, distance.squaredDistance());
            means.add(Metrics.VARIANCE, distance.variance());
        }
    }

    private void addNeighbours(Points measured, ReplicaMeans means) {
        PrecisionRecall.Result[] results = new PrecisionRecall.Result[measured.replicas()];
        for (int replica = 0; replica < results.length; replica++) {
            Features features = Features.ofRows(
                    measured.dimensions(), measured.replica(replica).values());
            results[replica] = precisionRecall.between(reference, precisionRecall.neighbourhoods(features));
        }
        means.add(Metrics.PRECISION, results, PrecisionRecall.Result::precision);
        means.add(Metrics.RECALL, results, PrecisionRecall.Result::recall);
        means.add(Metrics.DENSITY, results, PrecisionRecall.Result::density);
        means.add(Metrics.COVERAGE, results, PrecisionRecall.Result::coverage);
    }

    /**
     * {@code moments(points)}: mean (R, 1, d) of points (R, N, d), and a factor (R, d, d) of their unbiased covariance,
     * of eigenvectors scaled by the roots of their eigenvalues, so that collapsed points need no special case.
     */
    private static Graph moments() {
        Graph graph = new Graph("moments");
        Value points = graph.input("points", Graph.ANY, Graph.ANY, Graph.ANY);
        Value mean = points.mean(1);
        Value centred = points.minus(mean);
        Value ones = centred.slice(2, 0, 1).zeros().plus(1);
        Value covariance =
                centred.transpose(1, 2).matmul(centred).dividedBy(ones.sum(1).minus(1));
        return graph.returns(mean, Functional.symmetricFactor(covariance));
    }

    @Override
    public void close() {
        program.close();
        precisionRecall.close();
    }
}
