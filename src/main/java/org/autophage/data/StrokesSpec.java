package org.autophage.data;

import org.autophage.base.AutophageException;

/**
 * Digit-like glyphs drawn on demand; needs no file and never runs out.
 *
 * @param size rows and columns of an image, pixels, 16 to 64
 * @param holdout images held out for the metrics
 * @param seed another seed gives other images of the same distribution
 */
public record StrokesSpec(int size, int holdout, long seed) implements DatasetSpec {
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
