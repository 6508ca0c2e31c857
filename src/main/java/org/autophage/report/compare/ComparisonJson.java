package org.autophage.report.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autophage.report.paper.LoopTable;
import org.autophage.report.records.Contrast;
import org.autophage.report.records.Estimate;
import org.autophage.report.verdict.LoopVerdict;
import org.autophage.report.verdict.Verdict;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A comparison as one JSON object: what the page says, for programs. Numbers that there are none of are null. */
final class ComparisonJson {
    private static final JsonMapper JSON = new JsonMapper();

    private ComparisonJson() {}

    static String of(List<Arm> arms, @Nullable LoopTable table, List<LoopVerdict> verdicts, ComparisonRequest request) {
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        root.put("generation", table == null ? null : table.lastGeneration());
        root.put("interval", request.intervals().label());
        root.put("confidence", Estimate.CONFIDENCE);
        root.put("errorRate", Verdict.ERROR_RATE);
        root.put("thresholds", request.thresholds());
        List<Object> loops = new ArrayList<>();
        for (int i = 0; i < arms.size(); i++) {
            Map<String, @Nullable Object> loop = new LinkedHashMap<>();
            loop.put("label", arms.get(i).label());
            loop.put(
                    "runs",
                    arms.get(i).members().stream()
                            .map(run -> run.path().toString())
                            .toList());
            loop.put("seeds", arms.get(i).run().seeds().keySet());
            loop.put("outcome", verdicts.get(i).outcome().word());
            loop.put(
                    "verdicts",
                    verdicts.get(i).verdicts().stream()
                            .map(ComparisonJson::verdict)
                            .toList());
            if (table != null) {
                List<LoopTable.Row> rows = rows(table, verdicts.get(i).label());
                loop.put("metrics", metrics(rows.get(rows.size() - 1)));
                if (table.severalGenerations()) {
                    loop.put(
                            "generations",
                            rows.stream()
                                    .map(row -> Map.of("generation", row.generation(), "metrics", metrics(row)))
                                    .toList());
                }
            }
            loops.add(loop);
        }
        root.put("loops", loops);
        return JSON.writeValueAsString(root);
    }

    private static Map<String, @Nullable Object> verdict(Verdict verdict) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("definition", verdict.indicator().definition().specName());
        fields.put("indicator", verdict.indicator().key());
        fields.put("outcome", verdict.outcome().word());
        fields.put("slope", estimate(verdict.slope()));
        fields.put("adjustedProbability", number(verdict.adjusted()));
        fields.put("passedFrom", verdict.passed() == 0 ? null : verdict.passed());
        fields.put("passedSurelyFrom", verdict.passedSurely() == 0 ? null : verdict.passedSurely());
        if (verdict.later().isPresent()) {
            fields.put("laterFrom", verdict.laterFrom());
            fields.put("laterSlope", estimate(verdict.later()));
        }
        return fields;
    }

    private static List<LoopTable.Row> rows(LoopTable table, String loop) {
        return table.rows().stream().filter(row -> row.loop().equals(loop)).toList();
    }

    private static Map<String, Object> metrics(LoopTable.Row row) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        for (LoopTable.Cell cell : row.cells()) {
            if (cell.estimate().isPresent()) {
                metrics.put(cell.metric().key(), metric(cell));
            }
        }
        return metrics;
    }

    private static Map<String, @Nullable Object> metric(LoopTable.Cell cell) {
        Map<String, @Nullable Object> fields = estimate(cell.estimate());
        Contrast contrast = cell.contrast();
        if (contrast.change().isPresent()) {
            Map<String, @Nullable Object> difference = estimate(contrast.change());
            difference.put("paired", contrast.paired());
            fields.put("difference", difference);
        }
        return fields;
    }

    private static Map<String, @Nullable Object> estimate(Estimate estimate) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("mean", number(estimate.mean()));
        fields.put("low", number(estimate.low()));
        fields.put("high", number(estimate.high()));
        return fields;
    }

    private static @Nullable Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
