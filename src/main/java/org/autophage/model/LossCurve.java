package org.autophage.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The course of a training: one point every few steps. Saved as {@code training.csv}. */
public final class LossCurve {
    private static final int COLUMNS = 4;

    private final List<float[]> points = new ArrayList<>();

    /**
     * Adds a point.
     *
     * @param step counted from 1
     * @param gradientNorm before clipping
     */
    public void add(int step, double loss, double gradientNorm, double learningRate) {
        points.add(new float[] {step, (float) loss, (float) gradientNorm, (float) learningRate});
    }

    /** All points in one array, for a checkpoint. */
    public float[] toArray() {
        float[] array = new float[points.size() * COLUMNS];
        for (int i = 0; i < points.size(); i++) {
            System.arraycopy(points.get(i), 0, array, i * COLUMNS, COLUMNS);
        }
        return array;
    }

    /** What {@link #toArray} gave, as a curve again. */
    public static LossCurve of(float[] array) {
        LossCurve curve = new LossCurve();
        for (int i = 0; i < array.length; i += COLUMNS) {
            curve.points.add(java.util.Arrays.copyOfRange(array, i, i + COLUMNS));
        }
        return curve;
    }

    /** Writes the columns step, loss, gradientNorm, learningRate. */
    public void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>(List.of("step,loss,gradientNorm,learningRate"));
        for (float[] point : points) {
            lines.add(String.format(Locale.ROOT, "%d,%s,%s,%s", (int) point[0], point[1], point[2], point[3]));
        }
        Files.write(file, lines);
    }
}
