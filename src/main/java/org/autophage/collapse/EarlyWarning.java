package org.autophage.collapse;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.autophage.measure.Measures;

/**
 * Watches one seed's loop for a change since its first generation while it runs: every indicator that the records have, against
 * the noise that is known of it, see {@link Footing}.
 *
 * <p>Two statements are kept apart. <em>Beyond sampling noise</em>: two finite samples of one model would not differ so much. A model
 * that is trained anew on the same data may. <em>Warning</em>: two models trained on the same data would not differ so much
 * either. For that the noise of training has to be known, by generation 1 of other seeds, or is assumed.
 *
 * <p>While nothing changes, each statement is made of any indicator in at most {@link #ERROR_RATE} of loops of {@value #HORIZON}
 * generations: the generations' changes since the first share a limit of Dunnett's, indicators theirs by Bonferroni's.
 */
public final class EarlyWarning {
    /** Of all indicators of a loop together. */
    public static final double ERROR_RATE = .05;

    /** Generations of a loop over which the error rate is. */
    public static final int HORIZON = 20;

    /** So many times the sampling noise of {@link #ASSUMED_SAMPLES} samples training noise is taken to be where nobody knows it. */
    public static final int ASSUMED = 5;

    /** More samples than these have less sampling noise, but no less training noise. */
    public static final int ASSUMED_SAMPLES = 2000;

    /** Of a distance training noise is taken to be at least this share of the first generation's, as a standard deviation. */
    public static final double ASSUMED_SHARE = .2;

    /** Of so many trainings of generation 1, this loop's own among them, the spread is known well enough to go by. */
    public static final int TRAININGS = 5;

    /** k of {@link Footing#OWN}: half a standard deviation, so that a change of one is found soonest. */
    public static final double ALLOWANCE = .5;

    /** h of {@link Footing#OWN}, in standard deviations. */
    public static final double LIMIT = 9;

    private final Map<Indicator, IndicatorWatch> watches = new EnumMap<>(Indicator.class);
    private final List<Measures> otherFirsts;

    /**
     * Begins before generation 1.
     *
     * @param otherFirsts what was measured of generation 1 of other seeds of the same experiment; none is fine
     */
    public EarlyWarning(List<Measures> otherFirsts) {
        this.otherFirsts = List.copyOf(otherFirsts);
    }

    /**
     * Takes the next generation.
     *
     * @param generation t, counted from 1
     * @param measured what its record has
     */
    public void finished(int generation, Measures measured) {
        List<Indicator> indicators = Indicator.in(measured.values().keySet());
        for (Indicator indicator : indicators) {
            watches.computeIfAbsent(indicator, each -> new IndicatorWatch(each, otherFirsts, indicators.size()))
                    .finished(generation, measured);
        }
    }

    /** How every indicator stands, in order. */
    public List<Signal> signals() {
        List<Signal> signals = new ArrayList<>();
        watches.values().forEach(watch -> signals.add(watch.signal()));
        return signals;
    }

    /**
     * What is worse by more than sampling noise, "Fréchet distance rising since generation 2 (31.2 → 235: 30.7 standard errors of
     * sampling)"; empty where nothing is.
     */
    public List<String> beyondSampling() {
        return signals().stream()
                .filter(Signal::isBeyondSampling)
                .map(Signal::changeBeyondSampling)
                .toList();
    }

    /** Whether records say of any indicator what its sampling noise is. */
    public boolean knowsSampling() {
        return signals().stream().anyMatch(signal -> !Double.isNaN(signal.samplingErrors()));
    }
}
