package org.autophage.metrics.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.autophage.data.Images;
import org.autophage.metrics.Bars;
import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.OnCpu;
import org.autophage.program.Parameters;
import org.autophage.program.Program;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.Value;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Attacks against what they are known to do to a linear classifier, and gradients of images against finite differences. */
class AttackTest extends OnCpu {
    private static final int DIMENSIONS = 10;
    private static final double MEAN = .4;
    private static final double EPSILON = .1;
    private static final int POINTS = 40_000;

    /** No pixel has an end. */
    private static final double FAR = Double.POSITIVE_INFINITY;

    /**
     * Two classes N(±m, I) with m = (.4, …, .4), told apart by the sign of m·x: accuracy Φ((‖m‖² − ε‖m‖₁) / ‖m‖), ε = .1, which is .82861,
     * and .89705 at ε = 0. Both within four standard deviations of a share of 40,000.
     */
    @Test
    void aLinearClassifierIsAsOftenRightAsKnown(TestReporter reporter) {
        float[] points = gaussians();
        Attack fast = new Attack(EPSILON, EPSILON, 1, -FAR, FAR);
        Attack projected = new Attack(EPSILON, 2.5 * EPSILON / 10, 10, -FAR, FAR);
        Attack none = new Attack(0, 0, 1, -FAR, FAR);
        reporter.publishEntry(
                "right of clean, fast gradient, projected gradient",
                "%s %s %s".formatted(accuracy(none, points), accuracy(fast, points), accuracy(projected, points)));
        assertThat(accuracy(none, points)).isCloseTo(.89705, within(4 * Math.sqrt(.897 * .103 / POINTS)));
        assertThat(accuracy(fast, points)).isCloseTo(.82861, within(4 * Math.sqrt(.829 * .171 / POINTS)));
        assertThat(accuracy(projected, points)).isEqualTo(accuracy(fast, points));
    }

    /** The best attack on every point is x − y ε sign(m): no rounding is in the way of any of the ten steps. */
    @Test
    void bothAttacksFindTheBestChangeOfEveryPoint() {
        float[] points = gaussians();
        for (Attack attack : new Attack[] {
            new Attack(EPSILON, EPSILON, 1, -FAR, FAR), new Attack(EPSILON, 2.5 * EPSILON / 10, 10, -FAR, FAR)
        }) {
            float[] changed = attacked(attack, points);
            for (int i = 0; i < points.length; i++) {
                double away = label(i / DIMENSIONS) == 1 ? -EPSILON : EPSILON;
                assertThat((double) changed[i]).isCloseTo(points[i] + away, within(1e-6));
            }
        }
    }

    @Test
    void pixelsStayInTheirRange() {
        float[] points = gaussians();
        for (int i = 0; i < points.length; i++) {
            points[i] = Math.max(-1, Math.min(1, points[i]));
        }
        float[] changed = attacked(Attack.projectedGradient(.2, 7), points);
        double most = 0;
        for (int i = 0; i < points.length; i++) {
            assertThat(changed[i]).isBetween(-1f, 1f);
            most = Math.max(most, Math.abs(changed[i] - points[i]));
        }
        assertThat(most).isCloseTo(.4, within(1e-6)); // twice, as networks see pixels in [−1, 1]
    }

    private static int label(int point) {
        return point % 2;
    }

    private static float[] gaussians() {
        SplittableRandom random = new SplittableRandom(1);
        float[] points = new float[POINTS * DIMENSIONS];
        for (int i = 0; i < points.length; i++) {
            double sign = label(i / DIMENSIONS) == 1 ? 1 : -1;
            points[i] = (float) (sign * MEAN + random.nextGaussian());
        }
        return points;
    }

    private static double accuracy(Attack attack, float[] points) {
        float[] changed = attacked(attack, points);
        int right = 0;
        for (int i = 0; i < POINTS; i++) {
            double product = 0;
            for (int k = 0; k < DIMENSIONS; k++) {
                product += MEAN * changed[i * DIMENSIONS + k];
            }
            right += product > 0 == (label(i) == 1) ? 1 : 0;
        }
        return right / (double) POINTS;
    }

