package org.autophage.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The training loss of one generation, thinned for plotting: neighbouring steps are averaged into at most
 * {@link #POINTS} points, because single steps are noise and a page has room for few.
 *
 * @param steps the mean step of each point
 * @param losses the mean loss of each point
 */
record LossCurve(double[] steps, double[] losses) {
    static final int POINTS = 240;

    /** Reads {@code training.csv}; empty where the file is not there or has no row. */
    static Optional<LossCurve> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = RunFolder.text(file).lines().toList();
        List<String> header = lines.isEmpty() ? List.of() : List.of(lines.get(0).split(","));
        int step = header.indexOf("step");
        int loss = header.indexOf("loss");
        if (step < 0 || loss < 0) {
            throw RunFolder.corrupt(file, 1, "its header must name the columns step and loss");
        }
        List<double[]> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                rows.add(row(file, i + 1, lines.get(i).split(","), step, loss));
            }
        }
        return rows.isEmpty() ? Optional.empty() : Optional.of(thin(rows));
    }

    private static double[] row(Path file, int line, String[] cells, int step, int loss) {
        try {
            return new double[] {Double.parseDouble(cells[step]), Double.parseDouble(cells[loss])};
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw RunFolder.corrupt(file, line, "it has no number for step or loss");
        }
    }

    private static LossCurve thin(List<double[]> rows) {
        int points = Math.min(POINTS, rows.size());
        double[] steps = new double[points];
        double[] losses = new double[points];
        for (int p = 0; p < points; p++) {
            int from = (int) ((long) p * rows.size() / points);
            int to = (int) ((p + 1L) * rows.size() / points);
            List<double[]> part = rows.subList(from, to);
            steps[p] = part.stream().mapToDouble(row -> row[0]).average().orElseThrow();
            losses[p] = part.stream().mapToDouble(row -> row[1]).average().orElseThrow();
        }
        return new LossCurve(steps, losses);
    }
}
