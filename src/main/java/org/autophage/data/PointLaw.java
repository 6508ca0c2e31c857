package org.autophage.data;

import java.util.List;
import java.util.Optional;
import org.autophage.program.Scope;

/** A law that real points are drawn from, with what is known of it. */
public interface PointLaw {
    int dimensions();

    /** Draws one point into {@code values[at]}, …, {@code values[at + dimensions − 1]}. */
    void draw(CounterRandom random, double[] values, int at);

    /**
     * Mean and covariance of one replica, where they are known.
     *
     * @param scope owns what is returned
     */
    default Optional<Moments> moments(Scope scope) {
        return Optional.empty();
    }

    /** Whether {@link #moments} are known. */
    default boolean hasExactMoments() {
        return false;
    }

    /** The modes of a law that consists of separate ones: centres and the standard deviation around each. */
    default Optional<Modes> modes() {
        return Optional.empty();
    }

    /**
     * Separate modes of equal weight.
     *
     * @param centres of each, in d dimensions
     * @param deviation standard deviation of every coordinate around a centre
     */
    record Modes(List<double[]> centres, double deviation) {}
}
