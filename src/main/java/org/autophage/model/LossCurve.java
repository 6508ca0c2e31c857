package org.autophage.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.autophage.run.TrainingCurve;

/** The course of a training: one point of named figures every few steps. Saved as {@code training.csv}. */
public final class LossCurve {
    private static final String FILE = "training.csv";

    /** What is told of a network that is trained alone; the norm is that before clipping. */
    public static final List<String> OF_ONE_NETWORK = List.of("loss", "gradientNorm");

    private final List<String> figures;
    private final int columns;
    private final List<float[]> points = new ArrayList<>();

    /** A curve of {@link #OF_ONE_NETWORK}. */
    public LossCurve() {
        this(OF_ONE_NETWORK);
    }

    /**
     * @param figures names of what is told of a step besides its number and learning rate
     */
    public LossCurve(List<String> figures) {
        this.figures = List.copyOf(figures);
        this.columns = figures.size() + 2;
    }

    /**
     * Adds a point.
     *
     * @param step counted from 1
     * @param values of the figures, in their order
     */
    public void add(int step, double[] values, double learningRate) {
        float[] point = new float[columns];
        point[0] = step;
        for (int i = 0; i < values.length; i++) {
            point[1 + i] = (float) values[i];
        }
        point[columns - 1] = (float) learningRate;
        points.add(point);
    }

    /**
     * The mean of one figure over the newest points.
     *
     * @param count how many points; nothing if there are fewer
     */
    public OptionalDouble newest(String figure, int count) {
        if (points.size() < count) {
            return OptionalDouble.empty();
        }
        int column = 1 + figures.indexOf(figure);
        return points.subList(points.size() - count, points.size()).stream()
                .mapToDouble(point -> point[column])
                .average();
    }

    /** All points in one array, for a checkpoint. */
    public float[] toArray() {
        float[] array = new float[points.size() * columns];
        for (int i = 0; i < points.size(); i++) {
            System.arraycopy(points.get(i), 0, array, i * columns, columns);
        }
        return array;
    }

    /** What {@link #toArray} gave, as a curve of the same figures again. */
    public static LossCurve of(List<String> figures, float[] array) {
        LossCurve curve = new LossCurve(figures);
        for (int i = 0; i < array.length; i += curve.columns) {
            curve.points.add(Arrays.copyOfRange(array, i, i + curve.columns));
        }
        return curve;
    }

    /** Writes {@link #FILE} with the columns step, the figures by their names, learningRate. */
    public void write(Path folder) throws IOException {
        List<String> lines = new ArrayList<>(List.of("step," + String.join(",", figures) + ",learningRate"));
        for (float[] point : points) {
            StringBuilder line = new StringBuilder(Integer.toString((int) point[0]));
            for (int i = 1; i < columns; i++) {
                line.append(',').append(point[i]);
            }
            lines.add(line.toString());
        }
        Files.write(folder.resolve(FILE), lines);
    }

    /** Reads what {@link #write} left in a folder; an empty curve where there is none, as beside models from elsewhere. */
    public static LossCurve read(Path folder) {
        return TrainingCurve.read(folder.resolve(FILE)).map(LossCurve::of).orElseGet(LossCurve::new);
    }

    /** By the columns' names; 0 for a learning rate that the file does not have. */
    private static LossCurve of(TrainingCurve read) {
        LossCurve curve = new LossCurve(read.figures());
        List<String> names = new ArrayList<>(List.of("step"));
        names.addAll(read.figures());
        names.add("learningRate");
        for (double[] row : read.rows()) {
            float[] point = new float[curve.columns];
            for (int i = 0; i < point.length; i++) {
                point[i] = read.columns().contains(names.get(i)) ? (float) read.value(row, names.get(i)) : 0;
            }
            curve.points.add(point);
        }
        return curve;
    }
}
