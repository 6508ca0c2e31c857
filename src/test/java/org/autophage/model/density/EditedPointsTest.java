package org.autophage.model.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.LabelOrder;
import org.autophage.data.Origins;
import org.autophage.data.PointShape;
import org.autophage.data.Points;
import org.autophage.data.TrainingSet;
import org.autophage.measure.Composition;
import org.autophage.model.EnsembleFamily;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.model.ModelSpec;
import org.autophage.model.SamplingSpec;
import org.autophage.model.density.GaussianSpec.Estimator;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.Test;

/** Points that Gaussians lead out of noise, against the posterior worked out by hand. */
class EditedPointsTest extends OnCpu {
    private static final Seeds.Stream EDITS = new Seeds(5).stream(1, Phase.SELECT);
    private static final int CHUNK = 500;

    /** Mean (1, 0) and covariance ((2, 1), (1, 2)), divided by n; the second replica is the first times 2. */
    private static final double[] POINTS = {
        1 + Math.sqrt(3), Math.sqrt(3), 1 - Math.sqrt(3), -Math.sqrt(3), 2, -1, 0, 1,
    };

    private static TrainingSet set(Points points) {
        int count = points.count();
        return new TrainingSet(points, new Origins(new int[count], new long[count]), new Composition(count, 0, 0));
    }

    private static ModelFamily family(ModelSpec spec, int replicas, int dimensions) {
        return spec.family(device, new PointShape(replicas, dimensions), new SamplingSpec(1, null, null, CHUNK));
    }

    private static GenerativeModel gaussian(ModelFamily family) {
        double[] both = new double[16];
        Arrays.setAll(both, i -> i < 8 ? POINTS[i] : 2 * POINTS[i - 8]);
        return family.train(set(new Points(2, 4, 2, both)), null, new Seeds(0), 1, Work.UNATTENDED);
    }

    private static Points same(int count, double... point) {
        double[] values = new double[2 * count * 2];
        Arrays.setAll(values, i -> point[i % 2]);
        return new Points(2, count, 2, values);
    }

    /** What edits are along the axes (1, 1) and (1, −1), one number a point. */
    private static double[][] along(Points edited, int replica) {
        double[][] along = new double[2][edited.count()];
        for (int i = 0; i < edited.count(); i++) {
            double[] point = edited.vector(replica, i);
            along[0][i] = (point[0] + point[1]) * Math.sqrt(.5);
            along[1][i] = (point[0] - point[1]) * Math.sqrt(.5);
        }
        return along;
    }

