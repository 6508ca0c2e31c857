package org.autophage.collapse;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.autophage.measure.Measures;

/** Follows one seed's generations as they finish: early warning and stop rule. */
public final class SeedWatch {
    private final StopSpec rule;
    private final EarlyWarning warning;
    private Measures first = Measures.NONE;
    private final Map<Indicator, Integer> inARow = new EnumMap<>(Indicator.class);
    /** The indicators that are past their thresholds, with the generation since which they are. */
    private final Map<Indicator, Integer> pastSince = new EnumMap<>(Indicator.class);

    private Optional<StopNote> stop = Optional.empty();

    /**
     * Begins before generation 1.
     *
     * @param rule when the loop is to end
     * @param otherFirsts what was measured of generation 1 of other seeds of the same experiment
     */
    public SeedWatch(StopSpec rule, List<Measures> otherFirsts) {
        this.rule = rule;
        this.warning = new EarlyWarning(otherFirsts);
    }

    /**
     * Takes the next generation.
     *
     * @param generation t, counted from 1
     * @param measured what its record has
     */
    public void finished(int generation, Measures measured) {
        if (first.values().isEmpty()) {
            first = measured;
        }
        warning.finished(generation, measured);
        for (Indicator indicator : Indicator.in(measured.values().keySet())) {
            if (isPast(indicator, measured)) {
                pastSince.putIfAbsent(indicator, generation);
            } else {
                pastSince.remove(indicator);
            }
        }
        switch (rule.when()) {
            case NEVER -> {}
            case WARNED -> {
                List<Indicator> warned = signals().stream()
                        .filter(Signal::warns)
                        .map(Signal::indicator)
                        .toList();
                judge(generation, measured, warned::contains);
            }
            case COLLAPSED -> judge(generation, measured, pastSince::containsKey);
        }
    }

    private boolean isPast(Indicator indicator, Measures measured) {
        double before = indicator.in(first);
        return indicator.isPast(indicator.in(measured), before, rule.thresholds());
    }

    private void judge(int generation, Measures measured, Predicate<Indicator> holds) {
        List<String> reasons = new ArrayList<>();
        for (Indicator indicator : Indicator.in(measured.values().keySet())) {
            int times = holds.test(indicator) ? inARow.getOrDefault(indicator, 0) + 1 : 0;
            inARow.put(indicator, times);
            if (times >= rule.patience()) {
                reasons.add(reason(indicator, measured, times));
            }
        }
        stop = reasons.isEmpty()
                ? Optional.empty()
                : Optional.of(new StopNote(generation, rule, String.join("; ", reasons)));
    }

    private String reason(Indicator indicator, Measures measured, int times) {
        String what = rule.when() == StopSpec.When.WARNED
                ? signals().stream()
                        .filter(signal -> signal.indicator() == indicator)
                        .findFirst()
                        .orElseThrow()
                        .inSentence()
                : String.format(
                        Locale.ROOT,
                        "%s, as %s %.3g is past %.3g (%s)",
                        indicator.definition().inSentence(),
                        indicator.inSentence(),
                        indicator.in(measured),
                        indicator.threshold(rule.thresholds()).at(indicator.in(first)),
                        rule.thresholds().inSentence(indicator.definition()));
        return times == 1 ? what : what + ", " + times + " generations in a row";
    }

    /** How every indicator stands. */
    public List<Signal> signals() {
        return warning.signals();
    }

    /** What is to be said at once: the indicators that warn or are past their thresholds. */
    public Set<Indicator> alarming() {
        Set<Indicator> alarming = EnumSet.noneOf(Indicator.class);
        alarming.addAll(pastSince.keySet());
        signals().stream().filter(Signal::warns).map(Signal::indicator).forEach(alarming::add);
        return alarming;
    }

    /** Whether the loop is to end after the generation that finished last, and why. */
    public Optional<StopNote> stop() {
        return stop;
    }

    /** A line's end for a person: the indicators' values, which are past their thresholds, and what the early warning says. */
    public String describe(Measures measured) {
        List<String> values = new ArrayList<>();
        for (Indicator indicator : Indicator.in(measured.values().keySet())) {
            values.add(String.format(Locale.ROOT, "%s %.3g", indicator.inSentence(), indicator.in(measured)));
        }
        List<String> past = new ArrayList<>();
        pastSince.forEach(
                (indicator, since) -> past.add("%s since generation %d".formatted(indicator.inSentence(), since)));
        List<String> parts = new ArrayList<>();
        if (!values.isEmpty()) {
            parts.add(String.join(", ", values));
        }
        if (!past.isEmpty()) {
            parts.add("PAST THE THRESHOLD: " + String.join(", ", past));
        }
        parts.add(warningLine());
        return String.join("; ", parts);
    }

    private String warningLine() {
        List<Signal> signals = signals();
        if (signals.stream().allMatch(signal -> signal.state() == Signal.State.NOT_YET)) {
            return "too early to tell a change from chance";
        }
        List<String> said = new ArrayList<>();
        List<Signal> warnings = signals.stream().filter(Signal::warns).toList();
        if (!warnings.isEmpty()) {
            said.add("WARNING: " + byFooting(warnings));
        }
        List<String> changed = signals.stream()
                .filter(signal -> signal.state() == Signal.State.CHANGED)
                .map(Signal::changeBeyondSampling)
                .toList();
        if (!changed.isEmpty()) {
            said.add("changed beyond sampling noise: " + String.join(", ", changed));
        }
        return said.isEmpty() ? "no change beyond chance so far" : String.join("; ", said);
    }

    /** Changes, and what warnings of them stand on once for all that stand on the same. */
    private static String byFooting(List<Signal> warnings) {
        Map<String, List<String>> changes = new LinkedHashMap<>();
        for (Signal warning : warnings) {
            changes.computeIfAbsent(warning.standsOn(), footing -> new ArrayList<>())
                    .add(warning.change());
        }
        List<String> parts = new ArrayList<>();
        changes.forEach((footing, each) -> parts.add(String.join(", ", each) + ", " + footing));
        return String.join(", and ", parts);
    }
}
