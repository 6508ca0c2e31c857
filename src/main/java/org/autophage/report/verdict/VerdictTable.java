package org.autophage.report.verdict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.autophage.collapse.Definition;
import org.autophage.collapse.Thresholds;
import org.autophage.measure.Metric;
import org.autophage.report.format.MetricFormat;
import org.autophage.report.format.Prose;
import org.autophage.report.format.TextTable;

/**
 * The verdicts of loops, for a page and for standard output.
 *
 * @param headlines what became of each loop, in a sentence; loops that fared alike share one
 * @param rows one a loop and indicator
 * @param severalLoops whether rows have to say which loop they are of
 * @param thresholds from where on a loop is collapsed, definition by definition
 */
public record VerdictTable(List<String> headlines, List<Row> rows, boolean severalLoops, String thresholds) {
    /**
     * One verdict.
     *
     * @param loop its label
     * @param rowsOfLoop how many rows the loop has, in its first one; 0 in the others
     * @param basis what its intervals are over
     * @param definition of collapse
     * @param indicator what it was read from
     * @param outcome the word
     * @param slope change a generation with its interval
     * @param probability adjusted p-value of the slope; empty without an interval
     * @param passed from where on it is past the threshold; empty if it is not
     * @param continuation whether a loop that got worse still does in the second half of the generations
     */
    public record Row(
            String loop,
            int rowsOfLoop,
            String basis,
            String definition,
            String indicator,
            String outcome,
            String slope,
            String probability,
            String passed,
            String continuation) {}

    public static VerdictTable of(List<LoopVerdict> loops, Thresholds thresholds) {
        Map<String, List<String>> alike = loops.stream()
                .collect(Collectors.groupingBy(
                        LoopVerdict::inWords,
                        LinkedHashMap::new,
                        Collectors.mapping(LoopVerdict::label, Collectors.toList())));
        List<String> sentences = new ArrayList<>();
        alike.forEach((words, labels) -> sentences.add(String.join("; ", labels) + ": " + words + "."));
        List<Row> rows = new ArrayList<>();
        for (LoopVerdict loop : loops) {
            for (Verdict verdict : loop.verdicts()) {
                boolean first = verdict == loop.verdicts().get(0);
                rows.add(row(loop, verdict, first ? loop.verdicts().size() : 0));
            }
        }
        String legend = Arrays.stream(Definition.values())
                .filter(definition -> loops.stream()
                        .flatMap(loop -> loop.verdicts().stream())
                        .anyMatch(verdict -> verdict.indicator().definition() == definition))
                .map(definition -> definition.inSentence() + " " + thresholds.inSentence(definition))
                .collect(Collectors.joining(", "));
        return new VerdictTable(sentences, rows, loops.size() > 1, legend);
    }

    private static Row row(LoopVerdict loop, Verdict verdict, int rowsOfLoop) {
        Metric metric = verdict.indicator().metric();
        String passed = verdict.passed() == 0
                ? ""
                : "generation " + verdict.passed()
                        + (verdict.passedSurely() == 0 ? "" : " (interval: " + verdict.passedSurely() + ")");
        return new Row(
                loop.label(),
                rowsOfLoop,
                loop.basis(),
                verdict.indicator().definition().inSentence(),
                verdict.indicator().inSentence(),
                verdict.outcome().word(),
                MetricFormat.change(metric, verdict.slope(), verdict.slope().mean()),
                Prose.probability(verdict.adjusted()),
                passed,
                verdict.continuationInWords());
    }

    /** A line a row, below a header, with a final newline; before it a line a loop that has no row. */
    public static String text(List<LoopVerdict> loops, Thresholds thresholds) {
        VerdictTable table = of(loops, thresholds);
        StringBuilder text = new StringBuilder();
        loops.stream().filter(loop -> loop.verdicts().isEmpty()).forEach(loop -> text.append(loop.label())
                .append(": ")
                .append(loop.inWords())
                .append('\n'));
        if (table.rows().isEmpty()) {
            return text.toString();
        }
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of(
                "loop",
                "over",
                "definition",
                "indicator",
                "verdict",
                "a generation",
                "p (Holm)",
                "past the threshold from",
                "in the second half"));
        for (Row row : table.rows()) {
            lines.add(List.of(
                    row.loop(),
                    row.basis(),
                    row.definition(),
                    row.indicator(),
                    row.outcome(),
                    row.slope(),
                    dash(row.probability()),
                    dash(row.passed()),
                    dash(row.continuation().replaceFirst(":.*", ""))));
        }
        return text + TextTable.aligned(lines.get(0).size(), lines);
    }

    private static String dash(String cell) {
        return cell.isEmpty() ? "-" : cell;
    }
}
