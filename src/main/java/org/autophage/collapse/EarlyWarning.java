package org.autophage.collapse;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.autophage.statistics.Cusum;
import org.autophage.statistics.SelfStarting;

/**
 * Watches one seed's loop for a change of its level while it runs: self-starting cumulative sums (Hawkins 1987) of every
 * indicator that the records have. Nobody knows beforehand how much a metric varies from one training to the next, and
 * noise of sampling alone is about a third of it; so each generation is compared with those before it, and with generation 1 of
 * the run's earlier seeds, which are independent trainings on real data: with them the warning needs fewer generations.
 *
 * <p>As long as generations are independent draws from one normal law, a sum passes the limit once in {@value
 * #AVERAGE_RUN_LENGTH} generations on average, an indicator at a time.
 */
public final class EarlyWarning {
    /** k: half a standard deviation, so that a change of one is found soonest. */
    public static final double ALLOWANCE = .5;

    /** h, in standard deviations. */
    public static final double LIMIT = 4;

    /** Generations between false warnings of one indicator on one side. */
    public static final int AVERAGE_RUN_LENGTH = 335;

    private final Map<Indicator, Watch> watches = new EnumMap<>(Indicator.class);
    private final List<Map<String, Double>> earlierFirsts;

    /**
     * Begins before generation 1.
     *
     * @param earlierFirsts what was measured of generation 1 of other seeds of the same experiment; none is fine
     */
    public EarlyWarning(List<Map<String, Double>> earlierFirsts) {
        this.earlierFirsts = List.copyOf(earlierFirsts);
    }

    /**
     * Takes the next generation.
     *
     * @param generation t, counted from 1
     * @param measured its record's numbers, by name
     */
    public void finished(int generation, Map<String, Double> measured) {
        for (Indicator indicator : Indicator.in(measured.keySet())) {
            watches.computeIfAbsent(indicator, this::watch).finished(generation, indicator.in(measured));
        }
    }

    /** How every indicator stands, in order. */
    public List<Signal> signals() {
        List<Signal> signals = new ArrayList<>();
        watches.forEach((indicator, watch) -> signals.add(watch.signal(indicator)));
        return signals;
    }

    private Watch watch(Indicator indicator) {
        Watch watch = new Watch();
        for (Map<String, Double> first : earlierFirsts) {
            double value = indicator.in(first);
            if (!Double.isNaN(value)) {
                watch.scores.next(value);
            }
        }
        return watch;
    }

    /** The sums of one indicator. */
    private static final class Watch {
        private final SelfStarting scores = new SelfStarting();
        private final List<Integer> scored = new ArrayList<>();
        private Cusum sums = new Cusum(ALLOWANCE, LIMIT);
        private int raised;

        void finished(int generation, double value) {
            OptionalDouble score = scores.next(value);
            if (score.isEmpty()) {
                return;
            }
            scored.add(generation);
            sums = sums.plus(score.getAsDouble());
            boolean beyond = sums.hasRisen() || sums.hasFallen();
            raised = !beyond ? 0 : raised == 0 ? generation : raised;
        }

        Signal signal(Indicator indicator) {
            boolean more = indicator.harm() > 0;
            double worse = more ? sums.up() : sums.down();
            boolean isWorse = more ? sums.hasRisen() : sums.hasFallen();
            boolean isBetter = more ? sums.hasFallen() : sums.hasRisen();
            int from = isBetter == more ? sums.downFrom() : sums.upFrom();
            Signal.State state = scored.isEmpty()
                    ? Signal.State.NOT_YET
                    : isWorse ? Signal.State.WORSE : isBetter ? Signal.State.BETTER : Signal.State.QUIET;
            return new Signal(indicator, state, worse, from == 0 ? 0 : scored.get(from - 1), raised);
        }
    }
}
