package org.autophage.model.gan;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.autophage.run.TrainingCurve;

/**
 * Tells whether the discriminator of a non-saturating loss has won: its loss has been next to nothing for long. At
 * equilibrium the loss is 2 ln 2 = 1.39; at .02 it is right with a probability of 99% on the average image, real or not.
 * It is then all but constant around the generated images, and what gradient is left has no direction that makes them
 * more real (Arjovsky and Bottou 2017, arXiv 1701.04862). A critic of a Wasserstein loss cannot win: its scores have no bound.
 *
 * @param points of the curve that are looked at, the newest
 * @param threshold of the mean loss over these points
 * @param steps from one point to the next
 */
record DiscriminatorWon(int points, double threshold, int steps) implements Function<TrainingCurve, Optional<String>> {
    /** In steps: longer than discriminators are ahead in trainings that recover. */
    private static final int LONG = 1000;

    private static final double NEXT_TO_NOTHING = 0.02;

    /** The rule for a curve with a point every so many steps. */
    static DiscriminatorWon every(int steps) {
        return new DiscriminatorWon((LONG + steps - 1) / steps, NEXT_TO_NOTHING, steps);
    }

    @Override
    public Optional<String> apply(TrainingCurve curve) {
        OptionalDouble loss = curve.newest(GanProgram.DISCRIMINATOR_LOSS, points);
        if (loss.isEmpty() || loss.getAsDouble() >= threshold) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "the discriminator has won: its loss was %.2g on average over the last %d steps, less than %s, which"
                        + " leaves the generator nothing to learn; a smaller model.discriminatorLearningRate or a larger"
                        + " model.r1 may help",
                loss.getAsDouble(),
                points * steps,
                threshold));
    }
}
