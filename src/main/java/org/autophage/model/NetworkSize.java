package org.autophage.model;

import java.util.List;
import org.autophage.base.Range;
import org.autophage.base.WrongValue;

/** Bounds of how large a network may be asked for: beyond them a number is a slip, and no machine holds what it says. */
public final class NetworkSize {
    private static final int MOST_FEATURES = 16_384;
    private static final int MOST_LAYERS = 256;
    private static final int MOST_RESOLUTIONS = 10;
    private static final int LARGEST_MULTIPLIER = 64;

    private NetworkSize() {}

    /** The width of a layer: channels, units or dimensions of a latent. */
    public static Range features(int least) {
        return Range.wholeFrom(least, MOST_FEATURES);
    }

    /** How many layers or blocks follow each other. */
    public static Range layers(int least) {
        return Range.wholeFrom(least, MOST_LAYERS);
    }

    /**
     * Looks how many times the channels each resolution has.
     *
     * @throws WrongValue if there are none or too many, or one is out of bounds
     */
    public static void checkMultipliers(List<Integer> values) {
        if (values.isEmpty()
                || values.size() > MOST_RESOLUTIONS
                || values.stream().anyMatch(value -> value < 1 || value > LARGEST_MULTIPLIER)) {
            throw WrongValue.of(
                    "model.multipliers",
                    values,
                    "must be 1 to %d whole numbers from 1 to %d, such as [1, 2]"
                            .formatted(MOST_RESOLUTIONS, LARGEST_MULTIPLIER));
        }
    }
}