    /** Logits (−m·x, m·x). */
    private static float[] attacked(Attack attack, float[] points) {
        Graph graph = new Graph("attacked");
        Value weights = graph.input("weights", 2, DIMENSIONS);
        Value x = graph.input("x", Graph.ANY, DIMENSIONS);
        Value labels = graph.input("labels", Graph.ANY);
        graph.returns(attack.record(graph, x, labels, each -> Functional.linear(each, weights, null)));
        float[] map = new float[2 * DIMENSIONS];
        Arrays.fill(map, 0, DIMENSIONS, (float) -MEAN);
        Arrays.fill(map, DIMENSIONS, 2 * DIMENSIONS, (float) MEAN);
        int count = points.length / DIMENSIONS;
        int[] told = new int[count];
        Arrays.setAll(told, AttackTest::label);
        try (Program program = new Program(device, graph);
                Scope scope = device.newScope()) {
            return program.run(
                            scope,
                            "attacked",
                            scope.floats(map, 2, DIMENSIONS),
                            scope.floats(points, count, DIMENSIONS),
                            scope.longs(told, count))
                    .get(0)
                    .toFloats();
        }
    }

    /** In float64, at 40 places of four images: the learner's layers have kinks, which central differences meet seldom. */
    @Test
    void gradientsOfImagesAreThoseOfFiniteDifferences() {
        int count = 4;
        int pixels = 16 * 16;
        Parameters parameters = new Parameters();
        Graph network = new Graph("network", parameters);
        Value planes = network.input("images", Graph.ANY, 1, 16, 16);
        network.returns(
                LeNet.OF_LEARNER.layers().record(network, planes, Bars.CLASSES).logits());
        SplittableRandom random = new SplittableRandom(3);
        double[] images = random.doubles((long) count * pixels, -1, 1).toArray();
        float[] initial = parameters.initialize(4);
        double[] weights = new double[initial.length];
        Arrays.setAll(weights, i -> 3 * initial[i]);
        try (Program program = new Program(device, network, gradientMethod(parameters))) {
            double[] gradient = gradient(program, weights, images);
            double size =
                    Math.sqrt(Arrays.stream(gradient).map(each -> each * each).sum() / gradient.length);
            assertThat(size).isGreaterThan(1e-4);
            for (int i = 0; i < 40; i++) {
                int at = random.nextInt(images.length);
                double by = 1e-5;
                double[] more = images.clone();
                double[] less = images.clone();
                more[at] += by;
                less[at] -= by;
                double slope = (loss(program, weights, more) - loss(program, weights, less)) / (2 * by);
                assertThat(gradient[at]).isCloseTo(slope, within(1e-4 * size));
            }
        }
    }

    private static Graph gradientMethod(Parameters parameters) {
        Graph graph = new Graph("gradient");
        Value weights = graph.input("weights", parameters.size());
        Value images = graph.differentiable(graph.input("images", Graph.ANY, 1, 16, 16));
        Value labels = graph.input("labels", Graph.ANY);
        Value logits = graph.call(new long[] {Graph.ANY, Bars.CLASSES}, "network", weights, images);
        Value loss = Functional.crossEntropy(logits, labels);
        return graph.returns(graph.gradient(loss, images, false), loss.detach());
    }

    private static double[] gradient(Program program, double[] weights, double[] images) {
        try (Scope scope = device.newScope()) {
            return run(program, scope, weights, images).get(0).toDoubles();
        }
    }

    private static double loss(Program program, double[] weights, double[] images) {
        try (Scope scope = device.newScope()) {
            return run(program, scope, weights, images).get(1).toNumber();
        }
    }

    private static List<Tensor> run(Program program, Scope scope, double[] weights, double[] images) {
        return program.run(
                scope,
                "gradient",
                scope.doubles(weights, weights.length),
                scope.doubles(images, images.length / 256, 1, 16, 16),
                scope.longs(new int[] {0, 1, 2, 3}, 4));
    }

    /** A learner that was trained on attacked images withstands attacks better than one that was not, and stronger attacks hurt more. */
    @Tag("slow")
    @Test
    void adversarialTrainingHelpsAgainstAttacks() {
        Bars bars = new Bars(400, 400);
        Images real = bars.real(LongStream.range(0, 400).toArray());
        try (Learners learners = new Learners(device, 150)) {
            Learner plain = learners.of(real, 1);
            Learner robust = learners.robust(real, 1);
            Attack weak = Attack.fastGradient(.02);
            Attack fast = Attack.fastGradient(.2);
            Attack strong = Attack.projectedGradient(.2, 10);
            Images holdout = bars.holdout();
            assertThat(plain.accuracyUnder(weak, holdout))
                    .isLessThanOrEqualTo(plain.accuracy(holdout).ofAll())
                    .isGreaterThan(plain.accuracyUnder(fast, holdout));
            assertThat(plain.accuracyUnder(strong, holdout)).isLessThanOrEqualTo(plain.accuracyUnder(fast, holdout));
            assertThat(robust.accuracyUnder(strong, holdout)).isGreaterThan(plain.accuracyUnder(strong, holdout) + .2);
        }
    }
}
