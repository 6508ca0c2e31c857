package org.autophage.model.density;

import java.util.Arrays;
import org.autophage.data.Points;
import org.autophage.data.TrainingSet;
import org.autophage.data.npy.NpyArray;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/** What the families of all density models have in common. */
final class DensityModels {
    private DensityModels() {}

    /** A float64 tensor as it is saved. */
    static NpyArray array(Tensor tensor) {
        return NpyArray.ofDoubles(
                tensor.toDoubles(),
                Arrays.stream(tensor.dims()).mapToInt(Math::toIntExact).toArray());
    }

    /** A saved float64 array as a tensor of the same shape. */
    static Tensor tensor(NpyArray array, Scope scope) {
        return scope.doubles(
                array.toDoubles(), Arrays.stream(array.shape()).asLongStream().toArray());
    }

    /** Points that all replicas are asked about, as a tensor (1, N, d). */
    static Tensor shared(Points points, Scope scope) {
        return scope.doubles(points.values(), 1, points.count(), points.dimensions());
    }

    /** The points of a training set; loops check kinds before they start. */
    static Points points(TrainingSet training) {
        return training.samples()
                .points()
                .orElseThrow(() -> new IllegalArgumentException("density models learn points"));
    }
}
