package org.autophage.report.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.autophage.base.AutophageException;
import org.autophage.measure.Metric;
import org.autophage.report.format.ColumnDigits;
import org.autophage.report.format.MetricFormat;
import org.autophage.report.format.Prose;
import org.autophage.report.records.Contrast;
import org.autophage.report.records.Estimate;
import org.autophage.report.records.IntervalBasis;
import org.autophage.report.records.Trajectories;
import org.autophage.report.verdict.LoopVerdict;

/**
 * Means of a metric a column with their intervals, and the differences to a baseline: of several loops, a row a loop and
 * generation, differences to one of the loops in the same generation; or of one loop, a row a generation, differences to
 * one of the generations if one is asked for.
 *
 * @param name what it is of, for its label
 * @param metrics the columns
 * @param rows in order of the loops, then of the generations
 * @param baseline what differences are to, in words; empty where there are none
 * @param verdict what became of the loop where it is one; empty where rows say it
 * @param intervals what they are over
 */
public record LoopTable(
        String name, List<Metric> metrics, List<Row> rows, String baseline, String verdict, IntervalBasis intervals) {
    /**
     * One loop in one generation.
     *
     * @param loop its name
     * @param generation from 1
     * @param seeds how many seeds have the generation
     * @param verdict what became of the loop, in one word
     * @param cells one a metric
     */
    public record Row(String loop, int generation, int seeds, String verdict, List<Cell> cells) {}

    /**
     * One number.
     *
     * @param metric what it is of
     * @param estimate mean and interval; not present where the loop does not have it
     * @param contrast to the baseline, whose own is not present
     * @param decimals the column's
     */
    public record Cell(Metric metric, Estimate estimate, Contrast contrast, int decimals) {
        /** Mean and interval; empty where the loop does not have it. */
        public String value() {
            return estimate.isPresent() ? MetricFormat.of(estimate, decimals) : "";
        }

        /** Difference to the baseline; empty for that one itself. */
        public String difference() {
            return contrast.change().isPresent() ? MetricFormat.change(contrast.change(), decimals) : "";
        }

        /** Whether the difference's interval leaves out zero. */
        public boolean excludesZero() {
            return contrast.change().excludesZero();
        }
    }

    /** What a row's differences are to. */
    @FunctionalInterface
    private interface Baseline {
        Contrast contrast(Metric metric, int loop, int generation);
    }

    private static final Contrast NONE = new Contrast(Estimate.of(List.of()), true);

    /**
     * Several loops, by default in the last generation that all seeds of all of them have, with differences to the first.
     *
     * @param verdicts one a loop, with its label
     * @throws AutophageException with USAGE where they have no finished generation in common, or something is asked for
     *     that they do not have
     */
    public static LoopTable ofLoops(
            String name, List<Trajectories> loops, List<LoopVerdict> verdicts, TableRequest request) {
        List<String> labels = verdicts.stream().map(LoopVerdict::label).toList();
        List<Metric> metrics = request.columns(Trajectories.metricsOf(loops));
        int base = request.baselineAmong(labels);
        TreeSet<Integer> finished = Trajectories.finishedByAll(loops);
        if (finished.isEmpty()) {
            throw AutophageException.usage("these runs have no finished generation in common: there is no table");
        }
        Set<Integer> generations = request.rows(finished, Set.of(finished.last()));
        Baseline baseline = (metric, loop, generation) -> loop == base
                ? NONE
                : Contrast.of(
                        loops.get(base).at(metric.key(), generation),
                        loops.get(loop).at(metric.key(), generation),
                        loops.get(loop).intervals());
        return of(name, loops, verdicts, metrics, generations, baseline, labels.get(base), "");
    }

    /**
     * One loop, by default in all generations that all of its seeds have.
     *
     * @throws AutophageException with USAGE where none is finished, or something is asked for that it does not have
     */
    public static LoopTable ofRun(String name, Trajectories loop, LoopVerdict verdict, TableRequest request) {
        List<Metric> metrics = request.columns(loop.metrics());
        TreeSet<Integer> finished = Trajectories.finishedByAll(List.of(loop));
        if (finished.isEmpty()) {
            throw AutophageException.usage(name + " has no finished generation: there is no table");
        }
        Set<Integer> generations = request.rows(finished, finished);
        if (request.baseline().isEmpty()) {
            return of(
                    name,
                    List.of(loop),
                    List.of(verdict),
                    metrics,
                    generations,
                    (m, l, g) -> NONE,
                    "",
                    verdict.inWords());
        }
        List<String> known = finished.stream().map(String::valueOf).toList();
        TableRequest.require("--baseline", request.baseline(), "no generation that all seeds have", known);
        int base = Integer.parseInt(request.baseline());
        Baseline baseline = (metric, l, generation) ->
                generation == base ? NONE : new Contrast(loop.change(metric.key(), base, generation), true);
        return of(
                name,
                List.of(loop),
                List.of(verdict),
                metrics,
                generations,
                baseline,
                "generation " + base,
                verdict.inWords());
    }

    private static LoopTable of(
            String name,
            List<Trajectories> loops,
            List<LoopVerdict> verdicts,
            List<Metric> metrics,
            Set<Integer> generations,
            Baseline baseline,
            String baselineInWords,
            String verdict) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < loops.size(); i++) {
            Trajectories loop = loops.get(i);
            int place = i;
            for (int generation : generations) {
                int seeds = (int) loop.run().records().stream()
                        .filter(record -> record.generation() == generation)
                        .count();
                List<Cell> cells = metrics.stream()
                        .map(metric -> new Cell(
                                metric,
                                loop.estimate(metric.key(), generation),
                                baseline.contrast(metric, place, generation),
                                0))
                        .toList();
                String word = verdicts.get(i).outcome().word();
                rows.add(new Row(verdicts.get(i).label(), generation, seeds, word, cells));
            }
        }
        return new LoopTable(
                name, metrics, withDigits(metrics, rows), baselineInWords, verdict, IntervalBasis.of(loops));
    }

    private static List<Row> withDigits(List<Metric> metrics, List<Row> rows) {
        List<Integer> decimals = new ArrayList<>();
        for (int i = 0; i < metrics.size(); i++) {
            List<Estimate> column = new ArrayList<>();
            for (Row row : rows) {
                column.add(row.cells().get(i).estimate());
                column.add(row.cells().get(i).contrast().change());
            }
            decimals.add(ColumnDigits.of(metrics.get(i), column));
        }
        List<Row> written = new ArrayList<>();
        for (Row row : rows) {
            List<Cell> cells = new ArrayList<>();
            for (int i = 0; i < metrics.size(); i++) {
                Cell cell = row.cells().get(i);
                cells.add(new Cell(cell.metric(), cell.estimate(), cell.contrast(), decimals.get(i)));
            }
            written.add(new Row(row.loop(), row.generation(), row.seeds(), row.verdict(), cells));
        }
        return written;
    }

    /** Whether rows are of several loops, and say which and what became of it. */
    public boolean severalLoops() {
        return verdict.isEmpty();
    }

    /** Whether rows have to say which generation they are of. */
    public boolean severalGenerations() {
        return !severalLoops()
                || rows.stream().mapToInt(Row::generation).distinct().count() > 1;
    }

    /** "generation 5", "generations 1, 5". */
    public String generationsInWords() {
        Set<Integer> all = rows.stream().map(Row::generation).collect(Collectors.toCollection(TreeSet::new));
        return (all.size() == 1 ? "generation " : "generations ") + Prose.ranges(all);
    }

    /** The last of its generations. */
    public int lastGeneration() {
        return rows.get(rows.size() - 1).generation();
    }

    /** "paired by seed", "between independent seeds (Welch)", or both. */
    public String pairing() {
        List<Boolean> kinds = rows.stream()
                .flatMap(row -> row.cells().stream())
                .map(Cell::contrast)
                .filter(contrast -> contrast.change().isPresent())
                .map(Contrast::paired)
                .distinct()
                .toList();
        return kinds.size() > 1
                ? "paired by seed where both have the seeds, otherwise between independent seeds (Welch)"
                : kinds.contains(false) ? "between independent seeds (Welch)" : "paired by seed";
    }

    /** What stands above the table: what is in it, and what ± and bold mean. */
    public String caption() {
        StringBuilder caption =
                new StringBuilder(severalLoops() ? "Loops in " + generationsInWords() : name + " by generation");
        boolean anyInterval = rows.stream().flatMap(row -> row.cells().stream()).anyMatch(cell -> cell.estimate()
                .hasInterval());
        caption.append(anyInterval ? ": mean " + notation() + "." : ": values of one seed each, without intervals.");
        if (hasDifferences()) {
            caption.append(" Below the means their differences to ").append(baseline);
            boolean compared = rows.stream()
                    .flatMap(row -> row.cells().stream())
                    .anyMatch(cell -> cell.contrast().change().hasInterval());
            caption.append(compared ? ", " + pairing() + "; bold where the 95% interval leaves out 0." : ".");
        }
        return caption.append(
                        severalLoops()
                                ? " Verdict: the worst change over all generations of which the records are sure."
                                : " Verdict: " + verdict + ".")
                .toString();
    }

    boolean hasDifferences() {
        return rows.stream()
                .flatMap(row -> row.cells().stream())
                .anyMatch(cell -> cell.contrast().change().isPresent());
    }

    private String notation() {
        return intervals.isBootstrap()
                ? "[ends of the " + intervals.inWords() + "]"
                : "± half-width of the " + intervals.inWords();
    }
}
