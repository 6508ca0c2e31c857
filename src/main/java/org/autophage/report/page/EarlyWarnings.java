package org.autophage.report.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autophage.collapse.EarlyWarning;
import org.autophage.collapse.Indicator;
import org.autophage.collapse.Signal;
import org.autophage.report.records.RunReading;
import org.autophage.run.GenerationRecord;
import org.autophage.run.Trainings;

/**
 * What the early warning says of a run's seeds, computed again from their records.
 *
 * @param seeds the columns
 * @param rows one an indicator
 */
public record EarlyWarnings(List<Long> seeds, List<Row> rows) {
    /**
     * One indicator.
     *
     * @param indicator its name
     * @param cells one a seed
     */
    public record Row(String indicator, List<Cell> cells) {}

    /**
     * One indicator of one seed.
     *
     * @param text what its sums say
     * @param warns whether that is a warning
     */
    public record Cell(String text, boolean warns) {}

    static EarlyWarnings of(RunReading run) {
        Map<Indicator, List<Cell>> cells = new LinkedHashMap<>();
        Trainings known = Trainings.read(run.folder().trainings());
        List<Long> seeds = new ArrayList<>();
        for (Map.Entry<Long, List<GenerationRecord>> each : run.seeds().entrySet()) {
            List<GenerationRecord> records = each.getValue();
            if (records.isEmpty()) {
                continue;
            }
            EarlyWarning warning = new EarlyWarning(known.without(each.getKey()));
            records.forEach(record -> warning.finished(record.generation(), record.measures()));
            known = known.with(records.subList(0, 1));
            for (Signal signal : warning.signals()) {
                List<Cell> row = cells.computeIfAbsent(signal.indicator(), indicator -> new ArrayList<>());
                while (row.size() < seeds.size()) {
                    row.add(new Cell("", false)); // seeds before this one that do not have the indicator
                }
                row.add(new Cell(text(signal), signal.warns()));
            }
            seeds.add(each.getKey());
        }
        List<Row> rows = new ArrayList<>();
        cells.forEach((indicator, row) -> rows.add(new Row(indicator.inSentence(), row)));
        return new EarlyWarnings(seeds, rows);
    }

    private static String text(Signal signal) {
        boolean more = signal.indicator().harm() > 0;
        String worse = (more ? "rising" : "falling") + " since generation " + signal.since();
        return switch (signal.state()) {
            case NOT_YET -> "not yet";
            case QUIET -> "no change";
            case CHANGED ->
                "%s, by %.1f standard errors of sampling: beyond sampling noise"
                        .formatted(worse, signal.samplingErrors());
            case WORSE -> worse + ", warned after generation " + signal.raised() + " " + signal.standsOn();
            case BETTER -> (more ? "falling" : "rising") + " since generation " + signal.since();
        };
    }
}
