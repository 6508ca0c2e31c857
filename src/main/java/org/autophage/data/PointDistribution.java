package org.autophage.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** The laws that datasets of points are drawn from; {@code dataset.distribution} of a spec. */
public enum PointDistribution {
    /** N(0, I) in any number of dimensions. */
    @JsonProperty("gaussian")
    GAUSSIAN;

    /** As written in a spec. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How many dimensions its points have, where a spec does not say: 1 for those that exist in any number. */
    int defaultDimensions() {
        return 1;
    }

    /**
     * The law in a number of dimensions.
     *
     * @throws org.autophage.base.AutophageException (usage) if it does not exist in that many
     */
    PointLaw law(int dimensions) {
        return new StandardGaussian(dimensions);
    }
}
