package org.autophage.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a model has learnt, as flat arrays in Java's memory: a point of a linear space, so that models of one family can be
 * taken further along the line through them. What the arrays are is said by the model that gives them; two models of one
 * family have arrays of the same names and lengths.
 *
 * <ul>
 *   <li>A network is one float32 array: its whole flat buffer in the layout of {@link org.autophage.program.Parameters},
 *       where every parameter starts at a multiple of 64 elements and gaps hold zeros. Diffusion models, autoencoders and
 *       flows call it {@value #NETWORK}, GANs {@code generator}.
 *   <li>A flow has {@code standardization.mean} and {@code standardization.deviation} too, float32 (R, d).
 *   <li>A Gaussian has {@code mean} (R, d) and {@code covariance} (R, d, d), float64, row-major.
 * </ul>
 *
 * @param floats arrays of float32 by name; not to be changed
 * @param doubles arrays of float64 by name; not to be changed
 */
public record ModelWeights(Map<String, float[]> floats, Map<String, double[]> doubles) {
    /** The array of a model that is one network. */
    public static final String NETWORK = "network";

    /** Weights in float32 alone. */
    public static ModelWeights ofFloats(Map<String, float[]> floats) {
        return new ModelWeights(floats, Map.of());
    }

    /** Weights in float64 alone. */
    public static ModelWeights ofDoubles(Map<String, double[]> doubles) {
        return new ModelWeights(Map.of(), doubles);
    }

    /**
     * θ − w(θ' − θ) with θ these weights and θ' others: beyond θ on the line from θ' for w &gt; 0, θ itself to the bit for
     * w = 0, θ' for w = −1. Computed in float64 and rounded once.
     *
     * @param others θ', of a model of the same family
     * @throws IllegalArgumentException if the others' arrays have other names or lengths
     */
    public ModelWeights extrapolated(double w, ModelWeights others) {
        if (w == 0) {
            return this; // −0 would become 0
        }
        Map<String, float[]> newFloats = new LinkedHashMap<>();
        floats.forEach((name, from) -> {
            float[] to = others.floats(name, from.length);
            float[] line = new float[from.length];
            for (int i = 0; i < line.length; i++) {
                line[i] = (float) (from[i] - w * ((double) to[i] - from[i]));
            }
            newFloats.put(name, line);
        });
        Map<String, double[]> newDoubles = new LinkedHashMap<>();
        doubles.forEach((name, from) -> {
            double[] to = others.doubles(name, from.length);
            double[] line = new double[from.length];
            Arrays.setAll(line, i -> from[i] - w * (to[i] - from[i]));
            newDoubles.put(name, line);
        });
        return new ModelWeights(newFloats, newDoubles);
    }

    /**
     * θ' + η(θ − θ') with θ these weights and θ' others: a share of the way from those to these, all of it, θ itself to the bit,
     * for η = 1. Computed as {@link #extrapolated} is.
     *
     * @param step η
     * @param others θ', of a model of the same family
     * @throws IllegalArgumentException if the others' arrays have other names or lengths
     */
    public ModelWeights steppedFrom(ModelWeights others, double step) {
        return extrapolated(step - 1, others);
    }

    /**
     * The Euclidean length of the difference, over all arrays.
     *
     * @throws IllegalArgumentException if the others' arrays have other names or lengths
     */
    public double distance(ModelWeights others) {
        double squared = 0;
        for (Map.Entry<String, float[]> array : floats.entrySet()) {
            float[] to = others.floats(array.getKey(), array.getValue().length);
            for (int i = 0; i < to.length; i++) {
                squared += Math.pow((double) to[i] - array.getValue()[i], 2);
            }
        }
        for (Map.Entry<String, double[]> array : doubles.entrySet()) {
            double[] to = others.doubles(array.getKey(), array.getValue().length);
            for (int i = 0; i < to.length; i++) {
                squared += Math.pow(to[i] - array.getValue()[i], 2);
            }
        }
        return Math.sqrt(squared);
    }

    /** Whether all elements are finite. */
    public boolean areFinite() {
        for (float[] array : floats.values()) {
            for (float element : array) {
                if (!Float.isFinite(element)) {
                    return false;
                }
            }
        }
        return doubles.values().stream().flatMapToDouble(Arrays::stream).allMatch(Double::isFinite);
    }

    /**
     * An array of float32, not to be changed.
     *
     * @throws IllegalArgumentException if there is none of this name and length
     */
    public float[] floats(String name, int length) {
        float[] array = floats.get(name);
        if (array == null || array.length != length) {
            throw unlike(name, length, array == null ? -1 : array.length);
        }
        return array;
    }

    /**
     * An array of float64, not to be changed.
     *
     * @throws IllegalArgumentException if there is none of this name and length
     */
    public double[] doubles(String name, int length) {
        double[] array = doubles.get(name);
        if (array == null || array.length != length) {
            throw unlike(name, length, array == null ? -1 : array.length);
        }
        return array;
    }

    private static IllegalArgumentException unlike(String name, int length, int found) {
        return new IllegalArgumentException(
                "weights of another kind of model: array '%s' of %d elements is asked for, there %s"
                        .formatted(name, length, found < 0 ? "is none" : "are " + found));
    }
}
