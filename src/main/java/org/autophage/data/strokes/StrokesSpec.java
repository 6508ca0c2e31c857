package org.autophage.data.strokes;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.autophage.base.AutophageException;
import org.autophage.data.DatasetSpec;

/**
 * Digit-like glyphs drawn on demand; needs no file and never runs out.
 */
@JsonClassDescription("Digit-like glyphs of ten classes, drawn on demand; needs no file and never runs out")
public record StrokesSpec(
        @JsonPropertyDescription("Rows and columns of an image, pixels, 16 to 64") int size,
        @JsonPropertyDescription("Images held out for the metrics, which no model trains on: 1 to 1000000") int holdout,
        @JsonPropertyDescription("Another seed gives other images of the same distribution; any whole number")
                long seed)
        implements DatasetSpec {
    public static final String KIND = "strokes";

    public static final StrokesSpec DEFAULTS = new StrokesSpec(28, 10_000, 0);

    private static final int MIN_SIZE = 16;
    private static final int MAX_SIZE = 64;
    private static final int MAX_HOLDOUT = 1_000_000;

    public StrokesSpec {
        if (size < MIN_SIZE || size > MAX_SIZE) {
            throw AutophageException.usage(
                    "dataset.size is %d: must be from %d to %d for strokes".formatted(size, MIN_SIZE, MAX_SIZE));
        }
        if (holdout < 1 || holdout > MAX_HOLDOUT) {
            throw AutophageException.usage(
                    "dataset.holdout is %d: must be from 1 to %d for strokes".formatted(holdout, MAX_HOLDOUT));
        }
    }

    @Override
    public StrokesDataset open() {
        return new StrokesDataset(this);
    }
}
