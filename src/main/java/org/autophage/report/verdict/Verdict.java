package org.autophage.report.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.autophage.collapse.Indicator;
import org.autophage.collapse.Thresholds;
import org.autophage.measure.Measure;
import org.autophage.report.format.MetricFormat;
import org.autophage.report.records.Estimate;
import org.autophage.report.records.Trajectories;

/**
 * What a loop's records say of one definition of collapse, by one indicator of it: its slope over the generations, tested
 * over seeds, and where it passes the threshold.
 *
 * @param indicator what it was read from
 * @param outcome the word for it
 * @param slope change a generation, from the first generation to the last: of each seed by least squares, then mean and
 *     95% t interval over the seeds
 * @param adjusted p-value of the slope, two-sided, adjusted for all indicators of the loop (Holm); NaN without an interval
 * @param later the slope over the second half of the generations; not present where that is shorter than three
 * @param laterFrom the generation at which the second half begins
 * @param passed the generation from which on the mean over seeds is past the threshold to the end; 0 if it is not
 * @param passedSurely the same of the whole 95% interval; 0 if it is not
 */
public record Verdict(
        Indicator indicator,
        Outcome outcome,
        Estimate slope,
        double adjusted,
        Estimate later,
        int laterFrom,
        int passed,
        int passedSurely) {
    /** The words for a loop under one definition, the worst first. */
    public enum Outcome {
        /** It gets worse, and is past the threshold. */
        COLLAPSED,
        /** It gets worse, and is not past the threshold. */
        WORSENING,
        /** The records do not say: one seed, or an interval too wide. */
        INCONCLUSIVE,
        /** No change shows, and none that matters could have been missed. */
        LEVEL,
        /** It gets better. */
        IMPROVING;

        /** "collapsed". */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The error rate of calling a loop worse or better that is neither, over all its indicators together. */
    public static final double ERROR_RATE = 0.05;

    /** Generations that a slope of the second half needs. */
    private static final int LEAST_LATER = 3;

    /** The numbers of one indicator, before it is known how many others there are. */
    static Verdict measured(Trajectories run, Indicator indicator, Thresholds thresholds) {
        List<Integer> ends = run.run().firstAndLastGeneration();
        int first = ends.get(0);
        int last = ends.get(ends.size() - 1);
        int middle = (first + last + 1) / 2;
        Estimate later = last - middle + 1 < LEAST_LATER
                ? Estimate.of(List.of())
                : LoopSlope.of(run, indicator.key(), middle, last);
        List<Estimate> excesses = excesses(run, indicator, thresholds, first, last);
        return new Verdict(
                indicator,
                Outcome.INCONCLUSIVE,
                LoopSlope.of(run, indicator.key(), first, last),
                Double.NaN,
                later,
                middle,
                passedFrom(excesses.stream().map(Estimate::mean).toList(), first),
                passedFrom(excesses.stream().map(Estimate::low).toList(), first));
    }

    /**
     * The verdict, now that p-values are adjusted.
     *
     * @param adjustedProbability of the slope
     * @param value of the indicator in generation 1
     * @param generations from the first to the last
     */
    Verdict judged(double adjustedProbability, double value, int generations) {
        Outcome decided = decide(adjustedProbability, indicator.levelMargin(value) / (generations - 1));
        return new Verdict(indicator, decided, slope, adjustedProbability, later, laterFrom, passed, passedSurely);
    }

    private Outcome decide(double adjustedProbability, double margin) {
        if (!slope.hasInterval()) {
            return Outcome.INCONCLUSIVE;
        }
        if (!slope.excludesZero() && slope.low() > -margin && slope.high() < margin) {
            return Outcome.LEVEL;
        }
        if (adjustedProbability > ERROR_RATE) {
            return Outcome.INCONCLUSIVE;
        }
        if (indicator.harm() * slope.mean() < 0) {
            return Outcome.IMPROVING;
        }
        return passed > 0 ? Outcome.COLLAPSED : Outcome.WORSENING;
    }

    /** By how much each generation is past the threshold that the same seed's first one sets. */
    private static List<Estimate> excesses(
            Trajectories run, Indicator indicator, Thresholds thresholds, int first, int last) {
        Indicator.Line line = indicator.threshold(thresholds);
        Map<Long, Measure> before = run.at(indicator.key(), first);
        List<Estimate> excesses = new ArrayList<>();
        for (int generation = first; generation <= last; generation++) {
            SortedMap<Long, Measure> seeds = new TreeMap<>();
            run.at(indicator.key(), generation).forEach((seed, value) -> {
                Measure start = before.get(seed);
                if (start != null) {
                    // How replicas of two generations vary together is not recorded: errors add up at most.
                    seeds.put(
                            seed,
                            new Measure(
                                    indicator.harm() * (value.value() - line.at(start.value())),
                                    value.standardError() + line.factor() * start.standardError(),
                                    value.replicas()));
                }
            });
            excesses.add(Estimate.ofMeasurements(seeds.values()));
        }
        return excesses;
    }

    /** The first generation from which on nothing is below zero to the end; 0 if there is none. */
    private static int passedFrom(List<Double> excesses, int first) {
        int from = 0;
        for (int i = excesses.size() - 1; i >= 0 && excesses.get(i) >= 0; i--) {
            from = first + i;
        }
        return from;
    }

    /** For a loop that got worse: whether it still does in the second half of the generations. */
    enum Continuation {
        GOES_ON("goes on"),
        CANNOT_BE_TOLD("cannot be told"),
        RECOVERS("recovers"),
        /** It did not get worse, or there are too few generations or seeds. */
        NOTHING("");

        private final String word;

        Continuation(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    Continuation continuation() {
        boolean gotWorse = outcome == Outcome.COLLAPSED || outcome == Outcome.WORSENING;
        if (!gotWorse || !later.hasInterval()) {
            return Continuation.NOTHING;
        }
        if (!later.excludesZero()) {
            return Continuation.CANNOT_BE_TOLD;
        }
        return indicator.harm() * later.mean() > 0 ? Continuation.GOES_ON : Continuation.RECOVERS;
    }

    /** "goes on: +54.8 ± 5.9 a generation from generation 3 on"; empty where there is nothing to say. */
    String continuationInWords() {
        return continuation() == Continuation.NOTHING
                ? ""
                : continuation().word() + ": " + MetricFormat.change(indicator.metric(), later, later.mean())
                        + " a generation from generation " + laterFrom + " on";
    }
}
