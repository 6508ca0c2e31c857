package org.autophage.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.measure.Basis;
import org.autophage.measure.Metrics;
import org.autophage.metrics.FeatureChoice;
import org.autophage.metrics.Finding;
import org.autophage.metrics.Findings;
import org.autophage.metrics.features.FeatureExtractor;
import org.autophage.metrics.neighbours.Ball;
import org.jspecify.annotations.Nullable;

/** Writes what metrics found, for JSON as in the contract, for people with all that it depends on. */
final class ResultWriter {
    /** What people call numbers on Inception's features. */
    private static final Map<String, String> AS_INCEPTION = Map.of(
            Metrics.FRECHET_DISTANCE.key(), "FID",
            Metrics.KERNEL_DISTANCE.key(), "KID, all pairs",
            Metrics.KERNEL_DISTANCE_OF_SUBSETS.key(), "KID");

    private final EvaluatedSet real;
    private final EvaluatedSet fake;
    private final @Nullable EvaluatedSet test;
    private final boolean inception;
    private final String features;
    private final String of;
    private final Intervals intervals;
    private final Map<String, Object> values = new LinkedHashMap<>();
    /** The objects in {@link #values} and in these, by their dotted names. */
    private final Map<String, Map<String, Object>> groups = new HashMap<>();

    private final List<EvaluationResult.Row> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** @param extractor null for features that came as they are */
    ResultWriter(
            EvaluatedSet real,
            EvaluatedSet fake,
            @Nullable EvaluatedSet test,
            @Nullable FeatureExtractor extractor,
            Intervals intervals) {
        this.real = real;
        this.fake = fake;
        this.test = test;
        this.intervals = intervals;
        inception = extractor != null && extractor.name().startsWith(FeatureChoice.INCEPTION + "@");
        features = extractor == null ? "given" : extractor.name();
        String described = extractor == null
                ? "%d given features".formatted(real.width())
                : "%s, %s".formatted(features, extractor.preprocessing());
        of = "%s, %s real, %s fake".formatted(described, real.describeCount(), fake.describeCount());
        put(Basis.FEATURES.key(), features);
        if (extractor != null) {
            put(Basis.PREPROCESSING.key(), extractor.preprocessing());
        }
    }

    /** Takes what a metric found. */
    void add(Findings findings) {
        for (Findings.Entry entry : findings.entries()) {
            if (entry instanceof Finding finding) {
                number(finding);
            } else if (entry instanceof Findings.Rests rests) {
                put(rests.basis().key(), rests.value());
            } else if (entry instanceof Findings.Remark remark) {
                put(remark.key(), remark.value());
            }
        }
        findings.notes().forEach(this::note);
    }

    private void number(Finding finding) {
        String key = finding.metric().key();
        put(key, finite(key, finding.value()));
        String written = written(finding.value());
        if (finding.deviation().isPresent()) {
            Finding.Deviation by = finding.deviation().get();
            put(by.metric().key(), finite(by.metric().key(), by.value()));
            written += " ± " + written(by.value());
        }
        boolean isMean = finding.perSample().length > 0;
        rows.add(new EvaluationResult.Row(
                inception
                        ? AS_INCEPTION.getOrDefault(key, finding.metric().inSentence())
                        : finding.metric().inSentence(),
                isMean ? written + intervals.add(key, finding.perSample()) : written,
                finding.heldOut() && test != null ? "%s, %s test".formatted(of, test.describeCount()) : of,
                isMean ? finding.convention() + intervals.convention() : finding.convention()));
    }

    void note(String note) {
        notes.add(note);
    }

    EvaluationResult finish(int neighbours, Ball ball) {
        Map<String, Object> ends = intervals.values();
        if (!ends.isEmpty()) {
            values.put("intervals", ends);
        }
        put(Basis.NEIGHBOURS.key(), neighbours);
        put(Basis.BALL.key(), ball.toString());
        values.put("real", real.description());
        values.put("fake", fake.description());
        if (test != null) {
            values.put("test", test.description());
        }
        for (EvaluatedSet set : List.of(real, fake)) {
            if (set.skipped() > 0) {
                note("%d bad files of %s were left out".formatted(set.skipped(), set.name()));
            }
            if (set.isCollapsed()) {
                note("all %d samples of %s have the same features".formatted(set.count(), set.name()));
            }
        }
        if (!notes.isEmpty()) {
            values.put("notes", List.copyOf(notes));
        }
        return new EvaluationResult(values, rows, notes);
    }

    /** Adds a value; one of a dotted name into objects of their own. */
    private void put(String key, Object value) {
        Map<String, Object> into = values;
        int begin = 0;
        for (int dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', begin)) {
            Map<String, Object> outer = into;
            String name = key.substring(begin, dot);
            into = groups.computeIfAbsent(key.substring(0, dot), path -> {
                Map<String, Object> group = new LinkedHashMap<>();
                outer.put(name, group);
                return group;
            });
            begin = dot + 1;
        }
        into.put(key.substring(begin), value);
    }

    private static String written(Number value) {
        return value instanceof Double number ? String.format(Locale.ROOT, "%.6g", number) : value.toString();
    }

    private static Number finite(String name, Number value) {
        if (!Double.isFinite(value.doubleValue())) {
            throw new AutophageException(
                    ExitCode.DIVERGED,
                    "%s is %s: these features are too far apart to compute it".formatted(name, value));
        }
        return value;
    }
}
