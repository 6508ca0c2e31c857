package org.autophage.model.density;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.autophage.data.PointShape;
import org.autophage.program.SafeTensors.FloatArray;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/**
 * The affine map that gives training points mean 0 and deviation 1, held in float32 as it is saved.
 *
 * @param means (R, 1, d), row-major
 * @param deviations (R, 1, d), row-major, all above 0
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
record Standardization(float[] means, float[] deviations) {
    private static final String MEAN = "standardization.mean";
    private static final String DEVIATION = "standardization.deviation";

    /** Of its arrays in files, in order. */
    static final List<String> NAMES = List.of(MEAN, DEVIATION);

    Standardization {
        deviations = deviations.clone();
        for (int i = 0; i < deviations.length; i++) {
            // It still has to divide where float32 takes it for 0, or a line through two models leads below.
            deviations[i] = Math.max(deviations[i], Float.MIN_NORMAL);
        }
    }

    static Standardization rounded(double[] means, double[] deviations) {
        return new Standardization(floats(means), floats(deviations));
    }

    /** What {@link #arrays} gave. */
    static Standardization of(Map<String, FloatArray> arrays) {
        return new Standardization(elements(arrays, MEAN), elements(arrays, DEVIATION));
    }

    private static float[] elements(Map<String, FloatArray> arrays, String name) {
        return Objects.requireNonNull(arrays.get(name)).elements();
    }

    /** For a file, by their names in it. */
    Map<String, FloatArray> arrays(PointShape shape) {
        long[] dims = {shape.replicas(), 1, shape.dimensions()};
        Map<String, FloatArray> arrays = new LinkedHashMap<>();
        arrays.put(MEAN, new FloatArray(means, dims));
        arrays.put(DEVIATION, new FloatArray(deviations, dims));
        return arrays;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    Tensor mean(Scope scope, PointShape shape) {
        return tensor(means, scope, shape);
    }

    Tensor deviation(Scope scope, PointShape shape) {
        return tensor(deviations, scope, shape);
    }

    private static Tensor tensor(float[] values, Scope scope, PointShape shape) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return scope.doubles(doubles, shape.replicas(), 1, shape.dimensions());
    }
}
