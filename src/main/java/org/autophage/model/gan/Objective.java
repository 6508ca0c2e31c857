package org.autophage.model.gan;

import org.autophage.program.TrainingStep.Adam;
import org.autophage.program.Value;

/** What generator and discriminator are each after, and the penalty that keeps the discriminator smooth. */
interface Objective {
    /** The generator's loss, a scalar, of the scores of its images (N). */
    Value generatorLoss(Value fakeScores);

    /**
     * The discriminator's loss without its penalty, a scalar.
     *
     * @param realScores (N)
     * @param fakeScores (N)
     * @param weights of the real images (N), of mean 1
     */
    Value discriminatorLoss(Value realScores, Value fakeScores, Value weights);

    /** Name of the penalty in loss curves. */
    String penaltyName();

    /** Weight of the mean penalty in the discriminator's loss; 0 for none. */
    double penaltyWeight();

    /** Steps from one penalty to the next, each of which then weighs that many times as much. */
    int penaltyEvery();

    /** Whether the penalty looks at the score's gradient at the real images, rather than between real and generated ones. */
    boolean penalizesAtRealImages();

    /** The penalty of each image (N) by the squared norm of the score's gradient there (N). */
    Value penalty(Value squaredNorms);

    /** Constants of both optimizers. */
    Adam adam();
}
