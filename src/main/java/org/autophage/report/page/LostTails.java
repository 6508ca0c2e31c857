package org.autophage.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import org.autophage.measure.FactorTails;
import org.autophage.measure.Measure;
import org.autophage.measure.Metric;
import org.autophage.report.format.MetricFormat;
import org.autophage.report.format.Prose;
import org.autophage.report.format.RecordTable;
import org.autophage.report.records.Estimate;
import org.autophage.report.records.Trajectories;
import org.autophage.run.GenerationRecord;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * Which tenths of the real law are gone or thinned in the last generation, by name. A tenth is said to be thinned where the mean share
 * over seeds is at most .075, and below .1 by more than its standard error allows at 5% over all tenths together (Bonferroni, one-sided);
 * gone where besides it is at most .02. The standard error is of finite samples: a model that was trained again may have another share.
 *
 * @param sentence "the widest tenth of strokes is gone (.005 of the samples), the narrowest is thinned (.061)"; empty where records know
 *     no factors
 * @param table a row a tenth, its share in the first and in the last generation
 */
public record LostTails(String sentence, RecordTable table) {
    private static final double TENTH = 0.1;

    /** A quarter is missing: estimates of one factor have something of the others in them, which has moved shares by a sixth. */
    private static final double THINNED = 0.075;

    private static final double GONE = 0.02;
    private static final double ERROR_RATE = 0.05;
    private static final NormalDistribution NORMAL = new NormalDistribution();

    private enum State {
        THERE,
        THINNED,
        GONE
    }

    /** A tenth in the last generation. */
    private record Tail(FactorTails name, double first, double last, double deviations, State state) {}

    static LostTails of(Trajectories run) {
        List<Metric> shares = run.metrics().stream()
                .filter(metric ->
                        FactorTails.of(metric.key()).flatMap(FactorTails::tail).isPresent())
                .toList();
        List<Tail> tails =
                shares.stream().map(metric -> tail(run, metric, shares.size())).toList();
        if (tails.isEmpty()) {
            return new LostTails("", new RecordTable(List.of(), List.of()));
        }
        String what = run.run().spec().path("dataset").path("kind").asString("samples");
        List<String> lost = new ArrayList<>();
        for (State state : List.of(State.GONE, State.THINNED)) {
            tails.stream()
                    .filter(tail -> tail.state == state)
                    .forEach(tail -> lost.add("the %s tenth of %s is %s (%s of the samples)"
                            .formatted(
                                    tail.name.words(), what, state.name().toLowerCase(Locale.ROOT), share(tail.last))));
        }
        List<Integer> ends = run.run().firstAndLastGeneration();
        String generation = " in generation " + ends.get(ends.size() - 1);
        String sentence = lost.isEmpty() ? "no tenth is thinned" : String.join(", ", lost);
        return new LostTails(
                Prose.sentence(sentence) + generation + ".",
                new RecordTable(
                        List.of(
                                "Factor",
                                "Tenth",
                                "How well it is known",
                                "Share, first",
                                "Share, last",
                                "z",
                                "In words"),
                        tails.stream().map(tail -> row(run, tail)).toList()));
    }

    private static Tail tail(Trajectories run, Metric metric, int tails) {
        List<Integer> ends = run.run().firstAndLastGeneration();
        int last = ends.get(ends.size() - 1);
        double share = run.estimate(metric.key(), last).mean();
        SortedMap<Long, Measure> seeds = run.at(metric.key(), last);
        double squares = 0;
        for (GenerationRecord record : run.run().records()) {
            if (record.generation() == last && seeds.containsKey(record.seed())) {
                OptionalDouble error = record.measures().samplingError(metric);
                squares += error.isPresent() ? error.getAsDouble() * error.getAsDouble() : Double.NaN;
            }
        }
        double deviations = (share - TENTH) / (Math.sqrt(squares) / seeds.size());
        boolean thinned = share <= THINNED && deviations < NORMAL.inverseCumulativeProbability(ERROR_RATE / tails);
        State state = !thinned ? State.THERE : share <= GONE ? State.GONE : State.THINNED;
        return new Tail(
                FactorTails.of(metric.key()).orElseThrow(),
                run.estimate(metric.key(), ends.get(0)).mean(),
                share,
                deviations,
                state);
    }

    private static List<String> row(Trajectories run, Tail tail) {
        Metric known = FactorTails.known(tail.name.factor());
        List<Integer> ends = run.run().firstAndLastGeneration();
        Optional<Estimate> correlation =
                Optional.of(run.estimate(known.key(), ends.get(0))).filter(Estimate::isPresent);
        return List.of(
                tail.name.factor(),
                tail.name.words(),
                correlation.map(each -> MetricFormat.of(known, each.mean())).orElse(""),
                share(tail.first),
                share(tail.last),
                String.format(Locale.ROOT, "%+.1f", tail.deviations).replace('-', '−'),
                tail.state == State.THERE ? "" : tail.state.name().toLowerCase(Locale.ROOT));
    }

    private static String share(double share) {
        return String.format(Locale.ROOT, "%.3f", share);
    }
}
