package org.autophage.metrics.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.autophage.data.Dataset;
import org.autophage.data.Images;
import org.autophage.data.strokes.StrokesSpec;
import org.autophage.metrics.Bars;
import org.autophage.program.Graph;
import org.autophage.program.OnCpu;
import org.autophage.program.Program;
import org.autophage.program.Scope;
import org.autophage.program.Value;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Encoders that learn without labels: their losses against PyTorch, and what they are worth to a linear probe. */
class EncodersTest extends OnCpu {
    private static final int ROWS = 8;
    private static final int WIDTH = 3;

    /**
     * From PyTorch 2 in float64, row i and row 4 + i being views of one image, sin(1 + 3i + k² + ik/2) in row i, column k:
     * {@code -log(exp(s[i, j]) / sum(exp(s[i, k]) for k != i))}, j the other view, s = normalize(z) normalize(z)ᵀ / τ, its mean, and the
     * gradient of the first row by backward().
     */
    @Test
    void theContrastiveLossAndItsGradientAreThoseOfPyTorch() {
        lossIs(.5, 3.1257221599, -0.25354003, 0.05609555, -0.16929287);
        lossIs(.1, 10.4602574273, -1.36463082, 0.50402356, -0.71954578);
    }

    private static void lossIs(double temperature, double expected, double... ofFirstRow) {
        Graph graph = new Graph("loss");
        Value outputs = graph.differentiable(graph.input("outputs", ROWS, WIDTH));
        Value loss = TwoViews.loss(outputs, temperature);
        graph.returns(loss.detach(), graph.gradient(loss, outputs, false));
        double[] values = new double[ROWS * WIDTH];
        for (int i = 0; i < ROWS; i++) {
            for (int k = 0; k < WIDTH; k++) {
                values[i * WIDTH + k] = Math.sin(1 + 3 * i + k * k + .5 * i * k);
            }
        }
        try (Program program = new Program(device, graph);
                Scope scope = device.newScope()) {
            var results = program.run(scope, "loss", scope.doubles(values, ROWS, WIDTH));
            assertThat(results.get(0).toNumber()).isCloseTo(expected, within(1e-8));
            double[] gradient = results.get(1).toDoubles();
            for (int k = 0; k < WIDTH; k++) {
                assertThat(gradient[k]).isCloseTo(ofFirstRow[k], within(1e-7));
            }
        }
    }

    /** Identical views of images that are at right angles: every view but the other one has cosine 0. */
    @Test
    void theContrastiveLossOfRightAnglesIsKnown() {
        Graph graph = new Graph("loss");
        Value outputs = graph.input("outputs", 6, 3);
        graph.returns(TwoViews.loss(outputs, .5));
        double[] axes = new double[18];
        for (int i = 0; i < 6; i++) {
            axes[i * 3 + i % 3] = 1 + i;
        }
        try (Program program = new Program(device, graph);
                Scope scope = device.newScope()) {
            double loss =
                    program.run(scope, "loss", scope.doubles(axes, 6, 3)).get(0).toNumber();
            assertThat(loss).isCloseTo(-Math.log(Math.exp(2) / (Math.exp(2) + 4)), within(1e-9));
        }
    }

    @Test
    void imagesAreTurnedAnticlockwise() {
        byte[] pixels = {1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19};
        Images turned = Rotations.of(new Images(3, 3, 1, 2, pixels, new int[] {0, 1}));
        assertThat(turned.count()).isEqualTo(8);
        assertThat(turned.classes()).isEqualTo(4);
        assertThat(turned.labels()).containsExactly(0, 0, 1, 1, 2, 2, 3, 3);
        assertThat(turned.pixels(0)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(turned.pixels(2)).containsExactly(3, 6, 9, 2, 5, 8, 1, 4, 7); // numpy.rot90
        assertThat(turned.pixels(4)).containsExactly(9, 8, 7, 6, 5, 4, 3, 2, 1);
        assertThat(turned.pixels(6)).containsExactly(7, 4, 1, 8, 5, 2, 9, 6, 3);
        assertThat(turned.pixels(1)).containsExactly(11, 12, 13, 14, 15, 16, 17, 18, 19);
    }

    @Test
    void coloursTurnWithTheirPixels() {
        byte[] pixels = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        Images turned = Rotations.of(new Images(2, 2, 3, 1, pixels, new int[] {0}));
        assertThat(turned.pixels(1)).containsExactly(4, 5, 6, 10, 11, 12, 1, 2, 3, 7, 8, 9);
    }

    /** A hundred real images told, at one seed: without training, and after either training on a thousand. */
    @Tag("slow")
    @Test
    void encodersThatLearntAreWorthMoreThanRandomOnes(TestReporter reporter) {
        Dataset strokes = new StrokesSpec(16, 1000, 0).open();
        Images learnt = (Images) strokes.real(LongStream.range(0, 1000).toArray());
        Images told = learnt.slice(0, 100);
        Images holdout = (Images) strokes.holdout();
        try (Learners learners = new Learners(device, 250)) {
            double untrained = learners.untrained(learnt, 1).probed(told, holdout);
            double contrastive = learners.contrastive(learnt, 1).probed(told, holdout);
            double rotation = learners.rotations(learnt, 1).probed(told, holdout);
            reporter.publishEntry(
                    "right by probes on untrained, contrastive, rotation encoders",
                    "%s %s %s".formatted(untrained, contrastive, rotation));
            assertThat(contrastive).isGreaterThan(untrained + .05);
            assertThat(rotation).isGreaterThan(untrained + .05);
            assertThat(learners.contrastive(learnt, 1).probed(told, holdout)).isEqualTo(contrastive);
        }
    }

    /** One label for all: nothing of what an encoder learns is from labels. */
    @Test
    void labelsAreNotLookedAt() {
        Images images = new Bars(150, 10).real(LongStream.range(0, 150).toArray());
        Images holdout = new Bars(150, 50).holdout();
        Images unlabelled = images.labelled(images.classNames(), new int[150]);
        try (Learners learners = new Learners(device, 5)) {
            assertThat(learners.contrastive(unlabelled, 1).probed(images, holdout))
                    .isEqualTo(learners.contrastive(images, 1).probed(images, holdout));
            assertThat(learners.rotations(unlabelled, 1).probed(images, holdout))
                    .isEqualTo(learners.rotations(images, 1).probed(images, holdout));
        }
    }
}
