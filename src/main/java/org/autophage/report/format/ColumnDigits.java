package org.autophage.report.format;

import java.util.Collection;
import java.util.List;
import org.autophage.measure.Metric;
import org.autophage.report.records.Estimate;

/**
 * How many decimals a column of a table has, means, intervals and differences alike: two significant digits of the
 * median half-width, and one at least of the smallest, so that no interval is written as zero. A column without
 * intervals has the decimals of its median value.
 */
public final class ColumnDigits {
    private static final int MOST = 9;

    /** Half-widths below this share of their mean are noise of floating point: all seeds have one value. */
    private static final double NEGLIGIBLE = 1e-9;

    private ColumnDigits() {}

    /**
     * The decimals of a column.
     *
     * @param metric whose values it has
     * @param numbers everything that is written in it
     */
    public static int of(Metric metric, Collection<Estimate> numbers) {
        List<Double> widths = numbers.stream()
                .filter(Estimate::hasInterval)
                .filter(number -> number.halfWidth() > NEGLIGIBLE * Math.abs(number.mean()))
                .map(Estimate::halfWidth)
                .sorted()
                .toList();
        if (widths.isEmpty()) {
            List<Double> sizes = numbers.stream()
                    .filter(Estimate::isPresent)
                    .map(number -> Math.abs(number.mean()))
                    .sorted()
                    .toList();
            return MetricFormat.decimals(metric, sizes.isEmpty() ? 0 : sizes.get(sizes.size() / 2));
        }
        return Math.max(decimals(widths.get(widths.size() / 2), 2), decimals(widths.get(0), 1));
    }

    /** The decimals that show so many significant digits of a size above 0. */
    private static int decimals(double size, int digits) {
        return Math.max(0, Math.min(MOST, digits - 1 - (int) Math.floor(Math.log10(size))));
    }
}
