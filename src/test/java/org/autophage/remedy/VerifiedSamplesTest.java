package org.autophage.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.stream.LongStream;
import org.autophage.data.Images;
import org.autophage.data.Points;
import org.autophage.data.points.PointsSpec;
import org.autophage.loop.Draws;
import org.autophage.loop.Given;
import org.autophage.metrics.Bars;
import org.autophage.program.OnCpu;
import org.autophage.remedy.VerifiedSamples.Rule;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the rules let through of whole laws is in {@code autophage verify}. */
class VerifiedSamplesTest extends OnCpu {
    private static final int CLASSES = 4;

    @TempDir
    private Path folder;

    private static VerifiedSamples images(double accepts, double errs) {
        return new VerifiedSamples(Rule.CLASS, null, null, null, null, accepts, errs, 20, null);
    }

    /** Bars nobody has seen; every other one has the label of another class than it is of. */
    private static Images halfMislabelled(int count) {
        Images right =
                new Bars(count, 1).real(LongStream.range(5_000, 5_000 + count).toArray());
        int[] labels = right.labels().clone();
        for (int i = 0; i < count; i++) {
            if (i / CLASSES % 2 == 1) {
                labels[i] = (labels[i] + 1) % CLASSES;
            }
        }
        return new Images(right.height(), right.width(), 1, CLASSES, right.pixels(), labels);
    }

    private Given given(VerifiedSamples verifier, int count) {
        Bars bars = new Bars(256, 40);
        try (RemedyContext context = RemedyContexts.of(device, bars, folder)) {
            Draws draws =
                    verifier.open(context).apply(RemedyContexts.of(halfMislabelled(2_000)), RemedyContexts.turn(bars));
            Given given = draws.next(count);
            assertThat(draws.told()).containsEntry("verifierTrainedOn", 256);
            return given;
        }
    }

    private static double rightOf(Given given) {
        return LongStream.range(0, given.count())
                .map(i -> given.draw((int) i) / CLASSES % 2 == 0 ? 1 : 0)
                .average()
                .orElseThrow();
    }

    @Test
    void imagesOfAnotherClassAreRejected() {
        Given given = given(images(1, 0), 40);
        assertThat(rightOf(given)).isEqualTo(1);
        assertThat(((Images) given.samples()).classCounts()).containsOnly(10);
    }

    /** Half are right: of those accepted .9/(.9 + .3) = ¾ are; 4 standard errors of 400. */
    @Test
    void mistakesLetWrongOnesThrough() {
        assertThat(rightOf(given(images(0.9, 0.3), 400))).isCloseTo(0.75, within(4 * Math.sqrt(.75 * .25 / 400)));
    }

    /** In two dimensions the centre lies on the first axis. */
    @Test
    void aBallIsOneOfAllDimensions() {
        Points points = new Points(1, 4, 2, new double[] {1, 0, 1, 1.9, 3.1, 0, -1, 0.1});
        VerifiedSamples ball = new VerifiedSamples(Rule.BALL, 1.0, 2.0, null, null, 1, 0, 20, null);
        try (RemedyContext context = RemedyContexts.of(device, PointsSpec.DEFAULTS.open(), folder)) {
            Given given = ball.open(context)
                    .apply(RemedyContexts.of(points), RemedyContexts.turn(PointsSpec.DEFAULTS.open()))
                    .next(2);
            assertThat(((Points) given.samples()).values()).containsExactly(1, 0, 1, 1.9);
        }
    }

    @Test
    void whatIsLeftOutIsFilledIn() {
        VerifiedSamples soft = (VerifiedSamples) new VerifiedSamples(Rule.SOFT, null, null, null, null, 1, 0, 100, null)
                .complete(RemedyContexts.setting(PointsSpec.DEFAULTS.open()));
        assertThat(soft.centre()).isZero();
        assertThat(soft.width()).isEqualTo(2);
        assertThat(soft.radius()).isNull();
        assertThat(soft.threshold()).isNull();
    }

    private static void refuses(
            Rule rule,
            @Nullable Double centre,
            @Nullable Double radius,
            @Nullable Double width,
            double accepts,
            double errs,
            int most,
            String message) {
        assertThatThrownBy(() -> new VerifiedSamples(rule, centre, radius, null, width, accepts, errs, most, null))
                .hasMessageContaining(message);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        refuses(Rule.ABOVE, null, 2.0, null, 1, 0, 9, "radius is 2.0: it is a key of ball only");
        refuses(Rule.ABOVE, 1.0, null, null, 1, 0, 9, "centre is 1.0: only a ball or a soft verifier has one");
        refuses(Rule.BALL, null, -1.0, null, 1, 0, 9, "radius is -1.0: must be above 0");
        refuses(Rule.BALL, Double.NaN, 1.0, null, 1, 0, 9, "centre is NaN: must be a finite number");
        refuses(Rule.SOFT, null, null, 0.0, 1, 0, 9, "width is 0.0: must be above 0");
        refuses(Rule.SOFT, null, null, 1.0, 0.5, 0, 9, "leave accepts and errs out");
        refuses(Rule.BALL, null, null, null, 0, 0, 9, "accepts is 0.0: must be in (0, 1]");
        refuses(Rule.BALL, null, null, null, 1, 1.1, 9, "errs is 1.1: must be in [0, 1]");
        refuses(Rule.BALL, null, null, null, 1, 0, 0, "most is 0: must be from 1 to 1000000");
        assertThatThrownBy(() -> images(1, 0).check(RemedyContexts.setting(PointsSpec.DEFAULTS.open())))
                .hasMessageContaining("which this dataset has not");
        assertThatThrownBy(() -> VerifiedSamples.DEFAULTS.check(RemedyContexts.setting(new Bars(9, 1))))
                .hasMessageContaining("a region is one of points");
    }
}
