package org.autophage.metrics.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.data.Density;
import org.autophage.data.Moments;
import org.autophage.data.PointLaw.Modes;
import org.autophage.data.Points;
import org.autophage.data.Samples;
import org.autophage.data.points.PointDataset;
import org.autophage.data.points.PointDistribution;
import org.autophage.data.points.PointDrift;
import org.autophage.data.points.PointsSpec;
import org.autophage.metrics.FeatureChoice;
import org.autophage.metrics.MeasuredGeneration;
import org.autophage.metrics.ReplicaMeans;
import org.autophage.metrics.neighbours.Ball;
import org.autophage.metrics.points.ModeCoverage;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.Test;

class PointMetricsTest extends OnCpu {
    private static final MetricsSpec SPEC = new MetricsSpec(FeatureChoice.LENET, 400, 5, Ball.STRICT);

    private static PointDataset dataset(PointDistribution distribution, int replicas) {
        return new PointsSpec(distribution, null, replicas, 400, 0).open();
    }

    private static Points real(PointDataset dataset, int count) {
        long[] indices = new long[count];
        java.util.Arrays.setAll(indices, i -> i);
        return dataset.real(indices);
    }

    private static MeasuredGeneration generation(Points samples, Optional<Density> density) {
        return new MeasuredGeneration(1, samples, samples, density, Optional::empty, chunk -> chunk);
    }

    private static Map<String, Object> measure(PointDataset dataset, Points samples, Optional<Density> density) {
        try (PointMetrics metrics = PointMetrics.open(dataset, SPEC, device)) {
            return metrics.of(generation(samples, density)).toMap();
        }
    }

    /** A Gaussian that stayed where the law was: 2 further along, so at a distance of 4 from it by now. */
    @Test
    void aMovingLawIsComparedWithWhereItIs() {
        PointDataset moving =
                new PointsSpec(PointDistribution.GAUSSIAN, 2, 1, 400, 0, new PointDrift(List.of(0.5))).open();
        Points stayed = moving.real(LongStream.range(0, 400).toArray());
        try (PointMetrics metrics = PointMetrics.open(moving, SPEC, device)) {
            for (int t : new int[] {1, 5, 3, 1}) {
                Map<String, Double> values = metrics.of(new MeasuredGeneration(
                                t, stayed, stayed, Optional.empty(), Optional::empty, chunk -> chunk))
                        .values();
                double first = Objects.requireNonNull(metrics.of(generation(stayed, Optional.empty()))
                        .values()
                        .get("frechetDistance"));
                double gap = 0.5 * (t - 1);
                assertThat(values.get("frechetDistance")).isCloseTo(first + gap * gap, within(0.2 * gap + 1e-9));
                if (t == 1) {
                    assertThat(values).doesNotContainKey("distanceFromFirst");
                } else {
                    assertThat(values.get("distanceFromFirst")).isCloseTo(first, within(1e-9));
                }
            }
        }
    }

    /** Real points have what equal distributions have: coverage 1 − Π (N−i)/(2N−i) = .9690 (arXiv 2002.09797), density 1. */
    @Test
    void samplesOfTheTruthAreAsGoodAsReal() {
        PointDataset grid = dataset(PointDistribution.GRID, 20);
        Map<String, Object> values = measure(grid, real(grid, 500), Optional.empty());
        assertThat(values)
                .containsEntry("features", "points")
                .containsEntry("replicas", 20)
                .containsEntry("samples", 400)
                .containsEntry("reference", 400)
                .containsEntry("modesLost", 0.0);
        assertThat(number(values, "coverage")).isCloseTo(0.969, within(0.01));
        assertThat(number(values, "density")).isCloseTo(1, within(0.06));
        // three deviations hold 1 − exp(−9/2) of a mode in the plane: four standard errors of 8,000 samples are .005
        assertThat(number(values, "highQualityShare")).isCloseTo(1 - Math.exp(-4.5), within(0.005));
        // E of the squared distance of two Gaussians' moments is about 2 (1 + 1/2)/N for unit variances
        assertThat(number(values, "frechetDistance")).isBetween(0.0, 0.02);
        assertThat(number(values, "variance")).isCloseTo(1, within(0.03));
        assertThat(((Map<?, ?>) Objects.requireNonNull(values.get("standardError")))
                        .keySet().stream().map(String::valueOf))
                .containsExactlyInAnyOrder(
                        "frechetDistance",
                        "variance",
                        "precision",
                        "recall",
                        "density",
                        "coverage",
                        "modesLost",
                        "highQualityShare");
        assertThat(values).doesNotContainKeys("logLikelihood", "kullbackLeibler", "squaredWasserstein");
    }

