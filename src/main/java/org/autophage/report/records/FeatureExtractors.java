package org.autophage.report.records;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autophage.base.AutophageException;
import org.autophage.run.GenerationRecord;

/** Numbers computed from different features cannot stand beside each other; this makes sure that they do not. */
public final class FeatureExtractors {
    private FeatureExtractors() {}

    /** Refuses runs whose records name different feature extractors. */
    public static void requireOne(List<RunReading> runs) {
        Map<String, Seen> known = new HashMap<>();
        for (RunReading run : runs) {
            for (GenerationRecord record : run.records()) {
                String file = run.seedFolder(record.seed()).generations().toString();
                Map<String, String> all = new LinkedHashMap<>(record.measures().furtherFeatures());
                if (!record.features().isEmpty()) {
                    all.put("", record.features());
                }
                all.forEach((name, extractor) -> {
                    Seen before = known.putIfAbsent(name, new Seen(extractor, file));
                    if (before != null && !before.extractor.equals(extractor)) {
                        throw AutophageException.usage(file + " measured generation " + record.generation()
                                + " with the features " + extractor + ", but " + before.file + " with "
                                + before.extractor + ": compare runs that used one feature extractor");
                    }
                });
            }
        }
    }

    /** An extractor, and the file that names it first. */
    private record Seen(String extractor, String file) {}
}
