package org.autophage.model.density;

import org.autophage.model.PointShape;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/**
 * The affine map that gives training points mean 0 and deviation 1, held in float32 as it is saved.
 *
 * @param means (R, 1, d), row-major
 * @param deviations (R, 1, d), row-major, none of them 0
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
record Standardization(float[] means, float[] deviations) {
    static Standardization rounded(double[] means, double[] deviations) {
        float[] roundedMeans = new float[means.length];
        float[] roundedDeviations = new float[means.length];
        for (int i = 0; i < means.length; i++) {
            roundedMeans[i] = (float) means[i];
            // A deviation that float32 takes for 0 still has to divide.
            roundedDeviations[i] = Math.max((float) deviations[i], Float.MIN_NORMAL);
        }
        return new Standardization(roundedMeans, roundedDeviations);
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
