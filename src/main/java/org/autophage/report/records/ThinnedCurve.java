package org.autophage.report.records;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.autophage.run.TrainingCurve;

/**
 * The training of one generation, thinned for plotting: neighbouring steps are averaged into at most {@link #POINTS}
 * points, because single steps are noise and a page has room for few.
 *
 * @param steps the mean step of each point
 * @param figures the mean of every figure at each point, by its column's name: the loss of a network that is trained alone,
 *     losses, scores and penalty of two that are trained against each other, norms of gradients
 */
public record ThinnedCurve(double[] steps, Map<String, double[]> figures) {
    public static final int POINTS = 240;

    /** Reads {@code training.csv}; empty where the file is not there or has no row. */
    public static Optional<ThinnedCurve> read(Path file) {
        return TrainingCurve.read(file).map(ThinnedCurve::thin);
    }

    private static ThinnedCurve thin(TrainingCurve curve) {
        Map<String, double[]> figures = new LinkedHashMap<>();
        for (String figure : curve.figures()) {
            figures.put(figure, means(curve.rows(), row -> curve.value(row, figure)));
        }
        return new ThinnedCurve(means(curve.rows(), curve::step), figures);
    }

    private static double[] means(List<double[]> rows, ToDoubleFunction<double[]> figure) {
        double[] means = new double[Math.min(POINTS, rows.size())];
        for (int p = 0; p < means.length; p++) {
            int from = (int) ((long) p * rows.size() / means.length);
            int to = (int) ((p + 1L) * rows.size() / means.length);
            means[p] = rows.subList(from, to).stream()
                    .mapToDouble(figure)
                    .average()
                    .orElseThrow();
        }
        return means;
    }
}
