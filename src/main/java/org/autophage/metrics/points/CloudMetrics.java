package org.autophage.metrics.points;

import org.autophage.data.Moments;
import org.autophage.data.PointLaw;
import org.autophage.data.Points;
import org.autophage.measure.Metrics;
import org.autophage.metrics.ReplicaMeans;
import org.autophage.program.Device;
import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.Program;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.Value;

/**
 * What can be said of a law by its samples beyond comparing them with other samples: the Fréchet distance of their moments
 * from the truth's, and the modes that got lost.
 */
public final class CloudMetrics implements AutoCloseable {
    private final Device device;
    private final Program program;

    public CloudMetrics(Device device) {
        this.device = device;
        this.program = new Program(device, moments());
    }

    /** Adds which modes samples come from, of laws that have modes. */
    public void addModes(PointLaw law, Points measured, ReplicaMeans means) {
        law.modes().ifPresent(modes -> new ModeCoverage(modes).measure(measured, means));
    }

    /**
     * Adds how far the samples' moments are from the law's, and how large their variance is.
     *
     * @param gaussian compares with the law
     */
    public void addMoments(GaussianDistance gaussian, Points measured, ReplicaMeans means) {
        GaussianDistance.Result distance = distance(gaussian, measured);
        means.add(Metrics.FRECHET_DISTANCE, distance.squaredDistance());
        means.add(Metrics.VARIANCE, distance.variance());
    }

    /** How far the samples' moments are from a law's. */
    public GaussianDistance.Result distance(GaussianDistance gaussian, Points measured) {
        try (Scope scope = device.newScope()) {
            Tensor points =
                    scope.doubles(measured.values(), measured.replicas(), measured.count(), measured.dimensions());
            var learnt = device.withOneThread(() -> program.run(scope, "moments", points));
            return gaussian.of(new Moments(learnt.get(0), learnt.get(1)));
        }
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
    }
}
