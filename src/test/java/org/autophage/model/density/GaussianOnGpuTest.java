package org.autophage.model.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Density;
import org.autophage.data.Moments;
import org.autophage.data.Origins;
import org.autophage.data.PointShape;
import org.autophage.data.Points;
import org.autophage.data.TrainingSet;
import org.autophage.measure.Composition;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.model.SamplingSpec;
import org.autophage.model.density.GaussianSpec.Estimator;
import org.autophage.program.Device;
import org.autophage.program.OnGpu;
import org.junit.jupiter.api.Test;

/** Gaussians are fitted in float64, for which a GPU has other kernels. */
class GaussianOnGpuTest extends OnGpu {
    private static final int REPLICAS = 3;
    private static final int DIMENSIONS = 5;
    private static final Seeds SEEDS = new Seeds(3);

    private static ModelFamily family(Device device) {
        return new GaussianSpec(Estimator.UNBIASED)
                .family(device, new PointShape(REPLICAS, DIMENSIONS), new SamplingSpec(1, null, null, 50));
    }

    private static GenerativeModel fitted(Device device, Points points) {
        int count = points.count();
        TrainingSet set =
                new TrainingSet(points, new Origins(new int[count], new long[count]), new Composition(count, 0, 0));
        return family(device).train(set, null, SEEDS, 1, Work.UNATTENDED);
    }

    private static Points waves(int count) {
        double[] values = new double[REPLICAS * count * DIMENSIONS];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.sin(0.7 * i) + i % DIMENSIONS * Math.cos(1.3 * i);
        }
        return new Points(REPLICAS, count, DIMENSIONS, values);
    }

    /** Variances of every coordinate in every replica, and means before them. */
    private static double[] moments(GenerativeModel model) {
        Moments moments = model.density().flatMap(Density::gaussian).orElseThrow();
        double[] means = moments.means().toDoubles();
        double[] factors = moments.factors().toDoubles();
        int rows = (int) moments.factors().dims()[1];
        double[] all = Arrays.copyOf(means, 2 * means.length);
        for (int i = 0; i < factors.length; i++) {
            int replica = i / (rows * DIMENSIONS);
            all[means.length + replica * DIMENSIONS + i % DIMENSIONS] += factors[i] * factors[i];
        }
        return all;
    }

    @Test
    void fitsAreThoseOfTheCpuAndDrawsHaveTheirMoments() {
        try (GenerativeModel expected = fitted(cpu, waves(20));
                GenerativeModel found = fitted(gpu, waves(20))) {
            assertThat(moments(found)).containsExactly(moments(expected), within(1e-9));
            Points drawn = (Points) found.sample(40_000, 1.0, SEEDS.stream(1, Phase.SAMPLE), Work.UNATTENDED);
            try (GenerativeModel again = fitted(cpu, drawn)) {
                double[] fit = moments(found);
                double[] of = moments(again);
                int means = REPLICAS * DIMENSIONS;
                for (int i = 0; i < fit.length; i++) {
                    double variance = fit[i < means ? i + means : i];
                    // five standard errors of a mean, and of a variance, by 40,000 draws
                    double error = i < means ? Math.sqrt(variance / 40_000) : variance * Math.sqrt(2 / 40_000.0);
                    assertThat(of[i]).isCloseTo(fit[i], within(5 * error));
                }
            }
        }
    }
}