    @Test
    void collapsedSamplesAreMeasuredWithoutNaN() {
        PointDataset grid = dataset(PointDistribution.GRID, 2);
        Map<String, Object> values = measure(grid, new Points(2, 400, 2, new double[1600]), Optional.empty());
        assertThat(number(values, "modesLost")).isEqualTo(24);
        assertThat(number(values, "highQualityShare")).isCloseTo(1, within(1e-12));
        assertThat(number(values, "frechetDistance")).isCloseTo(2 * (1 + 0.05 * 0.05 / 8), within(1e-9));
        assertThat(number(values, "variance")).isZero();
        assertThat(values.values()).noneMatch(value -> value instanceof Double number && !Double.isFinite(number));
    }

    @Test
    void modesAreCapturedByTheNearestSamplesOfHighQualityOnly() {
        Modes modes = new Modes(List.of(new double[] {0, 0}, new double[] {10, 0}, new double[] {0, 10}), 1);
        // within 3 of the first; 3.01 off the second; on the third, in the second replica only
        double[] values = {1, 2.8, 10, 3.01, 5, 5, 0, 10, 10, 0, 20, 20};
        ReplicaMeans means = new ReplicaMeans();
        new ModeCoverage(modes).measure(new Points(2, 3, 2, values), means);
        Map<String, Object> found = new LinkedHashMap<>(means.measures().toMap());
        assertThat(number(found, "modesLost")).isEqualTo((2 + 1) / 2.0);
        assertThat(number(found, "highQualityShare")).isCloseTo((1 / 3.0 + 2 / 3.0) / 2, within(1e-12));
    }

    /** A learnt law that is the truth has the divergence 0; one that gives every point e times less density, 1. */
    @Test
    void theDivergenceIsTheTruthsLikelihoodLessTheModels() {
        PointDataset valley = dataset(PointDistribution.ROSENBROCK, 1);
        Density known = new Density() {
            @Override
            public boolean hasLikelihood() {
                return true;
            }

            @Override
            public double[] logDensity(Samples samples) {
                Points points = samples.points().orElseThrow();
                double[] values = new double[points.count()];
                java.util.Arrays.setAll(
                        values,
                        i -> valley.law().logDensity(points.values(), 2 * i).orElseThrow() - 1);
                return values;
            }
        };
        Map<String, Object> values = measure(valley, real(valley, 400), Optional.of(known));
        assertThat(number(values, "kullbackLeibler")).isCloseTo(1, within(1e-12));
        // minus the entropy, 1 + ln 2π + ln .1, less 1; ln p has a deviation of 1: four standard errors are .2
        assertThat(number(values, "logLikelihood"))
                .isCloseTo(-(1 + Math.log(2 * Math.PI) + Math.log(0.1)) - 1, within(0.2));
    }

    /** N((1, 0), diag(4, 9)) against N(0, I), of which no samples are needed: 1 + (2 − 1)² + (3 − 1)². */
    @Test
    void gaussiansAreComparedByTheirMoments() {
        Density learnt = new Density() {
            @Override
            public Optional<Moments> gaussian() {
                return Optional.of(new Moments(
                        device.doubles(new double[] {1, 0}, 1, 1, 2),
                        device.doubles(new double[] {2, 0, 0, 3}, 1, 2, 2)));
            }

            @Override
            public boolean hasLikelihood() {
                return false;
            }

            @Override
            public double[] logDensity(Samples samples) {
                throw new IllegalStateException("not to be asked");
            }
        };
        PointDataset standard = new PointsSpec(PointDistribution.GAUSSIAN, 2, 1, 10, 0).open();
        Points none = new Points(1, 0, 2, new double[0]);
        try (PointMetrics metrics = PointMetrics.open(standard, device)) {
            Map<String, Object> values =
                    metrics.of(generation(none, Optional.of(learnt))).toMap();
            assertThat(number(values, "squaredWasserstein")).isCloseTo(6, within(1e-12));
            assertThat(number(values, "squaredWassersteinOfMeans")).isEqualTo(1);
            assertThat(number(values, "squaredWassersteinOfCovariances")).isCloseTo(5, within(1e-12));
            assertThat(number(values, "variance")).isEqualTo(6.5);
            assertThat(number(values, "logVariance")).isCloseTo(Math.log(6), within(1e-12));
            assertThat(values).doesNotContainKeys("frechetDistance", "logLikelihood");
        }
    }

    @Test
    void tooFewPointsForTheNeighboursAreRefused() {
        PointDataset small = new PointsSpec(PointDistribution.MOONS, null, 1, 5, 0).open();
        assertThatThrownBy(() -> PointMetrics.open(small, SPEC, device))
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessage("dataset.holdout is 5: must be at least 6, one more than metrics.neighbours");
        PointDataset moons = dataset(PointDistribution.MOONS, 1);
        assertThatThrownBy(() -> measure(moons, real(moons, 5), Optional.empty()))
                .hasMessage("the number of samples is 5: must be at least 6, one more than metrics.neighbours");
    }

    private static double number(Map<String, Object> values, String name) {
        return ((Number) Objects.requireNonNull(values.get(name))).doubleValue();
    }
}
