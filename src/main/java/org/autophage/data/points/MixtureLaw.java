package org.autophage.data.points;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.autophage.data.CounterRandom;
import org.autophage.data.PointLaw;

/** A mixture of equally likely round Gaussians N(centre, deviation² I). */
final class MixtureLaw implements PointLaw {
    private static final int GRID_SIDE = 5;
    private static final int BLOBS = 3;

    /** Gives blobs that are at least six deviations apart along the first coordinate already. */
    private static final long BLOB_SEED = 8;

    private final List<double[]> centres;
    private final double deviation;

    private MixtureLaw(List<double[]> centres, double deviation) {
        this.centres = List.copyOf(centres);
        this.deviation = deviation;
    }

    /**
     * The 25 modes in the plane on which GANs are known to lose modes: centres {−4, −2, 0, 2, 4}² and a deviation of .05
     * (Srivastava et al., VEEGAN, arXiv 1705.07761), both divided by 2√2 as by Gulrajani et al. (arXiv 1704.00028), which
     * gives the coordinates a variance of almost exactly 1.
     */
    static MixtureLaw grid() {
        double scale = 1 / (2 * Math.sqrt(2));
        List<double[]> centres = new ArrayList<>();
        for (int row = 0; row < GRID_SIDE; row++) {
            for (int column = 0; column < GRID_SIDE; column++) {
                centres.add(new double[] {scale * (2 * column - 4), scale * (2 * row - 4)});
            }
        }
        return new MixtureLaw(centres, 0.05 * scale);
    }

    /**
     * Three blobs in any number of dimensions, as scikit-learn's make_blobs has them by default: centres drawn once and
     * for all uniformly from [−10, 10)ᵈ, deviation 1.
     */
    static MixtureLaw blobs(int dimensions) {
        List<double[]> centres = new ArrayList<>();
        for (int blob = 0; blob < BLOBS; blob++) {
            double[] centre = new double[dimensions];
            CounterRandom random = new CounterRandom(BLOB_SEED, 0, blob);
            Arrays.setAll(centre, i -> 10 * random.symmetric());
            centres.add(centre);
        }
        return new MixtureLaw(centres, 1);
    }

    @Override
    public int dimensions() {
        return centres.get(0).length;
    }

    @Override
    public void draw(CounterRandom random, double[] values, int at) {
        double[] centre = centres.get(random.below(centres.size()));
        for (int i = 0; i < centre.length; i++) {
            values[at + i] = centre[i] + deviation * random.gaussian();
        }
    }

    @Override
    public double[] mean() {
        double[] mean = new double[dimensions()];
        for (double[] centre : centres) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += centre[i] / centres.size();
            }
        }
        return mean;
    }

    @Override
    public double[] covariance() {
        int d = dimensions();
        double[] mean = mean();
        double[] covariance = new double[d * d];
        for (int row = 0; row < d; row++) {
            for (int column = 0; column < d; column++) {
                for (double[] centre : centres) {
                    covariance[row * d + column] +=
                            (centre[row] - mean[row]) * (centre[column] - mean[column]) / centres.size();
                }
            }
            covariance[row * d + row] += deviation * deviation;
        }
        return covariance;
    }

    @Override
    public OptionalDouble logDensity(double[] values, int at) {
        double[] exponents = new double[centres.size()];
        for (int mode = 0; mode < exponents.length; mode++) {
            for (int i = 0; i < dimensions(); i++) {
                double gap = (values[at + i] - centres.get(mode)[i]) / deviation;
                exponents[mode] -= gap * gap / 2;
            }
        }
        double largest = Arrays.stream(exponents).max().orElseThrow();
        double sum = Arrays.stream(exponents)
                .map(exponent -> Math.exp(exponent - largest))
                .sum();
        return OptionalDouble.of(largest
                + Math.log(sum / centres.size())
                - dimensions() * (Math.log(deviation) + Math.log(2 * Math.PI) / 2));
    }

    @Override
    public Optional<Modes> modes() {
        return Optional.of(new Modes(centres, deviation));
    }
}
