package org.autophage.model.diffusion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.autophage.program.Parameters;
import org.autophage.program.SafeTensors;
import org.autophage.program.SafeTensors.FloatArray;
import org.autophage.run.GenerationFolder;
import org.jspecify.annotations.Nullable;

/**
 * How a diffusion model is sampled where that is not as its spec says. Numbers are float32, as in the file that keeps them, so
 * that a model which is read back draws the same samples.
 *
 * @param end σ of the last level above 0; null for the spec's
 * @param denoised whether a step to σ = 0 ends the way
 * @param away flat parameters of the network that estimates lead away from; null for none. Not to be changed
 * @param weight ω, by which they do
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
record Course(@Nullable Float end, boolean denoised, float @Nullable [] away, float weight) {
    /** As the spec says. */
    static final Course USUAL = new Course(null, true, null, 0);

    private static final String END = "end";
    private static final String DENOISED = "denoised";
    private static final String WEIGHT = "weight";
    private static final String AWAY = "away.";

    Course endingAt(double noise, boolean thenDenoised) {
        return new Course((float) noise, thenDenoised, away, weight);
    }

    Course awayFrom(float[] parameters, double strength) {
        return new Course(end, denoised, parameters, (float) strength);
    }

    /** The falling noise levels, with the 0 that may end them. */
    double[] levels(Parameterization parameterization, int steps) {
        return levels(parameterization, steps, parameterization.highest());
    }

    /**
     * The same from a level on, as many steps on the shorter way.
     *
     * @param start σ of the first
     */
    double[] levels(Parameterization parameterization, int steps, double start) {
        double[] levels = levelsAboveZero(parameterization, steps, start);
        return denoised ? Arrays.copyOf(levels, levels.length + 1) : levels;
    }

    /** The falling noise levels without the 0. */
    double[] levelsAboveZero(Parameterization parameterization, int steps) {
        return levelsAboveZero(parameterization, steps, parameterization.highest());
    }

    private double[] levelsAboveZero(Parameterization parameterization, int steps, double start) {
        return parameterization.samplingLevels(steps, start, end == null ? parameterization.lowest() : end);
    }

    /** What the methods of the program take as their network: θ, or (θ, θ', ω) in one array. */
    float[] network(float[] parameters) {
        if (away == null) {
            return parameters;
        }
        float[] both = Arrays.copyOf(parameters, 2 * parameters.length + 1);
        System.arraycopy(away, 0, both, parameters.length, parameters.length);
        both[2 * parameters.length] = weight;
        return both;
    }

    /** Writes this beside the model, unless it is as the spec says. */
    void save(Path folder, Parameters layout) throws IOException {
        if (this == USUAL) {
            return;
        }
        Map<String, FloatArray> arrays = new LinkedHashMap<>();
        if (end != null) {
            arrays.put(END, FloatArray.of(new float[] {end}));
        }
        arrays.put(DENOISED, FloatArray.of(new float[] {denoised ? 1 : 0}));
        if (away != null) {
            arrays.put(WEIGHT, FloatArray.of(new float[] {weight}));
            layout.split(away).forEach((name, array) -> arrays.put(AWAY + name, array));
        }
        SafeTensors.write(new GenerationFolder(folder).sampling(), arrays);
    }

    /** Reads what {@link #save} wrote; the usual course where there is no file. */
    static Course in(Path folder, Parameters layout) throws IOException {
        Path file = new GenerationFolder(folder).sampling();
        if (!Files.exists(file)) {
            return USUAL;
        }
        Map<String, FloatArray> arrays = SafeTensors.read(file);
        boolean two = arrays.containsKey(WEIGHT);
        Map<String, FloatArray> others = new LinkedHashMap<>();
        arrays.forEach((name, array) -> {
            if (name.startsWith(AWAY)) {
                others.put(name.substring(AWAY.length()), array);
            }
        });
        return new Course(
                arrays.containsKey(END) ? Float.valueOf(SafeTensors.require(arrays, END, file)[0]) : null,
                SafeTensors.require(arrays, DENOISED, file)[0] == 1,
                two ? layout.join(others, file) : null,
                two ? SafeTensors.require(arrays, WEIGHT, file)[0] : 0);
    }
}
