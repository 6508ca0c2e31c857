package org.autophage.report.records;

import java.util.Map;
import java.util.Set;

/**
 * How a column of {@code training.csv} is shown.
 *
 * @param key the column's name
 * @param label in words
 * @param logarithmic whether its scale is, where no value is zero or less
 */
public record TrainingFigure(String key, String label, boolean logarithmic) {
    private static final Map<String, String> LABELS = Map.ofEntries(
            Map.entry("loss", "Loss"),
            Map.entry("gradientNorm", "Gradient norm"),
            Map.entry("heldOutLoss", "Loss on held-out samples"),
            Map.entry("generatorLoss", "Generator loss"),
            Map.entry("discriminatorLoss", "Discriminator loss"),
            Map.entry("realScore", "Score of real images"),
            Map.entry("fakeScore", "Score of generated images"),
            Map.entry("realScoreSign", "Mean sign of real images’ scores"),
            Map.entry("augmentationProbability", "Probability of augmentation"),
            Map.entry("r1", "R1 penalty"),
            Map.entry("gradientPenalty", "Gradient penalty"),
            Map.entry("generatorGradientNorm", "Generator gradient norm"),
            Map.entry("discriminatorGradientNorm", "Discriminator gradient norm"));

    /** Whose values say something where they are 0 or less. */
    private static final Set<String> LINEAR =
            Set.of("realScore", "fakeScore", "realScoreSign", "augmentationProbability");

    /** A column that is not known goes by its own name. */
    public static TrainingFigure of(String column) {
        return new TrainingFigure(column, LABELS.getOrDefault(column, column), !LINEAR.contains(column));
    }
}
