package org.autophage.program;

/**
 * A learning rate that rises linearly and falls along a half cosine to zero (Loshchilov and Hutter 2017).
 *
 * @param peak the highest rate
 * @param warmUp steps of the rise
 * @param steps in all
 */
public record LearningRate(double peak, int warmUp, int steps) {
    /** A rise over a twentieth of the steps, at most 200: Adam's second moment is meaningless before. */
    public static LearningRate of(double peak, int steps) {
        return new LearningRate(peak, Math.max(1, Math.min(200, steps / 20)), steps);
    }

    /** The rate of a step counted from 0. */
    public double at(int step) {
        double rise = Math.min(1, (step + 1.0) / warmUp);
        return peak * rise * 0.5 * (1 + StrictMath.cos(Math.PI * step / steps));
    }
}
