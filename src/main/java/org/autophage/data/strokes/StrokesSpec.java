package org.autophage.data.strokes;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.data.ClassRatios;
import org.autophage.data.DatasetSpec;
import org.jspecify.annotations.Nullable;

/**
 * Digit-like glyphs drawn on demand; needs no file and never runs out.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("Digit-like glyphs of ten classes, drawn on demand; needs no file and never runs out")
public record StrokesSpec(
        @JsonPropertyDescription("Rows and columns of an image, pixels, 16 to 64") int size,
        @JsonPropertyDescription("Images held out for the metrics, which no model trains on: 1 to 1000000") int holdout,
        @JsonPropertyDescription("Another seed gives other images of the same distribution; any whole number")
                long seed,
        @JsonPropertyDescription(
                        "By how much means of factors move from a generation to the next; without the key they stay")
                @Nullable
                FactorDrift drift,
        @JsonPropertyDescription(ClassRatios.MEANING) @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
                ClassRatios classShares)
        implements DatasetSpec {
    public static final String KIND = "strokes";

    public static final StrokesSpec DEFAULTS = new StrokesSpec(28, 10_000, 0);

    private static final int MIN_SIZE = 16;
    private static final int MAX_SIZE = 64;
    private static final int MAX_HOLDOUT = 1_000_000;

    public StrokesSpec {
        Checks.within("dataset.size", size, Range.wholeFrom(MIN_SIZE, MAX_SIZE), "for strokes");
        Checks.within("dataset.holdout", holdout, Range.wholeFrom(1, MAX_HOLDOUT), "for strokes");
    }

    /** Glyphs whose law stays as it is, of all classes alike. */
    public StrokesSpec(int size, int holdout, long seed) {
        this(size, holdout, seed, null, null);
    }

    @Override
    public StrokesDataset open() {
        return new StrokesDataset(this);
    }
}
