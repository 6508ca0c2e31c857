package org.autophage.model;

import java.util.List;
import org.autophage.base.AutophageException;
import org.jspecify.annotations.Nullable;

/** Bounds of how large a network may be asked for: beyond them a number is a slip, and no machine holds what it says. */
public final class NetworkSize {
    private static final int MOST_FEATURES = 16_384;
    private static final int MOST_LAYERS = 256;
    private static final int MOST_RESOLUTIONS = 10;
    private static final int LARGEST_MULTIPLIER = 64;

    private NetworkSize() {}

    /** The width of a layer: channels, units or dimensions of a latent. */
    public static void features(String key, @Nullable Integer value, int least) {
        within(key, value, least, MOST_FEATURES);
    }

    /** How many layers or blocks follow each other. */
    public static void layers(String key, @Nullable Integer value, int least) {
        within(key, value, least, MOST_LAYERS);
    }

    /** How many times the channels each resolution has. */
    public static void multipliers(List<Integer> values) {
        if (values.isEmpty()
                || values.size() > MOST_RESOLUTIONS
                || values.stream().anyMatch(value -> value < 1 || value > LARGEST_MULTIPLIER)) {
            throw AutophageException.usage(
                    "model.multipliers is %s: must be 1 to %d whole numbers from 1 to %d, such as [1, 2]"
                            .formatted(values, MOST_RESOLUTIONS, LARGEST_MULTIPLIER));
        }
    }

    private static void within(String key, @Nullable Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            throw AutophageException.usage("model.%s is %d: must be %s %d"
                    .formatted(key, value, value < least ? "at least" : "at most", value < least ? least : most));
        }
    }
}
