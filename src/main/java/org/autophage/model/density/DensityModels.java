package org.autophage.model.density;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.autophage.base.AutophageException;
import org.autophage.data.NpyArray;
import org.autophage.data.Points;
import org.autophage.data.TrainingSet;
import org.autophage.model.PointShape;
import org.autophage.model.SampleShape;
import org.autophage.model.SamplingSpec;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/** What the specs and families of all density models have in common. */
final class DensityModels {
    /** Points of every replica that are drawn at a time, where a spec does not say. */
    private static final int DEFAULT_CHUNK = 100;

    private DensityModels() {}

    /**
     * The shape of points.
     *
     * @throws AutophageException (usage) if the samples are none
     */
    static PointShape points(SampleShape shape, String kind) {
        if (shape instanceof PointShape points) {
            return points;
        }
        throw AutophageException.usage(
                "model.kind is %s, which learns points, but the dataset has %s: choose dataset.kind points or model.kind diffusion"
                        .formatted(kind, shape.describe()));
    }

    /**
     * The sampling section of a model that is drawn from directly.
     *
     * @throws AutophageException (usage) if it names a solver of a diffusion model
     */
    static SamplingSpec direct(SamplingSpec sampling, String kind) {
        if (sampling.sampler() != null || sampling.steps() != null) {
            throw AutophageException.usage("sampling.%s is %s: model.kind %s is drawn from directly; leave the key out"
                    .formatted(
                            sampling.sampler() != null ? "sampler" : "steps",
                            sampling.sampler() != null ? sampling.sampler() : sampling.steps(),
                            kind));
        }
        int chunk = sampling.chunk() == null ? DEFAULT_CHUNK : sampling.chunk();
        return new SamplingSpec(sampling.bias(), null, null, chunk);
    }

    /**
     * An array of a saved model.
     *
     * @throws AutophageException (usage) if it is missing
     */
    static NpyArray require(Map<String, NpyArray> arrays, String name, Path folder) {
        NpyArray array = arrays.get(name);
        if (array == null) {
            throw AutophageException.usage("%s has no array '%s': it is not this model's".formatted(folder, name));
        }
        return array;
    }

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

    /** The points of a training set; loops check kinds before they start. */
    static Points points(TrainingSet training) {
        if (training.samples() instanceof Points points) {
            return points;
        }
        throw new IllegalArgumentException("density models learn points");
    }
}
