package org.autophage.report.page;

import java.util.ArrayList;
import java.util.List;
import org.autophage.collapse.WorldOrLoop;
import org.autophage.report.records.RunReading;

/** Drift or collapse, in a sentence a seed, of runs that recorded the distances which tell. */
final class Attribution {
    private Attribution() {}

    static List<String> of(RunReading run) {
        List<String> sentences = new ArrayList<>();
        run.seeds().forEach((seed, records) -> {
            if (records.size() > 1) {
                WorldOrLoop.of(records.get(0), records.get(records.size() - 1))
                        .ifPresent(found -> sentences.add("Seed " + seed + ", " + lowerCase(found.inWords())));
            }
        });
        return sentences;
    }

    private static String lowerCase(String sentence) {
        return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
