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
            roundedDeviations[i] = (float) deviations[i];
        }
        return positive(roundedMeans, roundedDeviations);
    }

    /** With deviations that can divide where float32 takes them for 0, or a line through two models leads below. */
    static Standardization positive(float[] means, float[] deviations) {
        float[] above = new float[deviations.length];
        for (int i = 0; i < above.length; i++) {
            above[i] = Math.max(deviations[i], Float.MIN_NORMAL);
        }
        return new Standardization(means, above);
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
