package org.autophage.metrics.features;

/**
 * Means and deviations of the columns of features, which others are standardized by.
 *
 * @param mean of each column
 * @param scale the inverse of its deviation (÷n); 0 of a column that does not vary, which then says nothing
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; the arrays are the point
public record ColumnScales(double[] mean, double[] scale) {
    /** Those of features of at least one row. */
    public static ColumnScales of(Features features) {
        int width = features.width();
        double[] mean = new double[width];
        double[] scale = new double[width];
        for (int column = 0; column < width; column++) {
            double sum = 0;
            for (int i = 0; i < features.count(); i++) {
                sum += features.value(i, column);
            }
            mean[column] = sum / features.count();
            double squares = 0;
            for (int i = 0; i < features.count(); i++) {
                double difference = features.value(i, column) - mean[column];
                squares += difference * difference;
            }
            double deviation = Math.sqrt(squares / features.count());
            scale[column] = deviation > 0 ? 1 / deviation : 0;
        }
        return new ColumnScales(mean, scale);
    }

    /** How many columns there are. */
    public int width() {
        return mean.length;
    }

    /** Standardizes a row. */
    public void standardize(Features features, int row, double[] into) {
        for (int column = 0; column < into.length; column++) {
            into[column] = (features.value(row, column) - mean[column]) * scale[column];
        }
    }
}
