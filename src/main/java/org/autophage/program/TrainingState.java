package org.autophage.program;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a network's training changes: flat parameters, Adam's two moments and step count, and the moving average, each one
 * tensor on the device. Saved and read back whole, so that training goes on to the bit where it stopped (on the CPU).
 */
public final class TrainingState implements AutoCloseable {
    private final Scope scope;
    private final Tensor flat;
    private final Tensor mean;
    private final Tensor square;
    private final Tensor steps;
    private final Tensor average;

    private TrainingState(Scope scope, float[] flat, float[] mean, float[] square, float steps, float[] average) {
        this.scope = scope;
        this.flat = scope.floats(flat, flat.length);
        this.mean = scope.floats(mean, mean.length);
        this.square = scope.floats(square, square.length);
        this.steps = scope.floats(new float[] {steps}, 1);
        this.average = scope.floats(average, average.length);
    }

    /** The state before the first step. */
    public static TrainingState initial(Scope parent, float[] parameters) {
        float[] zeros = new float[parameters.length];
        return new TrainingState(parent.newScope(), parameters, zeros, zeros, 0, parameters);
    }

    /** Reads what {@link #save} wrote. */
    public static TrainingState load(Scope parent, Path file) throws IOException {
        return of(parent, SafeTensors.read(file), "", file);
    }

    /**
     * The state that {@link #arrays} gave.
     *
     * @param prefix of the names of its arrays
     * @param file that the arrays are from, for the message
     * @throws org.autophage.base.AutophageException (usage) if an array is missing
     */
    public static TrainingState of(Scope parent, Map<String, SafeTensors.FloatArray> arrays, String prefix, Path file) {
        return new TrainingState(
                parent.newScope(),
                SafeTensors.require(arrays, prefix + "parameters", file),
                SafeTensors.require(arrays, prefix + "adam.mean", file),
                SafeTensors.require(arrays, prefix + "adam.square", file),
                SafeTensors.require(arrays, prefix + "adam.steps", file)[0],
                SafeTensors.require(arrays, prefix + "average", file));
    }

    /**
     * Writes everything in the safetensors format.
     *
     * @param also arrays of the caller's that belong to the same checkpoint
     */
    public void save(Path file, Map<String, SafeTensors.FloatArray> also) throws IOException {
        Map<String, SafeTensors.FloatArray> arrays = arrays("");
        arrays.putAll(also);
        SafeTensors.write(file, arrays);
    }

    /** Everything, for a file; each name begins with the prefix. */
    public Map<String, SafeTensors.FloatArray> arrays(String prefix) {
        Map<String, SafeTensors.FloatArray> arrays = new LinkedHashMap<>();
        arrays.put(prefix + "parameters", SafeTensors.FloatArray.of(flat.toFloats()));
        arrays.put(prefix + "adam.mean", SafeTensors.FloatArray.of(mean.toFloats()));
        arrays.put(prefix + "adam.square", SafeTensors.FloatArray.of(square.toFloats()));
        arrays.put(prefix + "adam.steps", SafeTensors.FloatArray.of(steps.toFloats()));
        arrays.put(prefix + "average", SafeTensors.FloatArray.of(average.toFloats()));
        return arrays;
    }

    /**
     * The first arguments of a method that {@link TrainingStep} recorded, followed by the caller's own.
     *
     * @param learningRate of this step
     * @param averageWeight share of the new parameters in the moving average, 1 − decay
     */
    public Object[] arguments(double learningRate, double averageWeight, Object... own) {
        List<Object> arguments =
                new ArrayList<>(List.of(List.of(flat), List.of(mean), List.of(square), List.of(steps), average));
        arguments.add(learningRate);
        arguments.add(averageWeight);
        arguments.addAll(List.of(own));
        return arguments.toArray();
    }

    /**
     * The share of new parameters in the moving average: at first that of a plain mean, so that the start is forgotten.
     *
     * @param decay of the moving average, in the long run
     * @param step counted from 0
     */
    public static double averageWeight(double decay, int step) {
        return 1 - Math.min(decay, (1.0 + step) / (10.0 + step));
    }

    /** Steps taken so far. */
    public int steps() {
        return (int) steps.toFloats()[0];
    }

    /** The parameters as of the last step. */
    public Tensor parameters() {
        return flat;
    }

    /** The exponential moving average of the parameters, with which one samples. */
    public Tensor average() {
        return average;
    }

    @Override
    public void close() {
        scope.close();
    }
}
