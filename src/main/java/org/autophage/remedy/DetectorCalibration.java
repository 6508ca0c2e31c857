package org.autophage.remedy;

/**
 * A temperature T for the log-odds of a yes or no, q = σ(l/T), the most probable one (Guo et al., arXiv 1706.04599), and how far the
 * probabilities are from frequencies then.
 *
 * @param temperature T, above 0
 * @param error expected calibration error: the mean over all of |frequency − mean probability| of their tenth of [0, 1]
 */
record DetectorCalibration(double temperature, double error) {
    private static final int BINS = 10;
    private static final int STEPS = 100;
    private static final double LEAST = 1e-3;
    private static final double MOST = 1e3;

    /** Fits the temperature to log-odds of samples that the detector has not seen. */
    static DetectorCalibration of(double[] logOdds, boolean[] yes) {
        double slope = slope(logOdds, yes);
        double[] sums = new double[BINS];
        for (int i = 0; i < yes.length; i++) {
            double probability = probability(slope * logOdds[i]);
            int bin = Math.min(BINS - 1, (int) (BINS * probability));
            sums[bin] += (yes[i] ? 1 : 0) - probability;
        }
        double error = 0;
        for (double sum : sums) {
            error += Math.abs(sum) / yes.length;
        }
        return new DetectorCalibration(1 / slope, error);
    }

    /** 1/T by bisection of the log-likelihood's derivative, which falls. */
    private static double slope(double[] logOdds, boolean[] yes) {
        double low = 1 / MOST;
        double high = 1 / LEAST;
        for (int step = 0; step < STEPS; step++) {
            double middle = Math.sqrt(low * high);
            double derivative = 0;
            for (int i = 0; i < yes.length; i++) {
                derivative += ((yes[i] ? 1 : 0) - probability(middle * logOdds[i])) * logOdds[i];
            }
            if (derivative > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.sqrt(low * high);
    }

    static double probability(double logOdds) {
        return 1 / (1 + Math.exp(-logOdds));
    }

    /** ln q of log-odds, without rounding where q is near 0. */
    double logProbability(double logOdds) {
        double scaled = logOdds / temperature;
        return scaled < 0 ? scaled - Math.log1p(Math.exp(scaled)) : -Math.log1p(Math.exp(-scaled));
    }
}
