package org.autophage.data.points;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.data.DatasetSpec;
import org.autophage.data.PointLaw;
import org.jspecify.annotations.Nullable;

/**
 * Points drawn on demand from a law whose truth is known; needs no file and never runs out.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("Points drawn on demand from a law whose truth is known; needs no file and never runs out")
public record PointsSpec(
        @JsonPropertyDescription("The law that points are drawn from") PointDistribution distribution,
        @JsonPropertyDescription(
                        "Dimensions of a point, 1 to 1000000; left out, what is natural for the law, most of which have no other")
                @Nullable
                Integer dimensions,
        @JsonPropertyDescription(REPLICAS) int replicas,
        @JsonPropertyDescription("Points held out for the metrics, 1 to 1000000") int holdout,
        @JsonPropertyDescription("Another seed gives other points of the same law; any whole number") long seed,
        @JsonPropertyDescription(
                        "By how much the law's mean moves from a generation to the next: a number, along the first dimension, or a list with one a dimension; without the key it stays")
                @Nullable
                PointDrift drift)
        implements DatasetSpec {
    public static final String KIND = "points";

    public static final PointsSpec DEFAULTS = new PointsSpec(PointDistribution.GAUSSIAN, null, 1, 1_000, 0);

    private static final int MOST = 1_000_000;

    public PointsSpec {
        Checks.within("dataset.dimensions", dimensions, Range.wholeFrom(1, MOST));
        Checks.within("dataset.replicas", replicas, Range.wholeFrom(1, MOST));
        Checks.within("dataset.holdout", holdout, Range.wholeFrom(1, MOST));
        PointLaw law = law(distribution, dimensions); // refuses what is none
        if (drift != null) {
            drift.check(law.dimensions());
        }
    }

    /** A law that stays where it is. */
    public PointsSpec(
            PointDistribution distribution, @Nullable Integer dimensions, int replicas, int holdout, long seed) {
        this(distribution, dimensions, replicas, holdout, seed, null);
    }

    /** The law in the spec's dimensions, where it is at generation 1. */
    PointLaw law() {
        return law(distribution, dimensions);
    }

    private static PointLaw law(PointDistribution distribution, @Nullable Integer dimensions) {
        return distribution.law(dimensions == null ? distribution.defaultDimensions() : dimensions);
    }

    @Override
    public PointDataset open() {
        return new PointDataset(this);
    }
}
