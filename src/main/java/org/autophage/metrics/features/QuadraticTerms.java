package org.autophage.metrics.features;

/**
 * What a regression is told of a row: its features standardized, then their squares, or all products of two of them.
 *
 * @param scales that rows are standardized by
 * @param products whether products of different features are among them
 */
public record QuadraticTerms(ColumnScales scales, boolean products) {
    /** How many there are of so many features, products included. */
    public static long countOfAll(int width) {
        return width + (long) width * (width + 1) / 2;
    }

    /** How many there are. */
    public int count() {
        int width = scales.width();
        return products ? Math.toIntExact(countOfAll(width)) : 2 * width;
    }

    /** Those of rows, in float32: there may be many. */
    public Features of(Features rows) {
        int width = scales.width();
        float[] told = new float[Math.multiplyExact(rows.count(), count())];
        double[] row = new double[width];
        for (int i = 0, next = 0; i < rows.count(); i++) {
            scales.standardize(rows, i, row);
            for (double each : row) {
                told[next++] = (float) each;
            }
            for (int a = 0; a < width; a++) {
                for (int b = a; b < (products ? width : a + 1); b++) {
                    told[next++] = (float) (row[a] * row[b]);
                }
            }
        }
        return Features.ofRows(count(), told);
    }
}
