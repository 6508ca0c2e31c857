package org.autophage.data;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.autophage.program.Scope;

/** A law that real points are drawn from, with what is known of it. */
public interface PointLaw {
    int dimensions();

    /** Draws one point into {@code values[at]}, …, {@code values[at + dimensions − 1]}. */
    void draw(CounterRandom random, double[] values, int at);

    /** The mean, in d dimensions. */
    double[] mean();

    /** The covariance, positive definite, of shape (d, d), row-major. */
    double[] covariance();

    /** Whether the law is a Gaussian, so that mean and covariance say everything about it. */
    default boolean isGaussian() {
        return false;
    }

    /** Natural logarithm of the density at the point {@code values[at]}, …, where it has a formula. */
    default OptionalDouble logDensity(double[] values, int at) {
        return OptionalDouble.empty();
    }

    /** The modes of a law that consists of separate ones: centres and the standard deviation around each. */
    default Optional<Modes> modes() {
        return Optional.empty();
    }

    /**
     * Mean and covariance of one replica, on a device.
     *
     * @param scope owns what is returned
     */
    default Moments moments(Scope scope) {
        int d = dimensions();
        return new Moments(scope.doubles(mean(), 1, 1, d), scope.doubles(factor(covariance(), d), 1, d, d));
    }

    /** F, upper triangular, with Σ = FᵀF: Cholesky's decomposition. */
    private static double[] factor(double[] covariance, int d) {
        double[] factor = new double[d * d];
        for (int row = 0; row < d; row++) {
            for (int column = row; column < d; column++) {
                double rest = covariance[row * d + column];
                for (int above = 0; above < row; above++) {
                    rest -= factor[above * d + row] * factor[above * d + column];
                }
                factor[row * d + column] = column == row ? Math.sqrt(rest) : rest / factor[row * d + row];
            }
        }
        return factor;
    }

    /**
     * Separate modes of equal weight.
     *
     * @param centres of each, in d dimensions
     * @param deviation standard deviation of every coordinate around a centre
     */
    record Modes(List<double[]> centres, double deviation) {}
}
