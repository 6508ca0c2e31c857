package org.autophage.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.autophage.run.ClassifierAccuracy;

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
        /** What a generation cost, such as wall time in seconds; one decimal. */
        COST
    }

    static final String FRECHET_DISTANCE = "frechetDistance";
    static final String PRECISION = "precision";
    static final String RECALL = "recall";
    static final String LABEL_ACCURACY = "labelAccuracy";
    static final String SQUARED_WASSERSTEIN = "squaredWasserstein";
    static final String EFFECTIVE_SAMPLES = "effectiveSamples";
    static final String VARIANCE = "variance";
    static final String LOG_LIKELIHOOD = "logLikelihood";
    static final String MODES_LOST = "modesLost";

    /** The metrics behind keys of records, in the order in which a page shows them. */
    public static List<Metric> inReadingOrder(Collection<String> keys) {
        return keys.stream().map(Metric::of).sorted(KnownMetrics.readingOrder()).toList();
    }

    /** The metric behind a key of a record. */
    static Metric of(String key) {
        return KnownMetrics.find(key)
                .orElseGet(() -> new Metric(key, words(key), "", key.endsWith("Seconds") ? Scale.COST : Scale.NUMBER));
    }

    /** The key of a record's text that says which network it was measured with; empty for what a generation cost. */
    public String measuredBy() {
        if (scale == Scale.COST) {
            return "";
        }
        return ClassifierBasis.isJudged(this) || key.equals(ClassifierAccuracy.OF_JUDGE) ? "classifier" : "features";
    }

    /** Whether it is a distance, whose growth is told as a ratio. */
    boolean isDistance() {
        return key.equals(FRECHET_DISTANCE) || key.equals(SQUARED_WASSERSTEIN);
    }

    /** The label as it reads inside a sentence: "recall", but "Fréchet distance". */
    String inSentence() {
        boolean named = label.startsWith("Fréchet") || label.startsWith("Vendi");
        return named ? label : label.substring(0, 1).toLowerCase(Locale.ROOT) + label.substring(1);
    }

    /** The value as a page shows it. */
    public String format(double value) {
        return plain(value, decimals(value));
    }

    /**
     * A mean with the half-width of its interval, or with both ends where they are not equally far; the mean alone for one
     * seed. All with the mean's number of decimals.
     */
    public String format(Estimate estimate) {
        return format(estimate.mean()) + interval(estimate, decimals(estimate.mean()));
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
        return sign + plain(Math.abs(change.mean()), decimals) + interval(change, decimals);
    }

    private static String interval(Estimate estimate, int decimals) {
        if (!estimate.hasInterval()) {
            return "";
        }
        return estimate.isSymmetric()
                ? " ± " + plain(estimate.halfWidth(), decimals)
                : " [" + plain(estimate.low(), decimals) + ", " + plain(estimate.high(), decimals) + "]";
    }

    private int decimals(double value) {
        return switch (scale) {
            case SHARE -> 3;
            case COST -> 1;
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
