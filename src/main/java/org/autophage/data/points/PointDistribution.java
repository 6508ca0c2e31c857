package org.autophage.data.points;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import java.util.function.IntFunction;
import org.autophage.base.WrongValue;
import org.autophage.data.PointLaw;

/** The laws that datasets of points are drawn from; {@code dataset.distribution} of a spec. */
public enum PointDistribution {
    /** N(0, I) in any number of dimensions. */
    @JsonProperty("gaussian")
    GAUSSIAN(true, 1, StandardGaussian::new),
    /** 25 round modes on a square grid in the plane, for counting modes that get lost. */
    @JsonProperty("grid")
    GRID(false, 2, dimensions -> MixtureLaw.grid()),
    /** Rosenbrock's banana-shaped valley in the plane. */
    @JsonProperty("rosenbrock")
    ROSENBROCK(false, 2, dimensions -> new Rosenbrock()),
    /** Three round modes in any number of dimensions. */
    @JsonProperty("blobs")
    BLOBS(true, 2, MixtureLaw::blobs),
    /** Two circles around one centre, in the plane. */
    @JsonProperty("circles")
    CIRCLES(false, 2, dimensions -> new Circles()),
    /** Two half circles that reach into each other, in the plane. */
    @JsonProperty("moons")
    MOONS(false, 2, dimensions -> new Moons()),
    /** A rolled-up sheet in space. */
    @JsonProperty("swiss-roll")
    SWISS_ROLL(false, 3, dimensions -> new SwissRoll());

    private final boolean anyDimensions;
    private final int defaultDimensions;
    private final IntFunction<PointLaw> law;

    PointDistribution(boolean anyDimensions, int defaultDimensions, IntFunction<PointLaw> law) {
        this.anyDimensions = anyDimensions;
        this.defaultDimensions = defaultDimensions;
        this.law = law;
    }

    /** As written in a spec. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How many dimensions its points have, where a spec does not say. */
    public int defaultDimensions() {
        return defaultDimensions;
    }

    /**
     * The law in a number of dimensions.
     *
     * @throws WrongValue if it does not exist in that many
     */
    public PointLaw law(int dimensions) {
        if (!anyDimensions && dimensions != defaultDimensions) {
            throw WrongValue.of(
                    "dataset.dimensions",
                    dimensions,
                    "%s exists in %d only; leave the key out".formatted(this, defaultDimensions));
        }
        return law.apply(dimensions);
    }
}
