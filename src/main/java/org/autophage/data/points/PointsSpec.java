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
        @JsonPropertyDescription(
                        "Independent copies of the whole experiment that run as one batch, 1 to 1000000; records hold means over them")
                int replicas,
        @JsonPropertyDescription("Points held out for the metrics, 1 to 1000000") int holdout,
        @JsonPropertyDescription("Another seed gives other points of the same law; any whole number") long seed)
        implements DatasetSpec {
    public static final String KIND = "points";

    public static final PointsSpec DEFAULTS = new PointsSpec(PointDistribution.GAUSSIAN, null, 1, 1_000, 0);

    private static final int MOST = 1_000_000;

    public PointsSpec {
        Checks.within("dataset.dimensions", dimensions, Range.wholeFrom(1, MOST));
        Checks.within("dataset.replicas", replicas, Range.wholeFrom(1, MOST));
        Checks.within("dataset.holdout", holdout, Range.wholeFrom(1, MOST));
        distribution.law(dimensions == null ? distribution.defaultDimensions() : dimensions); // refuses what is none
    }

    /** The law in the spec's dimensions. */
    PointLaw law() {
        return distribution.law(dimensions == null ? distribution.defaultDimensions() : dimensions);
    }

    @Override
    public PointDataset open() {
        return new PointDataset(this);
    }
}
