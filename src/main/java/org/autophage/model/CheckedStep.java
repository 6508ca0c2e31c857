package org.autophage.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autophage.model.NetworkTraining.HeldOutLoss;
import org.autophage.model.NetworkTraining.Step;
import org.autophage.program.SafeTensors.FloatArray;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.TrainingState;
import org.jspecify.annotations.Nullable;

/**
 * Steps of a single network that end early: at each point of the curve it looks at the loss on what is held out, and keeps the weights
 * of the lowest.
 */
final class CheckedStep implements Step {
    private static final String SEEN = "earlyStopping.seen";
    private static final String WEIGHTS = "earlyStopping.weights";

    private final Step step;
    private final EarlyStopping rule;
    private final HeldOutLoss heldOut;
    private float @Nullable [] weights;

    // In the precision of curves and checkpoints, so that a training that goes on has the very same.
    private float lowest = Float.POSITIVE_INFINITY;
    private int best;
    private int since;

    CheckedStep(Step step, EarlyStopping rule, HeldOutLoss heldOut) {
        this.step = step;
        this.rule = rule;
        this.heldOut = heldOut;
    }

    @Override
    public List<Tensor> take(
            Scope call, List<TrainingState> states, double learningRate, int number, Tensor positions) {
        return step.take(call, states, learningRate, number, positions);
    }

    @Override
    public double[] also(List<TrainingState> states, int number) {
        Tensor average = states.get(0).average();
        float found = (float) heldOut.of(average);
        if (found < lowest) {
            weights = average.toFloats();
            lowest = found;
            best = number;
            since = 0;
        } else {
            since++;
        }
        return new double[] {found};
    }

    @Override
    public boolean isOver() {
        return since >= rule.patience();
    }

    @Override
    public Map<String, FloatArray> arrays() {
        Map<String, FloatArray> arrays = new LinkedHashMap<>();
        if (weights != null) {
            arrays.put(SEEN, FloatArray.of(new float[] {lowest, best, since}));
            arrays.put(WEIGHTS, FloatArray.of(weights));
        }
        return arrays;
    }

    /** Nothing is there where the earlier process had not come to a check. */
    @Override
    public void restore(Map<String, FloatArray> checkpoint) {
        FloatArray seen = checkpoint.get(SEEN);
        FloatArray kept = checkpoint.get(WEIGHTS);
        if (seen != null && kept != null) {
            lowest = seen.elements()[0];
            best = (int) seen.elements()[1];
            since = (int) seen.elements()[2];
            weights = kept.elements();
        }
    }

    /** The weights of the lowest loss; the last step is a check, so that there are some after a training. */
    float[] weights() {
        if (weights == null) {
            throw new IllegalStateException("no step was checked");
        }
        return weights;
    }

    /**
     * What there is to tell in the end.
     *
     * @param count samples that were held out
     * @param steps that were taken
     */
    EarlyStop told(int count, int steps) {
        return new EarlyStop(count, steps, best, Double.parseDouble(Float.toString(lowest)));
    }
}
