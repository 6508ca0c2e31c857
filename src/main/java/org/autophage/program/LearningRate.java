package org.autophage.program;

/** The learning rate of every step of a training. */
@FunctionalInterface
public interface LearningRate {
    /** The rate of a step counted from 0. */
    double at(int step);

    /** The same rate in every step. */
    static LearningRate constant(double rate) {
        return step -> rate;
    }

    /**
     * A rate that rises linearly and falls along a half cosine to zero (Loshchilov and Hutter 2017).
     *
     * @param peak the highest rate
     * @param warmUp steps of the rise
     * @param steps in all
     */
    static LearningRate cosine(double peak, int warmUp, int steps) {
        return cosine(peak, 0, warmUp, steps);
    }

    /**
     * The same, which falls to another rate than zero.
     *
     * @param last where it falls to
     * @param warmUp steps of the rise; 0 for none
     */
    static LearningRate cosine(double peak, double last, int warmUp, int steps) {
        return step -> {
            double rise = warmUp == 0 ? 1 : Math.min(1, (step + 1.0) / warmUp);
            double fall = 0.5 * (1 + StrictMath.cos(Math.PI * step / steps));
            return last == 0 ? peak * rise * fall : rise * (last + (peak - last) * fall);
        };
    }

    /** {@link #cosine} with a rise over a twentieth of the steps, at most 200: Adam's second moment is meaningless before. */
    static LearningRate cosine(double peak, int steps) {
        return cosine(peak, Math.max(1, Math.min(200, steps / 20)), steps);
    }
}
