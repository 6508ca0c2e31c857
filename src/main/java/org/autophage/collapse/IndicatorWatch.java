package org.autophage.collapse;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.autophage.measure.Basis;
import org.autophage.measure.Measures;
import org.autophage.statistics.Cusum;
import org.autophage.statistics.Dunnett;
import org.autophage.statistics.SelfStarting;
import org.hipparchus.stat.descriptive.StreamingStatistics;

/** The early warning of one indicator of one seed. */
final class IndicatorWatch {
    private final Indicator indicator;
    /** Of this indicator alone. */
    private final double errorRate;
    /** Generation 1 of other seeds and of this one. */
    private final StreamingStatistics trainings = new StreamingStatistics();

    private final SelfStarting scores = new SelfStarting();
    /** The generations that had scores. */
    private final List<Integer> scored = new ArrayList<>();

    private Cusum sums = new Cusum(EarlyWarning.ALLOWANCE, EarlyWarning.LIMIT);
    private Measures first = Measures.NONE;
    /** Since when without a break it has been so; 0 while it is not. */
    private int beyondSampling;

    private int worse;
    private int better;
    private Signal signal;

    /** @param indicators how many are watched, this one among them */
    IndicatorWatch(Indicator indicator, List<Measures> otherFirsts, int indicators) {
        this.indicator = indicator;
        this.errorRate = EarlyWarning.ERROR_RATE / indicators;
        for (Measures other : otherFirsts) {
            other.value(indicator.metric()).ifPresent(this::train);
        }
        this.signal = notYet(Double.NaN);
    }

    private OptionalDouble train(double value) {
        trainings.addValue(value);
        return scores.next(value);
    }

    private Signal notYet(double value) {
        double none = Double.NaN;
        return new Signal(
                indicator,
                Signal.State.NOT_YET,
                Footing.OWN,
                (int) trainings.getN(),
                value,
                value,
                none,
                none,
                none,
                0,
                0);
    }

    Signal signal() {
        return signal;
    }

    void finished(int generation, Measures measured) {
        double value = indicator.in(measured);
        if (first.value(indicator.metric()).isEmpty()) {
            first = measured;
            addScore(generation, train(value));
            signal = notYet(value);
            return;
        }
        addScore(generation, scores.next(value));
        double change = indicator.harm() * (value - indicator.in(first));
        double samplingErrors = over(change, Math.hypot(samplingError(first), samplingError(measured)));
        beyondSampling = since(beyondSampling, samplingErrors > limit(Double.POSITIVE_INFINITY), generation);
        double errorOfReplicas = standardError(first) + standardError(measured); // the most that of the change can be
        if (!Double.isNaN(errorOfReplicas)) {
            judge(generation, value, Footing.REPLICAS, over(change, errorOfReplicas), limit(first.replicas() - 1.0));
        } else if (trainings.getN() >= EarlyWarning.TRAININGS) {
            double deviation = trainings.getStandardDeviation();
            double sampling = Math.max(samplingError(first), samplingError(measured));
            double error = Math.sqrt(2) * (sampling > deviation ? sampling : deviation);
            judge(generation, value, Footing.TRAININGS, over(change, error), limit(trainings.getN() - 1.0));
        } else if (!Double.isNaN(samplingErrors)) {
            double assumed = Math.hypot(assumedNoise(first), assumedNoise(measured));
            double known = trainings.getN() < 2 ? 0 : Math.sqrt(2) * trainings.getStandardDeviation();
            double size = over(change, Math.max(assumed, known));
            judge(generation, value, Footing.ASSUMED, size, limit(Double.POSITIVE_INFINITY));
        } else if (scored.isEmpty()) {
            signal = notYet(value);
        } else {
            judge(generation, value, Footing.OWN, indicator.harm() > 0 ? sums.up() : sums.down(), EarlyWarning.LIMIT);
        }
        signal = signal.with(samplingErrors);
    }

    private void addScore(int generation, OptionalDouble score) {
        if (score.isPresent()) {
            scored.add(generation);
            sums = sums.plus(score.getAsDouble());
        }
    }

    /** Of no change, nothing, however small the error. */
    private static double over(double change, double error) {
        return change == 0 && !Double.isNaN(error) ? 0 : change / error;
    }

    /** What the largest of the generations' changes passes by chance as often as {@link #errorRate} says. */
    private double limit(double freedom) {
        return Dunnett.limit(errorRate, EarlyWarning.HORIZON - 1, freedom);
    }

    private static int since(int since, boolean holds, int generation) {
        return !holds ? 0 : since == 0 ? generation : since;
    }

    /** Takes the size of the change for the worse in the units of a footing. */
    private void judge(int generation, double value, Footing footing, double size, double limit) {
        boolean bySums = footing == Footing.OWN;
        boolean isMore = indicator.harm() > 0;
        boolean isBetter = bySums ? (isMore ? sums.down() : sums.up()) > limit : size < -limit;
        worse = since(worse, size > limit, generation);
        better = since(better, isBetter, generation);
        Signal.State state = worse > 0
                ? Signal.State.WORSE
                : better > 0 ? Signal.State.BETTER : beyondSampling > 0 ? Signal.State.CHANGED : Signal.State.QUIET;
        int began = better > 0 ? better : beyondSampling > 0 ? beyondSampling : worse;
        if (bySums && state != Signal.State.QUIET) {
            int from = isMore == (state == Signal.State.WORSE) ? sums.upFrom() : sums.downFrom();
            began = scored.get(from - 1);
        }
        signal = new Signal(
                indicator,
                state,
                footing,
                (int) trainings.getN(),
                indicator.in(first),
                value,
                size,
                limit,
                Double.NaN,
                began,
                worse);
    }

    /** Of one generation: what sampling again moves the indicator by; NaN where the record does not say. */
    private double samplingError(Measures measured) {
        return measured.samplingError(indicator.metric()).orElse(Double.NaN);
    }

    /** Of a mean over replicas; NaN where there are none. */
    private double standardError(Measures measured) {
        return measured.replicas() > 1
                ? measured.standardError(indicator.metric()).orElse(Double.NaN)
                : Double.NaN;
    }

    /** Of one generation: sampling noise and a guess of training noise together. */
    private double assumedNoise(Measures measured) {
        double sampling = samplingError(measured);
        double samples = measured.count(Basis.SAMPLES).orElse(EarlyWarning.ASSUMED_SAMPLES);
        double training =
                EarlyWarning.ASSUMED * sampling * Math.sqrt(Math.max(1, samples / EarlyWarning.ASSUMED_SAMPLES));
        return Math.hypot(sampling, Math.max(training, leastOfDistances()));
    }

    /** What training noise is taken to be at least. */
    private double leastOfDistances() {
        return indicator.definition() == Definition.DISTANCE ? EarlyWarning.ASSUMED_SHARE * indicator.in(first) : 0;
    }
}
