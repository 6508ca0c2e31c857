package org.autophage.run;

import java.util.Locale;
import java.util.Optional;

/**
 * How good the classifiers are on which a record's metrics rest: the share of real images that they had not seen, the
 * holdout's, of which they name the class.
 */
public final class ClassifierAccuracy {
    /** Below this a classifier does not know its classes well enough for its features, or its answers, to mean much. */
    public static final double LEVEL = 0.8;

    /** Of a float64 below 100. */
    private static final int MOST_DIGITS = 15;

    private ClassifierAccuracy() {}

    /** What is to be said aloud of the features' classifier; nothing where it is good enough. */
    public static Optional<String> warningOfFeatures(String name, double accuracy) {
        return accuracy >= LEVEL
                ? Optional.empty()
                : Optional.of(
                        ("WARNING: the features come from the classifier %s, which is right on only %s of held-out real images (%s is needed):"
                                        + " Fréchet distance, precision, recall, density and coverage on them say little;"
                                        + " use metrics.features: inception or pixels, or more real images")
                                .formatted(name, percent(accuracy), percent(LEVEL)));
    }

    /** What is to be said aloud of the judge; nothing where it is good enough. */
    public static Optional<String> warningOfJudge(String name, double accuracy) {
        return accuracy >= LEVEL
                ? Optional.empty()
                : Optional.of(
                        ("WARNING: the independent classifier %s is right on only %s of held-out real images (%s is needed):"
                                        + " label accuracy and the classes' shares are mostly its own mistakes")
                                .formatted(name, percent(accuracy), percent(LEVEL)));
    }

    /** What is to be said aloud of a classifier that chooses samples; nothing where it is good enough. */
    public static Optional<String> warningOfVerifier(String name, double accuracy) {
        return accuracy >= LEVEL
                ? Optional.empty()
                : Optional.of(
                        ("WARNING: the classifier %s that chooses samples is right on only %s of held-out real images (%s is needed):"
                                        + " what it is sure of may be wrong")
                                .formatted(name, percent(accuracy), percent(LEVEL)));
    }

    /** "62%", "99.3%"; "100%" only of all, "0%" only of none, and "99.98%" with as many digits as that takes. */
    public static String percent(double share) {
        double percent = 100 * share;
        int digits = percent >= 99 && percent < 100 ? 1 : 0;
        String text = format(percent, digits);
        while (share > 0 && share < 1 && (isRounded(text, 0) || isRounded(text, 100)) && digits < MOST_DIGITS) {
            text = format(percent, ++digits);
        }
        return text + "%";
    }

    private static String format(double percent, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", percent);
    }

    private static boolean isRounded(String text, double end) {
        return Double.parseDouble(text) == end;
    }
}
