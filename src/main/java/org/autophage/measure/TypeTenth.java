package org.autophage.measure;

import java.util.Optional;

/**
 * Numbers of a record about tokens by their frequency, by {@code typesByTenth.1}: the share of the tenth of the real law's different tokens
 * that are rarest, and so on, which the samples have.
 *
 * @param tenth from 1, the rarest, to 10
 */
public record TypeTenth(int tenth) {
    private static final String BY_TENTH = "typesByTenth.";

    /** How many there are. */
    public static final int TENTHS = 10;

    /** What a key says; empty if it is of something else. */
    public static Optional<TypeTenth> of(String key) {
        for (int tenth = 1; tenth <= TENTHS; tenth++) {
            if (key.equals(BY_TENTH + tenth)) {
                return Optional.of(new TypeTenth(tenth));
            }
        }
        return Optional.empty();
    }

    /** The number. */
    public Metric metric() {
        String label = "Coverage of tokens, tenth %d of %d".formatted(tenth, TENTHS);
        return new Metric(
                BY_TENTH + tenth,
                label,
                Metrics.lowerCase(label),
                "Share of these tokens that the samples have; tenths by real frequency, the rarest first.",
                Metric.Scale.SHARE,
                Metric.Better.HIGHER);
    }
}
