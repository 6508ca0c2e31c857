package org.autophage.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The figures of all steps that a log tells of. */
public final class ToldSteps {
    private ToldSteps() {}

    /** By step, from step 1 on; of a step that more than one attempt took, what the last of them told. */
    public static TreeMap<Long, Map<String, Double>> in(Path log) throws IOException {
        TreeMap<Long, Map<String, Double>> rows = new TreeMap<>();
        try (BufferedReader lines = Files.newBufferedReader(log)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                ToldStep.in(line)
                        .filter(told -> told.step() > 0 && !told.figures().isEmpty())
                        .ifPresent(told -> rows.put(told.step(), told.figures()));
            }
        }
        return rows;
    }
}
