package org.autophage.metrics.neighbours;

import org.autophage.base.AutophageException;
import org.autophage.metrics.features.Features;

/**
 * A shift and a scale under which the features of some sets are small: distances between rows are the same but for the
 * scale, and a matrix product cancels less. The scale is a power of two, so that scaling rounds nothing.
 *
 * @param center (width), the mean of all rows
 * @param scale brings the longest centered row to a length between 1/2 and 2
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; the array is the point
record Centering(double[] center, double scale) {
    /**
     * For sets of the same width.
     *
     * @throws AutophageException (usage) naming the first row with a NaN or an infinite value
     */
    static Centering of(Features... sets) {
        double[] center = new double[sets[0].width()];
        long count = 0;
        for (Features set : sets) {
            count += set.count();
        }
        for (Features set : sets) {
            for (int row = 0; row < set.count(); row++) {
                for (int column = 0; column < center.length; column++) {
                    center[column] += set.value(row, column) / count;
                }
            }
        }
        double longest = 0;
        for (Features set : sets) {
            for (int row = 0; row < set.count(); row++) {
                double length = 0;
                for (int column = 0; column < center.length; column++) {
                    double gap = set.value(row, column) - center[column];
                    length += gap * gap;
                }
                longest = Math.max(longest, length);
            }
        }
        if (!Double.isFinite(longest)) {
            for (Features set : sets) {
                set.requireFinite("features");
            }
            throw AutophageException.usage("features are too large to be squared: must be below 1e150");
        }
        double scale = longest == 0 ? 1 : Math.scalb(1.0, -Math.getExponent(Math.sqrt(longest)));
        return new Centering(center, scale);
    }

    /** A row, centered and scaled, in units of 1/{@link #scale}. */
    void row(Features features, int row, double[] into) {
        for (int column = 0; column < center.length; column++) {
            into[column] = (features.value(row, column) - center[column]) * scale;
        }
    }
}
