package org.autophage.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The training of one generation, thinned for plotting: neighbouring steps are averaged into at most {@link #POINTS}
 * points, because single steps are noise and a page has room for few.
 *
 * @param steps the mean step of each point
 * @param figures the mean of every figure at each point, by its column's name: the loss of a network that is trained alone,
 *     losses, scores and penalty of two that are trained against each other, norms of gradients
 */
record LossCurve(double[] steps, Map<String, double[]> figures) {
    static final int POINTS = 240;

    private static final String STEP = "step";

    /** A part of the schedule, known beforehand. */
    private static final String LEARNING_RATE = "learningRate";

    /** Reads {@code training.csv}; empty where the file is not there or has no row. */
    static Optional<LossCurve> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = RunFolder.text(file).lines().toList();
        List<String> header = lines.isEmpty() ? List.of() : List.of(lines.get(0).split(","));
        if (!header.contains(STEP) || header.stream().noneMatch(LossCurve::isFigure)) {
            throw RunFolder.corrupt(file, 1, "its header must name the column step and one of a loss");
        }
        List<double[]> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                rows.add(row(file, i + 1, lines.get(i).split(","), header));
            }
        }
        return rows.isEmpty() ? Optional.empty() : Optional.of(thin(rows, header));
    }

    private static boolean isFigure(String column) {
        return !column.equals(STEP) && !column.equals(LEARNING_RATE);
    }

    private static double[] row(Path file, int line, String[] cells, List<String> header) {
        double[] row = new double[header.size()];
        for (int i = 0; i < row.length; i++) {
            try {
                row[i] = Double.parseDouble(cells[i]);
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw RunFolder.corrupt(file, line, "it has no number for " + header.get(i));
            }
        }
        return row;
    }

    private static LossCurve thin(List<double[]> rows, List<String> header) {
        Map<String, double[]> figures = new LinkedHashMap<>();
        for (String column : header) {
            if (isFigure(column)) {
                figures.put(column, means(rows, header.indexOf(column)));
            }
        }
        return new LossCurve(means(rows, header.indexOf(STEP)), figures);
    }

    private static double[] means(List<double[]> rows, int column) {
        double[] means = new double[Math.min(POINTS, rows.size())];
        for (int p = 0; p < means.length; p++) {
            int from = (int) ((long) p * rows.size() / means.length);
            int to = (int) ((p + 1L) * rows.size() / means.length);
            means[p] = rows.subList(from, to).stream()
                    .mapToDouble(row -> row[column])
                    .average()
                    .orElseThrow();
        }
        return means;
    }
}
