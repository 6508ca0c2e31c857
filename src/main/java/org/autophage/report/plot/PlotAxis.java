package org.autophage.report.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.List;

/**
 * An axis on which some values lie. Where they span a decade or more it is logarithmic.
 *
 * @param label what the values are
 * @param values in increasing order, no two alike
 * @param logarithmic whether equal distances are equal ratios
 */
public record PlotAxis(String label, List<Double> values, boolean logarithmic) {
    private static final double DECADE = 10;

    public PlotAxis {
        values = List.copyOf(values);
    }

    /** An axis for values in any order. */
    public static PlotAxis of(String label, Collection<Double> values) {
        List<Double> sorted = values.stream().distinct().sorted().toList();
        double least = sorted.get(0);
        return new PlotAxis(label, sorted, least > 0 && sorted.get(sorted.size() - 1) >= DECADE * least);
    }

    /** A value as a length along the axis. */
    double length(double value) {
        return logarithmic ? Math.log10(value) : value;
    }

    /**
     * Where the bands around the values meet: halfway between neighbours, and as far outside of the first and the last.
     *
     * @return lengths, one more than there are values
     */
    double[] borders() {
        int count = values.size();
        double[] borders = new double[count + 1];
        for (int i = 1; i < count; i++) {
            borders[i] = (length(values.get(i - 1)) + length(values.get(i))) / 2;
        }
        double first = length(values.get(0));
        double last = length(values.get(count - 1));
        borders[0] = count > 1 ? 2 * first - borders[1] : first - 0.5;
        borders[count] = count > 1 ? 2 * last - borders[count - 1] : last + 0.5;
        return borders;
    }

    /** A number as an axis shows it: no exponent, no zeros at the end. */
    public static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : new BigDecimal(value)
                        .round(new MathContext(6))
                        .stripTrailingZeros()
                        .toPlainString();
    }
}
