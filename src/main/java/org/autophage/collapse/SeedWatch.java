package org.autophage.collapse;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Follows one seed's generations as they finish: early warning and stop rule. */
public final class SeedWatch {
    private final StopSpec rule;
    private final EarlyWarning warning;
    private final Map<String, Double> first = new HashMap<>();
    private final Map<Indicator, Integer> inARow = new EnumMap<>(Indicator.class);
    /** The indicators that are past their thresholds, with the generation since which they are. */
    private final Map<Indicator, Integer> pastSince = new EnumMap<>(Indicator.class);

    private Optional<StopNote> stop = Optional.empty();

    /**
     * Begins before generation 1.
     *
     * @param rule when the loop is to end
     * @param earlierFirsts what was measured of generation 1 of the run's earlier seeds
     */
    public SeedWatch(StopSpec rule, List<Map<String, Double>> earlierFirsts) {
        this.rule = rule;
        this.warning = new EarlyWarning(earlierFirsts);
    }

    /**
     * Takes the next generation.
     *
     * @param generation t, counted from 1
     * @param measured its record's numbers, by name
     */
    public void finished(int generation, Map<String, Double> measured) {
        if (first.isEmpty()) {
            first.putAll(measured);
        }
        warning.finished(generation, measured);
        for (Indicator indicator : Indicator.in(measured.keySet())) {
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

    private boolean isPast(Indicator indicator, Map<String, Double> measured) {
        double before = indicator.in(first);
        return indicator.isPast(indicator.in(measured), before, rule.thresholds());
    }

    private void judge(int generation, Map<String, Double> measured, Predicate<Indicator> holds) {
        List<String> reasons = new ArrayList<>();
        for (Indicator indicator : Indicator.in(measured.keySet())) {
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

    private String reason(Indicator indicator, Map<String, Double> measured, int times) {
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
    public String describe(Map<String, Double> measured) {
        List<String> values = new ArrayList<>();
        for (Indicator indicator : Indicator.in(measured.keySet())) {
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
        List<String> warnings =
                signals.stream().filter(Signal::warns).map(Signal::inSentence).toList();
        if (!warnings.isEmpty()) {
            return "WARNING: " + String.join(", ", warnings);
        }
        return signals.stream().allMatch(signal -> signal.state() == Signal.State.NOT_YET)
                ? "too early to tell a change from chance"
                : "no change beyond chance so far";
    }
}
