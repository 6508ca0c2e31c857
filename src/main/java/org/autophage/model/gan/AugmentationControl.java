package org.autophage.model.gan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.autophage.program.SafeTensors.FloatArray;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/** The probability of augmentation in one training, which begins at 0, as it moves with what the discriminator says of real images. */
final class AugmentationControl {
    private static final String STATE = "augmentation";

    private final AdaptiveAugmentation rule;
    private final int batch;
    private final Scope scope;

    /** Mean signs of the steps since p moved last; those that are still on the device come last and are no numbers yet. */
    private final List<Float> signs = new ArrayList<>();

    private final List<Tensor> onDevice = new ArrayList<>();

    // In the precision of checkpoints, so that a training that goes on has the very same.
    private float probability;
    private float newest;

    /**
     * @param batch real images of a step of the discriminator
     * @param scope owns what is not read yet
     */
    AugmentationControl(AdaptiveAugmentation rule, int batch, Scope scope) {
        this.rule = rule;
        this.batch = batch;
        this.scope = scope;
    }

    /** p of the next step. */
    double probability() {
        return probability;
    }

    /** r_t when p moved last; 0 before it did. */
    double sign() {
        return newest;
    }

    /**
     * A step of the discriminator; only every so many-th waits for the device.
     *
     * @param sign mean sign of its scores of real images, a float32 scalar, which is taken over
     */
    void saw(Tensor sign) {
        onDevice.add(sign.moveTo(scope));
        if (signs.size() + onDevice.size() >= rule.every()) {
            read();
            move(signs);
            signs.clear();
        }
    }

    /** Moves p by the mean signs of some steps. */
    void move(List<Float> ofSteps) {
        newest = (float)
                ofSteps.stream().mapToDouble(Float::doubleValue).average().orElseThrow();
        probability = (float) rule.moved(probability, newest, (long) batch * ofSteps.size());
    }

    private void read() {
        for (Tensor each : onDevice) {
            signs.add((float) each.toNumber());
            each.close();
        }
        onDevice.clear();
    }

    /** For a checkpoint. */
    Map<String, FloatArray> arrays() {
        read();
        float[] state = new float[2 + signs.size()];
        state[0] = probability;
        state[1] = newest;
        for (int i = 0; i < signs.size(); i++) {
            state[2 + i] = signs.get(i);
        }
        return Map.of(STATE, FloatArray.of(state));
    }

    /** What {@link #arrays} gave. */
    void restore(Map<String, FloatArray> checkpoint) {
        FloatArray kept = checkpoint.get(STATE);
        if (kept != null) {
            float[] state = kept.elements();
            probability = state[0];
            newest = state[1];
            for (int i = 2; i < state.length; i++) {
                signs.add(state[i]);
            }
        }
    }
}
