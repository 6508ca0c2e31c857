package org.autophage.metrics.points;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.autophage.data.Moments;
import org.autophage.metrics.distance.FrechetDistance;
import org.autophage.metrics.features.FeatureStatistics;
import org.autophage.program.Device;
import org.autophage.program.Scope;
import org.junit.jupiter.api.Test;

/** Against hand-made cases, and against the Fréchet distance of features, which takes another way to the same number. */
class GaussianDistanceTest {
    private static Moments moments(Scope scope, int replicas, int rank, double[] means, double[] factors) {
        int d = means.length / replicas;
        return new Moments(scope.doubles(means, replicas, 1, d), scope.doubles(factors, replicas, rank, d));
    }

    @Test
    void commutingCovariancesAreSummedByHand() {
        try (Device device = Device.of("cpu")) {
            // replica 1: N((1, 0), diag(4, 9)) against N(0, I): 1 + (2 − 1)² + (3 − 1)²; replica 2 is the truth itself
            Moments batch = moments(device, 2, 2, new double[] {1, 0, 0, 0}, new double[] {2, 0, 0, 3, 1, 0, 0, 1});
            Moments truth = moments(device, 1, 2, new double[] {0, 0}, new double[] {1, 0, 0, 1});
            GaussianDistance.Result result = compare(device, batch, truth);
            assertThat(result.squaredDistance()).containsExactly(new double[] {6, 0}, within(1e-12));
            assertThat(result.meanPart()).containsExactly(1, 0);
            assertThat(result.covariancePart()).containsExactly(new double[] {5, 0}, within(1e-12));
            assertThat(result.variance()).containsExactly(new double[] {6.5, 1}, within(1e-12));
            assertThat(result.logVariance()).containsExactly(new double[] {Math.log(36) / 2, 0}, within(1e-12));
        }
    }

    private static GaussianDistance.Result compare(Device device, Moments batch, Moments truth) {
        try (GaussianDistance distance = new GaussianDistance(device, truth)) {
            return distance.of(batch);
        }
    }

    /** No entry is the identity's: of [[5, 4], [4, 5]] the eigenvalues are 9 and 1, so that it is 2 + 10 − 2 (3 + 1). */
    @Test
    void aTruthWithAnyCovarianceIsComparedWith() {
        try (Device device = Device.of("cpu")) {
            Moments standard = moments(device, 1, 2, new double[] {0, 0}, new double[] {1, 0, 0, 1});
            Moments truth = moments(device, 1, 2, new double[] {0, 0}, new double[] {2, 1, 1, 2});
            assertThat(compare(device, standard, truth).squaredDistance()[0]).isCloseTo(4, within(1e-12));
        }
    }

    @Test
    void singularCovariancesAreNoSpecialCase() {
        try (Device device = Device.of("cpu");
                FrechetDistance features = new FrechetDistance(device)) {
            // one row: a covariance of rank 1 in 3 dimensions, against a full one that does not commute with it
            double[] row = {1, 2, -1};
            double[] truth = {2, 0, 0, 1, 1, 0, 0.5, -1, 3};
            double squared = compare(
                            device,
                            moments(device, 1, 1, new double[] {1, 1, 0}, row),
                            moments(device, 1, 3, new double[] {0, 0, 2}, truth))
                    .squaredDistance()[0];
            double expected = features.between(
                    new FeatureStatistics(new double[] {1, 1, 0}, products(row, 1), 10),
                    new FeatureStatistics(new double[] {0, 0, 2}, products(truth, 3), 10));
            assertThat(squared).isCloseTo(expected, within(1e-10));
        }
    }

    /** FᵀF of a factor (k, 3). */
    private static double[] products(double[] factor, int rank) {
        double[] covariance = new double[9];
        for (int row = 0; row < rank; row++) {
            for (int i = 0; i < 9; i++) {
                covariance[i] += factor[row * 3 + i / 3] * factor[row * 3 + i % 3];
            }
        }
        return covariance;
    }
}