    private static double meanProduct(double[] one, double from, double[] other, double otherFrom) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> (one[i] - from) * (other[i] - otherFrom))
                .average()
                .orElseThrow();
    }

    /**
     * Edits of one point x: along each axis mean μ + w(x − μ) and variance w²s² + vs²/(v + s²), with w = v/(v + s²), v = λ times the
     * eigenvalue: 3 along (1, 1) and 1 along (1, −1), of the second replica 12 and 4. 4.5 standard errors.
     */
    @Test
    void editsAreDrawsFromThePosterior() {
        double square = .5;
        double bias = .9;
        int count = 100_000;
        try (ModelFamily family = family(new GaussianSpec(Estimator.BIASED), 2, 2);
                GenerativeModel model = gaussian(family)) {
            Points edited = (Points) model.edited(same(count, 2, 2), Math.sqrt(square), bias, EDITS, Work.UNATTENDED);
            for (int replica = 0; replica < 2; replica++) {
                double[][] along = along(edited, replica);
                double[] mean = new double[2];
                double[] variance = new double[2];
                for (int axis = 0; axis < 2; axis++) {
                    double v = bias * (axis == 0 ? 3 : 1) * (replica == 0 ? 1 : 4);
                    double w = v / (v + square);
                    double centre = Math.sqrt(.5) * (replica == 0 ? 1 : 2);
                    double given = axis == 0 ? 4 * Math.sqrt(.5) : 0;
                    mean[axis] = centre + w * (given - centre);
                    variance[axis] = w * w * square + v * square / (v + square);
                    assertThat(Arrays.stream(along[axis]).average().orElseThrow())
                            .isCloseTo(mean[axis], within(4.5 * Math.sqrt(variance[axis] / count)));
                    assertThat(meanProduct(along[axis], mean[axis], along[axis], mean[axis]))
                            .isCloseTo(variance[axis], within(4.5 * variance[axis] * Math.sqrt(2.0 / count)));
                }
                assertThat(meanProduct(along[0], mean[0], along[1], mean[1]))
                        .isCloseTo(0, within(4.5 * Math.sqrt(variance[0] * variance[1] / count)));
            }
        }
    }

    /** Real points of variance v₀ become such of w²(v₀ + s²) + vs²/(v + s²); s = 10 forgets nearly all of them. */
    @Test
    void varianceLiesBetweenPointsAndModel() {
        int count = 100_000;
        double[] values = new double[2 * count * 2];
        SplittableRandom random = new SplittableRandom(4);
        Arrays.setAll(values, i -> 3 * random.nextGaussian());
        Points real = new Points(2, count, 2, values);
        try (ModelFamily family = family(new GaussianSpec(Estimator.BIASED), 2, 2);
                GenerativeModel model = gaussian(family)) {
            for (double noise : new double[] {.1, 1, 10}) {
                Points edited = (Points) model.edited(real, noise, 1, EDITS, Work.UNATTENDED);
                double square = noise * noise;
                double w = 3 / (3 + square);
                double expected = w * w * (9 + square) + 3 * square / (3 + square);
                double centre = (1 - w) * Math.sqrt(.5);
                double[] along = along(edited, 0)[0];
                assertThat(meanProduct(along, centre, along, centre))
                        .isCloseTo(expected, within(4.5 * expected * Math.sqrt(2.0 / count)));
            }
        }
    }

    /** Where a model has no spread it moves points onto itself: two points in two dimensions lie on a line. */
    @Test
    void aSingularModelHasPointsOnItsLine() {
        Points two = new Points(1, 2, 2, new double[] {0, 0, 2, 2});
        Points given = new Points(1, 3, 2, new double[] {5, 1, -3, 4, 0, 0});
        try (ModelFamily family = family(new GaussianSpec(Estimator.BIASED), 1, 2);
                GenerativeModel model = family.train(set(two), null, new Seeds(0), 1, Work.UNATTENDED)) {
            Points edited = (Points) model.edited(given, .5, 1, EDITS, Work.UNATTENDED);
            for (double across : along(edited, 0)[1]) {
                assertThat(across).isCloseTo(0, within(1e-9));
            }
        }
    }

    /** Edit i is the same however many there are; ensembles choose a member for each. */
    @Test
    void anEditDependsOnItsPlaceAlone() {
        Points many = same(3 * CHUNK + 7, 1, 4);
        try (ModelFamily family = family(new GaussianSpec(Estimator.BIASED), 2, 2);
                GenerativeModel model = gaussian(family)) {
            double[] all = ((Points) model.edited(many, 1, 1, EDITS, Work.UNATTENDED))
                    .replica(1)
                    .values();
            double[] some = ((Points) model.edited(same(CHUNK + 9, 1, 4), 1, 1, EDITS, Work.UNATTENDED))
                    .replica(1)
                    .values();
            assertThat(some).isEqualTo(Arrays.copyOf(all, some.length));
        }
    }

    /** Members far from each other: half of the edits are each one's, in the places of their points. */
    @Test
    void anEnsembleEditsBySomeMemberEach() {
        try (ModelFamily each = family(new GaussianSpec(Estimator.BIASED), 1, 1)) {
            EnsembleFamily family = new EnsembleFamily(each, 2, EnsembleFamily.Parts.DISJOINT, LabelOrder.inTurn(1));
            Points four = new Points(1, 4, 1, new double[] {0, .1, .2, .3});
            try (GenerativeModel model = family.train(set(four), null, new Seeds(0), 1, Work.UNATTENDED)) {
                int count = 2_000;
                double[] values = new double[count];
                Arrays.setAll(values, i -> i);
                Points given = new Points(1, count, 1, values);
                double[] near = ((Points) model.edited(given, 1e-6, 1, EDITS, Work.UNATTENDED)).values();
                for (int i = 0; i < count; i++) {
                    assertThat(near[i]).as("point %d", i).isCloseTo(i, within(1e-3));
                }
                double[] far = ((Points) model.edited(given, 1e6, 1, EDITS, Work.UNATTENDED)).values();
                double[] means = IntStream.of(1, 2)
                        .mapToDouble(m -> model.weights().orElseThrow().doubles("member-" + m + ".mean", 1)[0])
                        .toArray();
                double nearerToTheFirst = Arrays.stream(far)
                        .filter(x -> Math.abs(x - means[0]) < Math.abs(x - means[1]))
                        .count();
                assertThat(Arrays.stream(far).average().orElseThrow())
                        .isCloseTo((means[0] + means[1]) / 2, within(.02));
                assertThat(nearerToTheFirst / count).isBetween(.3, .7);
            }
        }
    }

    @Test
    void modelsWithoutNoiseSaySo() {
        try (ModelFamily family = family(KernelSpec.DEFAULTS, 1, 1);
                GenerativeModel model = family.train(
                        set(new Points(1, 3, 1, new double[] {1, 2, 4})), null, new Seeds(0), 1, Work.UNATTENDED)) {
            Points one = new Points(1, 1, 1, new double[1]);
            assertThatThrownBy(() -> model.edited(one, 1, 1, EDITS, Work.UNATTENDED))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("KernelModel has no levels of noise");
        }
    }
}
