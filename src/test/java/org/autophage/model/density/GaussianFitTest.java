package org.autophage.model.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Origins;
import org.autophage.data.PointShape;
import org.autophage.data.Points;
import org.autophage.data.TrainingSet;
import org.autophage.measure.Composition;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.model.ModelWeights;
import org.autophage.model.SamplingSpec;
import org.autophage.model.density.GaussianSpec.Estimator;
import org.autophage.program.OnCpu;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One fit in two dimensions; loops in one are verify's. */
class GaussianFitTest extends OnCpu {
    private static final int N = 60;
    private static final double[] POINTS = points();

    private static double[] points() {
        SplittableRandom random = new SplittableRandom(3);
        double[] values = new double[2 * N];
        for (int i = 0; i < N; i++) {
            double shared = random.nextGaussian();
            values[2 * i] = 1 + shared;
            values[2 * i + 1] = .5 * random.nextGaussian() + shared;
        }
        return values;
    }

    private static ModelWeights fitted(@Nullable GaussianFit fit, @Nullable GenerativeModel previous) {
        TrainingSet training = new TrainingSet(
                new Points(1, N, 2, POINTS),
                new Origins(new int[N], LongStream.range(0, N).toArray()),
                new Composition(N, 0, 0));
        try (ModelFamily family = new GaussianSpec(Estimator.BIASED, fit)
                        .family(device, new PointShape(1, 2), new SamplingSpec(1, null, null, 10));
                GenerativeModel model = family.train(training, previous, new Seeds(0), 1, Work.UNATTENDED)) {
            return model.weights().orElseThrow();
        }
    }

    private static double[] mean(ModelWeights weights) {
        return weights.doubles("mean", 2);
    }

    private static double[] covariance(ModelWeights weights) {
        return weights.doubles("covariance", 4);
    }

    @Test
    void flipsTakeTheSecondMoment() {
        ModelWeights weights = fitted(new GaussianFit(true, null, null, null, null, null), null);
        double[] second = new double[4];
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < 4; j++) {
                second[j] += POINTS[2 * i + j / 2] * POINTS[2 * i + j % 2] / N;
            }
        }
        assertThat(mean(weights)).containsExactly(new double[] {0, 0}, within(1e-12));
        assertThat(covariance(weights)).containsExactly(second, within(1e-12));
    }

    @Test
    void theTailIsBeyondAnEllipse() {
        ModelWeights plain = fitted(null, null);
        double[] m = mean(plain);
        double[] c = covariance(plain);
        double determinant = c[0] * c[3] - c[1] * c[2];
        double a = 1.2;
        double[] expected = new double[4];
        int kept = 0;
        for (int i = 0; i < N; i++) {
            double x = POINTS[2 * i] - m[0];
            double y = POINTS[2 * i + 1] - m[1];
            if ((c[3] * x * x - 2 * c[1] * x * y + c[0] * y * y) / determinant > a * a) {
                kept++;
                double[] product = {x * x, x * y, x * y, y * y};
                for (int j = 0; j < 4; j++) {
                    expected[j] += product[j];
                }
            }
        }
        assertThat(kept).isBetween(10, N - 10);
        for (int j = 0; j < 4; j++) {
            expected[j] /= kept;
        }
        assertThat(covariance(fitted(new GaussianFit(null, a, null, null, null, null), null)))
                .containsExactly(expected, within(1e-9));
    }

    @Test
    void theRestIsLinearInTheCovariance() {
        double[] c = covariance(fitted(null, null));
        double[] all = covariance(fitted(new GaussianFit(null, null, .5, .2, .1, null), null));
        double[] expected = {
            (.8 * (c[0] + .25) + .2) / .9, .8 * c[1] / .9, .8 * c[2] / .9, (.8 * (c[3] + .25) + .2) / .9
        };
        assertThat(all).containsExactly(expected, within(1e-9));
    }

    @Test
    void aStepLeadsFromTheModelBefore() {
        GaussianFit quarter = new GaussianFit(null, null, null, null, null, .25);
        ModelWeights plain = fitted(null, null);
        assertThat(covariance(fitted(quarter, null)))
                .as("nothing before")
                .containsExactly(covariance(plain), within(1e-9));
        Points others = new Points(1, 3, 2, new double[] {0, 0, 4, 0, 0, 6});
        TrainingSet before = new TrainingSet(others, new Origins(new int[3], new long[3]), new Composition(3, 0, 0));
        try (ModelFamily family = new GaussianSpec(Estimator.BIASED)
                        .family(device, new PointShape(1, 2), new SamplingSpec(1, null, null, 10));
                GenerativeModel previous = family.train(before, null, new Seeds(0), 1, Work.UNATTENDED)) {
            ModelWeights stepped = fitted(quarter, previous);
            ModelWeights old = previous.weights().orElseThrow();
            for (int i = 0; i < 4; i++) {
                assertThat(covariance(stepped)[i])
                        .isCloseTo(.75 * covariance(old)[i] + .25 * covariance(plain)[i], within(1e-9));
            }
            assertThat(mean(stepped)[0]).isCloseTo(.75 * mean(old)[0] + .25 * mean(plain)[0], within(1e-9));
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> new GaussianFit(null, null, null, null, 1.0, null))
                .hasMessage("model.fit.entropy is 1.0: must be in (0, 1); leave the key out for none");
        assertThatThrownBy(() -> new GaussianFit(null, null, null, 1.5, null, null))
                .hasMessage("model.fit.shrink is 1.5: must be in (0, 1]; leave the key out for none");
        assertThatThrownBy(() -> fitted(new GaussianFit(null, 9.0, null, null, null, null), null))
                .hasMessageContaining("generation 1 has no point further than model.fit.tail 9.0");
        assertThat(new GaussianSpec(Estimator.BIASED).canFineTune()).isFalse();
    }
}
