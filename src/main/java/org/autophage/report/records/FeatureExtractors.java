package org.autophage.report.records;

import java.util.List;
import org.autophage.base.AutophageException;
import org.autophage.run.GenerationRecord;

/** Numbers computed from different features cannot stand beside each other; this makes sure that they do not. */
public final class FeatureExtractors {
    private FeatureExtractors() {}

    /** Refuses runs whose records name different feature extractors. */
    public static void requireOne(List<RunReading> runs) {
        String known = "";
        String where = "";
        for (RunReading run : runs) {
            for (GenerationRecord record : run.records()) {
                String features = record.features();
                if (features.isEmpty()) {
                    continue;
                }
                if (!known.isEmpty() && !known.equals(features)) {
                    throw AutophageException.usage(run.seedFolder(record.seed()).generations() + " measured generation "
                            + record.generation() + " with the features " + features + ", but " + where + " with "
                            + known + ": compare runs that used one feature extractor");
                }
                if (known.isEmpty()) {
                    known = features;
                    where = run.seedFolder(record.seed()).generations().toString();
                }
            }
        }
    }
}
