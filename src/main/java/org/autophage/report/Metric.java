package org.autophage.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How a number of a generation's record is named, explained and written for a person. The records may hold numbers that
 * this class has never heard of: those get a name made from their key.
 *
 * @param key the name in the record; numbers of nested objects have dotted names, {@code vendiScore.fake}
 * @param label the name on the page
 * @param meaning one line that says what it is, and which way is better
 * @param scale the numbers it can be
 */
public record Metric(String key, String label, String meaning, Scale scale) {
    /** The numbers that a metric can be, which decides on axis and digits. */
    public enum Scale {
        /** Between 0 and 1; three decimals. */
        SHARE,
        /** Any number; three significant digits, for retraining moves more than that. */
        NUMBER,
        /** Wall time in seconds; one decimal. */
        SECONDS
    }

    static final String FRECHET_DISTANCE = "frechetDistance";
    static final String PRECISION = "precision";
    static final String RECALL = "recall";
    static final String LABEL_ACCURACY = "labelAccuracy";

    private static final Set<String> PLAIN_SHARES = Set.of(PRECISION, RECALL, "coverage", LABEL_ACCURACY);

    private static final Map<String, String> LABELS = Map.of(
            FRECHET_DISTANCE,
            "Fréchet distance",
            "vendiScore.fake",
            "Vendi score of the samples",
            "vendiScore.real",
            "Vendi score of the reference",
            "authenticPercent",
            "Authentic samples, %",
            "trainSeconds",
            "Training, s",
            "sampleSeconds",
            "Sampling, s",
            "metricSeconds",
            "Metrics, s");

    private static final Map<String, String> MEANINGS = Map.of(
            FRECHET_DISTANCE,
            "Distance of two Gaussians fitted to the features; lower is better.",
            PRECISION,
            "Share of samples inside the real images’ neighbourhoods: quality; higher is better.",
            RECALL,
            "Share of real images inside the samples’ neighbourhoods: diversity; higher is better.",
            "density",
            "How many real neighbourhoods a sample lies in, 1 for equal distributions.",
            "coverage",
            "Share of real neighbourhoods that hold a sample; higher is better.",
            LABEL_ACCURACY,
            "Share of samples that an independent classifier gives the label that was asked for.",
            "kernelDistance",
            "Squared maximum mean discrepancy under a cubic kernel; lower is better.",
            "authenticPercent",
            "Share of samples that are not closer to a training image than its own neighbour is.");

    /** The metric behind a key of a record. */
    static Metric of(String key) {
        Scale scale = key.endsWith("Seconds") ? Scale.SECONDS : PLAIN_SHARES.contains(key) ? Scale.SHARE : Scale.NUMBER;
        return new Metric(key, LABELS.getOrDefault(key, words(key)), MEANINGS.getOrDefault(key, ""), scale);
    }

    /** The label as it reads inside a sentence: "recall", but "Fréchet distance". */
    String inSentence() {
        return label.startsWith("Fréchet") || label.startsWith("Vendi") ? label : label.toLowerCase(Locale.ROOT);
    }

    /** The value as a page shows it. */
    public String format(double value) {
        return plain(value, decimals(value));
    }

    /** A mean with the half-width of its interval, both with the mean's number of decimals; the mean alone for one seed. */
    public String format(Estimate estimate) {
        String mean = format(estimate.mean());
        return estimate.hasInterval() ? mean + " ± " + plain(estimate.halfWidth(), decimals(estimate.mean())) : mean;
    }

    /**
     * A difference with its sign, and its half-width where it has one.
     *
     * @param change the difference
     * @param to the value that it leads to, whose number of decimals it takes
     */
    public String formatChange(Estimate change, double to) {
        int decimals = decimals(to);
        String sign = change.mean() < 0 ? "−" : "+";
        String size = sign + plain(Math.abs(change.mean()), decimals);
        return change.hasInterval() ? size + " ± " + plain(change.halfWidth(), decimals) : size;
    }

    private int decimals(double value) {
        return switch (scale) {
            case SHARE -> 3;
            case SECONDS -> 1;
            case NUMBER -> {
                double size = Math.abs(value);
                yield size == 0 ? 3 : Math.max(0, Math.min(6, 2 - (int) Math.floor(Math.log10(size))));
            }
        };
    }

    private static String plain(double value, int decimals) {
        return BigDecimal.valueOf(value)
                .setScale(decimals, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    private static String words(String key) {
        String spaced = key.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").replace('.', ' ');
        return spaced.substring(0, 1).toUpperCase(Locale.ROOT)
                + spaced.substring(1).toLowerCase(Locale.ROOT);
    }
}
