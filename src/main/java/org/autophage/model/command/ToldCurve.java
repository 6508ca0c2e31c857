package org.autophage.model.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.autophage.command.ToldSteps;
import org.autophage.run.TrainingCurve;

/** The curve of a training out of what the program told of its steps, in all its attempts. */
final class ToldCurve {
    private static final String LEARNING_RATE = "learningRate";

    private ToldCurve() {}

    /** Writes it into a model's folder; nothing where the program told no figures. */
    static void write(Path log, Path folder) throws IOException {
        TreeMap<Long, Map<String, Double>> rows = ToldSteps.in(log);
        if (rows.isEmpty()) {
            return;
        }
        List<String> figures = rows.firstEntry().getValue().keySet().stream()
                .filter(name -> !name.equals(LEARNING_RATE))
                .toList();
        if (figures.isEmpty()) {
            return;
        }
        TrainingCurve curve = new TrainingCurve(figures);
        rows.forEach((step, values) -> curve.add(
                (int) Math.min(step, Integer.MAX_VALUE),
                figures.stream()
                        .mapToDouble(name -> values.getOrDefault(name, Double.NaN))
                        .toArray(),
                values.getOrDefault(LEARNING_RATE, 0.0)));
        curve.write(folder);
    }
}
