package org.autophage.measure;

import java.util.Locale;
import java.util.Optional;

/**
 * Numbers of a record about the factors that real samples were drawn from, by {@code byFactor.width.widest}: the share of samples that
 * are of the tenth of the real ones with the highest values of width, and {@code byFactor.width.known}: how well a sample tells its
 * width.
 *
 * @param factor such as "width"
 * @param tail such as "widest"; empty of how well it is known
 */
public record FactorTails(String factor, Optional<String> tail) {
    private static final String BY_FACTOR = "byFactor.";
    private static final String KNOWN = "known";

    /** The share of samples that are of a tenth of the real ones; a tenth where nothing is lost. */
    public static Metric share(String factor, String tail) {
        return new FactorTails(factor, Optional.of(tail)).metric();
    }

    /** The correlation of a factor with what is estimated of it, over real samples that nothing was fitted to. */
    public static Metric known(String factor) {
        return new FactorTails(factor, Optional.empty()).metric();
    }

    /** What a key says; empty if it is of something else. */
    public static Optional<FactorTails> of(String key) {
        int end = key.lastIndexOf('.');
        if (!key.startsWith(BY_FACTOR) || end <= BY_FACTOR.length()) {
            return Optional.empty();
        }
        String last = key.substring(end + 1);
        return Optional.of(new FactorTails(
                key.substring(BY_FACTOR.length(), end), last.equals(KNOWN) ? Optional.empty() : Optional.of(last)));
    }

    /** The number. */
    public Metric metric() {
        String key = BY_FACTOR + factor + "." + tail.orElse(KNOWN);
        String label = tail.isPresent() ? "The " + words() + " tenth" : "Correlation of " + factor;
        String meaning = tail.isPresent()
                ? "Share of samples that are as the %s tenth of the real ones; .1 where nothing is lost."
                        .formatted(words())
                : "Of %s and what is estimated of it, over real samples.".formatted(factor);
        return new Metric(key, label, Metrics.lowerCase(label), meaning, Metric.Scale.SHARE, Metric.Better.NEITHER);
    }

    /** The tail inside a sentence: "widest", "rightmost leaning". */
    public String words() {
        return tail.orElse(KNOWN).replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
