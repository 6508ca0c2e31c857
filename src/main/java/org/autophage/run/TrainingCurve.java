package org.autophage.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.base.PlainFiles;

/**
 * {@code training.csv}: figures of some steps of one generation's training.
 *
 * @param columns the names, {@code step} among them
 * @param rows a number a column, in the file's order; never empty
 */
public record TrainingCurve(List<String> columns, List<double[]> rows) {
    private static final String STEP = "step";

    /** A part of the schedule, known beforehand. */
    private static final String LEARNING_RATE = "learningRate";

    /**
     * Reads the file; empty where it is not there or has no row.
     *
     * @throws AutophageException with USAGE, naming the line, where it is no training curve
     */
    public static Optional<TrainingCurve> read(Path file) {
        Optional<String> text;
        try {
            text = PlainFiles.text(file);
        } catch (IOException e) {
            throw DiskErrors.cannotRead(file, e);
        }
        if (text.isEmpty()) {
            return Optional.empty();
        }
        List<String> lines = text.get().lines().toList();
        List<String> header = lines.isEmpty() ? List.of() : List.of(lines.get(0).split(","));
        if (!header.contains(STEP) || header.stream().noneMatch(TrainingCurve::isFigure)) {
            throw corrupt(file, 1, "its header must name the column step and one of a loss");
        }
        List<double[]> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                rows.add(row(file, i + 1, lines.get(i).split(","), header));
            }
        }
        return rows.isEmpty() ? Optional.empty() : Optional.of(new TrainingCurve(header, rows));
    }

    private static double[] row(Path file, int line, String[] cells, List<String> header) {
        double[] row = new double[header.size()];
        for (int i = 0; i < row.length; i++) {
            try {
                row[i] = Double.parseDouble(cells[i]);
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw corrupt(file, line, "it has no number for " + header.get(i));
            }
        }
        return row;
    }

    private static AutophageException corrupt(Path file, int line, String reason) {
        return AutophageException.usage(file + " is corrupt in line " + line + ": " + reason);
    }

    private static boolean isFigure(String column) {
        return !column.equals(STEP) && !column.equals(LEARNING_RATE);
    }

    /** The columns that the training made: losses, scores, norms of gradients. */
    public List<String> figures() {
        return columns.stream().filter(TrainingCurve::isFigure).toList();
    }

    /** One number of a row. */
    public double value(double[] row, String column) {
        return row[columns.indexOf(column)];
    }

    /** The training step that a row is of, counted from 1 in every generation. */
    public long step(double[] row) {
        return (long) value(row, STEP);
    }

    /** The step of the last row. */
    public long lastStep() {
        return step(rows.get(rows.size() - 1));
    }
}
