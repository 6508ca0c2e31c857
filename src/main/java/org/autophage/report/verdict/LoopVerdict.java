package org.autophage.report.verdict;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.autophage.collapse.EarlyWarning;
import org.autophage.collapse.Indicator;
import org.autophage.collapse.Thresholds;
import org.autophage.report.format.Prose;
import org.autophage.report.records.Trajectories;
import org.autophage.report.verdict.Verdict.Continuation;
import org.autophage.report.verdict.Verdict.Outcome;
import org.autophage.run.GenerationRecord;
import org.autophage.statistics.Holm;

/**
 * What the records of one loop say, definition by definition.
 *
 * @param label the loop's name on the page
 * @param basis what the intervals are over: "3 seeds", "one seed", "one seed of 2,000 replicas"
 * @param last the last generation that all seeds have finished; 0 before any
 * @param verdicts one an indicator that the records have; none before generation 2
 * @param alone what can be said of one seed without an interval; empty of more, and where records have no sampling noise
 */
public record LoopVerdict(String label, String basis, int last, List<Verdict> verdicts, String alone) {
    public static LoopVerdict of(Trajectories run, String label, Thresholds thresholds) {
        List<Integer> ends = run.run().firstAndLastGeneration();
        int last = ends.isEmpty() ? 0 : ends.get(ends.size() - 1);
        String basis = basis(run, last);
        if (ends.size() < 2) {
            return new LoopVerdict(label, basis, last, List.of(), "");
        }
        List<Verdict> measured = Indicator.in(run.values().keySet()).stream()
                .filter(indicator -> run.estimate(indicator.key(), ends.get(0)).isPresent())
                .map(indicator -> Verdict.measured(run, indicator, thresholds))
                .filter(verdict -> verdict.slope().isPresent())
                .toList();
        List<Double> adjusted = Holm.adjusted(measured.stream()
                .map(verdict -> verdict.slope().probability())
                .map(probability -> Double.isNaN(probability) ? 1 : probability)
                .toList());
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < measured.size(); i++) {
            Verdict verdict = measured.get(i);
            double first = run.estimate(verdict.indicator().key(), ends.get(0)).mean();
            double probability = verdict.slope().hasInterval() ? adjusted.get(i) : Double.NaN;
            verdicts.add(verdict.judged(probability, first, last - ends.get(0) + 1));
        }
        return new LoopVerdict(label, basis, last, verdicts, alone(run, last));
    }

    /** What one seed can say: whether it has changed by more than sampling it again would, which is not yet by training again. */
    private static String alone(Trajectories run, int last) {
        List<List<GenerationRecord>> seeds = run.run().seeds().values().stream()
                .filter(records -> records.stream().anyMatch(record -> record.generation() == last))
                .toList();
        if (seeds.size() != 1) {
            return "";
        }
        EarlyWarning warning = new EarlyWarning(List.of());
        seeds.get(0).forEach(record -> warning.finished(record.generation(), record.measures()));
        if (!warning.knowsSampling()) {
            return "";
        }
        List<String> changes = warning.beyondSampling();
        return changes.isEmpty()
                ? "no change for the worse beyond sampling noise (one seed)"
                : "changed beyond sampling noise: " + String.join(", ", changes)
                        + "; a second seed would tell whether beyond training noise";
    }

    private static String basis(Trajectories run, int last) {
        long seeds = run.run().records().stream()
                .filter(record -> record.generation() == last)
                .count();
        String replicas = run.replicas() > 1 ? " of " + Prose.counted(run.replicas(), "replica") : "";
        return (seeds == 1 ? "one seed" : Prose.counted(seeds, "seed")) + replicas;
    }

    /** The worst outcome of which the records are sure, or inconclusive where none is. */
    public Outcome outcome() {
        for (Outcome candidate : List.of(Outcome.COLLAPSED, Outcome.WORSENING)) {
            if (has(candidate)) {
                return candidate;
            }
        }
        return has(Outcome.LEVEL) ? Outcome.LEVEL : has(Outcome.IMPROVING) ? Outcome.IMPROVING : Outcome.INCONCLUSIVE;
    }

    private boolean has(Outcome outcome) {
        return verdicts.stream().anyMatch(verdict -> verdict.outcome() == outcome);
    }

    /** What became of the loop, to stand after its name and a colon: "collapsed by diversity loss (recall from …)". */
    public String inWords() {
        if (last == 0) {
            return "no finished generation";
        }
        if (verdicts.isEmpty()) {
            return last == 1 ? "one generation so far" : "no metric in which collapse shows";
        }
        String collapsed = by(Outcome.COLLAPSED, true);
        String worsening = by(Outcome.WORSENING, false);
        if (!collapsed.isEmpty()) {
            return "collapsed by " + collapsed + (worsening.isEmpty() ? "" : ", getting worse by " + worsening)
                    + whetherItGoesOn();
        }
        if (!worsening.isEmpty()) {
            return "getting worse by " + worsening + ", past no threshold so far" + whetherItGoesOn();
        }
        if (outcome() != Outcome.INCONCLUSIVE) {
            return withoutHarm();
        }
        boolean noInterval =
                verdicts.stream().noneMatch(verdict -> verdict.slope().hasInterval());
        if (noInterval && !alone.isEmpty()) {
            return alone;
        }
        return "inconclusive (" + (noInterval ? basis : "no slope stands out from chance") + ")";
    }

    /**
     * "level" where all of it is, otherwise "level by mode loss (modes lost), improving by distance growth (…); no slope stands out from
     * chance by diversity loss (recall, coverage)".
     */
    private String withoutHarm() {
        if (verdicts.stream().allMatch(verdict -> verdict.outcome() == outcome())) {
            return outcome().word();
        }
        List<String> sure = new ArrayList<>();
        for (Outcome each : List.of(Outcome.LEVEL, Outcome.IMPROVING)) {
            String named = by(each, false);
            if (!named.isEmpty()) {
                sure.add(each.word() + " by " + named);
            }
        }
        String open = by(Outcome.INCONCLUSIVE, false);
        return String.join(", ", sure) + (open.isEmpty() ? "" : "; no slope stands out from chance by " + open);
    }

    /** What becomes of the indicators that got worse in the second half. */
    private String whetherItGoesOn() {
        List<Verdict> told = verdicts.stream()
                .filter(verdict -> verdict.continuation() != Continuation.NOTHING)
                .toList();
        if (told.isEmpty()) {
            return "";
        }
        String since = " from generation " + told.get(0).laterFrom() + " on";
        String goingOn = withContinuation(told, Continuation.GOES_ON);
        String recovering = withContinuation(told, Continuation.RECOVERS);
        String open = withContinuation(told, Continuation.CANNOT_BE_TOLD);
        if (goingOn.isEmpty() && recovering.isEmpty()) {
            return "; whether it goes on" + since + " cannot be told";
        }
        if (recovering.isEmpty() && open.isEmpty()) {
            return "; it goes on" + since;
        }
        List<String> parts = new ArrayList<>();
        if (!goingOn.isEmpty()) {
            parts.add("goes on by " + goingOn);
        }
        if (!recovering.isEmpty()) {
            parts.add("recovers by " + recovering);
        }
        return ";" + since + " it " + String.join(" and ", parts)
                + (open.isEmpty() ? "" : ", by the rest it cannot be told");
    }

    /** "recall, coverage". */
    private static String withContinuation(List<Verdict> verdicts, Continuation continuation) {
        return verdicts.stream()
                .filter(verdict -> verdict.continuation() == continuation)
                .map(verdict -> verdict.indicator().inSentence())
                .collect(Collectors.joining(", "));
    }

    /** "diversity loss (recall from generation 3, coverage from generation 4) and distance growth (…)". */
    private String by(Outcome outcome, boolean when) {
        List<Verdict> chosen = verdicts.stream()
                .filter(verdict -> verdict.outcome() == outcome)
                .toList();
        Set<String> parts = new LinkedHashSet<>();
        for (Verdict verdict : chosen) {
            Predicate<Verdict> alike = other ->
                    other.indicator().definition() == verdict.indicator().definition();
            String indicators = chosen.stream()
                    .filter(alike)
                    .map(each ->
                            each.indicator().inSentence() + (when ? " from generation " + each.passed() + " on" : ""))
                    .collect(Collectors.joining(", "));
            parts.add(verdict.indicator().definition().inSentence() + " (" + indicators + ")");
        }
        return String.join(" and ", parts);
    }
}
