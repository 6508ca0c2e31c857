package org.autophage.report.records;

import java.util.Map;

/**
 * How a column of {@code training.csv} is shown.
 *
 * @param key the column's name
 * @param label in words
 * @param logarithmic whether its scale is, where no value is zero or less
 */
public record TrainingFigure(String key, String label, boolean logarithmic) {
    private static final Map<String, String> LABELS = Map.of(
            "loss", "Loss",
            "gradientNorm", "Gradient norm",
            "generatorLoss", "Generator loss",
            "discriminatorLoss", "Discriminator loss",
            "realScore", "Score of real images",
            "fakeScore", "Score of generated images",
            "r1", "R1 penalty",
            "gradientPenalty", "Gradient penalty",
            "generatorGradientNorm", "Generator gradient norm",
            "discriminatorGradientNorm", "Discriminator gradient norm");

    /** A column that is not known goes by its own name. */
    public static TrainingFigure of(String column) {
        return new TrainingFigure(column, LABELS.getOrDefault(column, column), !column.endsWith("Score"));
    }
}
