package org.autophage.model;

import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.autophage.base.AutophageException;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.model.JointTraining.Network;
import org.autophage.model.JointTraining.Watch;
import org.autophage.model.ModelSpec.Optimization;
import org.autophage.program.Device;
import org.autophage.program.LearningRate;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.TrainingState;
import org.autophage.run.TrainingCurve;

/**
 * The training of a single network in a generation: {@link JointTraining} of one.
 *
 * @param device that it runs on
 * @param optimization how many steps, of which batch
 * @param learningRate of every step
 * @param unit of what a batch counts, for the progress: "images"
 */
public record NetworkTraining(Device device, Optimization optimization, LearningRate learningRate, String unit) {
    private static final Watch WATCH = new Watch(TrainingCurve.OF_ONE_NETWORK, 20, curve -> Optional.empty());

    /** One step of the optimizer. */
    @FunctionalInterface
    public interface Step {
        /**
         * Takes the step.
         *
         * @param call owns what is returned
         * @param state what the step changes
         * @param number of the step, counted from 0
         * @param indices positions in the training set, int64 (batch)
         * @return loss and norm of the gradient, as {@link org.autophage.program.TrainingStep#minimize} gives them
         */
        List<Tensor> take(Scope call, TrainingState state, double learningRate, int number, Tensor indices);
    }

    /** Puts a training set on the device, once. */
    @FunctionalInterface
    public interface Preparation {
        /** @param scope owns what the steps need */
        Step on(Scope scope);
    }

    /**
     * What training gives.
     *
     * @param weights flat, the moving average
     */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    public record Trained(float[] weights, TrainingCurve curve) {}

    /**
     * Trains.
     *
     * @param start flat parameters before the first step, by the seed of their initialization
     * @param count samples in the training set
     * @param generation t, counted from 1
     * @throws AutophageException with DIVERGED if the loss is not a number, INTERRUPTED when stopped
     */
    public Trained run(
            LongFunction<float[]> start, int count, Preparation preparation, Seeds seeds, int generation, Work work) {
        JointTraining.Trained trained = new JointTraining(device, optimization, learningRate, unit, WATCH)
                .run(
                        List.of(new Network("", start)),
                        count,
                        scope -> alone(preparation.on(scope)),
                        seeds,
                        generation,
                        work);
        return new Trained(trained.weights().get(0), trained.curve());
    }

    private static JointTraining.Step alone(Step step) {
        return (call, states, rate, number, positions) -> step.take(call, states.get(0), rate, number, positions);
    }
}
