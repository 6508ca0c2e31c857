package org.autophage.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.base.PlainFiles;

/** The course of one generation's training, as {@code training.csv} has it: a row of named figures every few steps. */
public final class TrainingCurve {
    /** What is told of a network that is trained alone; the norm is that before clipping. */
    public static final List<String> OF_ONE_NETWORK = List.of("loss", "gradientNorm");

    private static final String STEP = "step";

    /** A part of the schedule, known beforehand. */
    private static final String LEARNING_RATE = "learningRate";

    private final List<String> figures;
    /** Step, figures, learning rate. */
    private final List<String> columns;

    private final List<double[]> rows = new ArrayList<>();

    /** A curve of {@link #OF_ONE_NETWORK}. */
    public TrainingCurve() {
        this(OF_ONE_NETWORK);
    }

    /** @param figures names of what is told of a step besides its number and learning rate */
    public TrainingCurve(List<String> figures) {
        this.figures = List.copyOf(figures);
        List<String> all = new ArrayList<>(figures);
        all.add(0, STEP);
        all.add(LEARNING_RATE);
        this.columns = List.copyOf(all);
    }

    /**
     * Adds a row, in the precision that networks are trained in.
     *
     * @param step counted from 1 in every generation
     * @param values of the figures, in their order
     */
    public void add(int step, double[] values, double learningRate) {
        double[] row = new double[columns.size()];
        row[0] = step;
        for (int i = 0; i < values.length; i++) {
            row[1 + i] = (float) values[i];
        }
        row[row.length - 1] = (float) learningRate;
        rows.add(row);
    }

    /** What the training made: losses, scores, norms of gradients. */
    public List<String> figures() {
        return figures;
    }

    /** A number a column, in order: step, figures, learning rate. */
    public List<double[]> rows() {
        return Collections.unmodifiableList(rows);
    }

    /** A figure of a row. */
    public double value(double[] row, String figure) {
        return row[columns.indexOf(figure)];
    }

    /** The step that a row is of. */
    public long step(double[] row) {
        return (long) row[0];
    }

    /** The step of the last row; 0 where there is none. */
    public long lastStep() {
        return rows.isEmpty() ? 0 : step(rows.get(rows.size() - 1));
    }

    /**
     * The mean of one figure over the newest rows.
     *
     * @param count how many rows; nothing if there are fewer
     */
    public OptionalDouble newest(String figure, int count) {
        if (rows.size() < count) {
            return OptionalDouble.empty();
        }
        return rows.subList(rows.size() - count, rows.size()).stream()
                .mapToDouble(row -> value(row, figure))
                .average();
    }

    /** All rows in one array, for a checkpoint. */
    public float[] toArray() {
        float[] array = new float[rows.size() * columns.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = (float) rows.get(i / columns.size())[i % columns.size()];
        }
        return array;
    }

    /** What {@link #toArray} gave, as a curve of the same figures again. */
    public static TrainingCurve of(List<String> figures, float[] array) {
        TrainingCurve curve = new TrainingCurve(figures);
        int width = curve.columns.size();
        for (int at = 0; at < array.length; at += width) {
            double[] row = new double[width];
            for (int i = 0; i < width; i++) {
                row[i] = array[at + i];
            }
            curve.rows.add(row);
        }
        return curve;
    }

    /** Writes the file of a generation's folder, or of another one that holds a model. */
    public void write(Path folder) throws IOException {
        List<String> lines = new ArrayList<>(List.of(String.join(",", columns)));
        for (double[] row : rows) {
            StringBuilder line = new StringBuilder(Long.toString(step(row)));
            for (int i = 1; i < row.length; i++) {
                line.append(',').append((float) row[i]);
            }
            lines.add(line.toString());
        }
        Files.write(new GenerationFolder(folder).training(), lines);
    }

    /** Reads what {@link #write} left in a folder; an empty curve where there is none, as beside models from elsewhere. */
    public static TrainingCurve in(Path folder) {
        return read(new GenerationFolder(folder).training()).orElseGet(TrainingCurve::new);
    }

    /**
     * Reads a file by its columns' names, 0 for a learning rate that it does not have; empty where it is not there or has no
     * row.
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
        TrainingCurve curve = new TrainingCurve(header.stream()
                .filter(column -> !column.equals(STEP) && !column.equals(LEARNING_RATE))
                .toList());
        if (!header.contains(STEP) || curve.figures.isEmpty()) {
            throw corrupt(file, 1, "its header must name the column step and one of a loss");
        }
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                curve.rows.add(curve.row(file, i + 1, lines.get(i).split(","), header));
            }
        }
        return curve.rows.isEmpty() ? Optional.empty() : Optional.of(curve);
    }

    private double[] row(Path file, int line, String[] cells, List<String> header) {
        double[] row = new double[columns.size()];
        for (int i = 0; i < header.size(); i++) {
            try {
                row[columns.indexOf(header.get(i))] = Double.parseDouble(cells[i]);
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw corrupt(file, line, "it has no number for " + header.get(i));
            }
        }
        return row;
    }

    private static AutophageException corrupt(Path file, int line, String reason) {
        return AutophageException.usage(file + " is corrupt in line " + line + ": " + reason);
    }
}
