package org.autophage.collapse;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.autophage.measure.Basis;
import org.autophage.measure.Measures;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.run.GenerationRecord;

/**
 * What became of a loop's generation, by three distances: the world moved, the training data are contaminated, the model does not
 * fit. Only the latter two can be collapse. Each is what is above its value in generation 1, whose training set is real: that value is
 * the noise of finite samples, which is as 1/n + 1/N for n training samples and N real ones, and so known for training sets of
 * any size.
 *
 * @param generation t
 * @param world what is known of the real data by now against those of generation 1
 * @param contamination of the training set against the real data by now
 * @param fit of the samples against the training set
 */
public record WorldOrLoop(int generation, Growth world, Growth contamination, Growth fit) {
    /** Standard errors above nothing from which on a distance counts as grown; see docs/verdict.md for how often chance is. */
    public static final double LIMIT = 3;

    /**
     * A distance above that of generation 1.
     *
     * @param by how much, in squared units of the features; may be below 0 by chance
     * @param error its standard error, of sampling; of the fit of training, too
     */
    public record Growth(double by, double error) {
        /** Whether it is more than sampling noise. */
        public boolean isReal() {
            return by > LIMIT * error && by > 0;
        }

        private double atLeastZero() {
            return isReal() ? by : 0;
        }
    }

    /**
     * Reads it from records.
     *
     * @param first of generation 1
     * @param later of a generation after it
     * @return nothing where the records do not have the distances
     */
    public static Optional<WorldOrLoop> of(GenerationRecord first, GenerationRecord later) {
        Measures then = first.measures();
        Measures now = later.measures();
        OptionalLong reference = now.count(Basis.REFERENCE);
        if (then.value(Metrics.CONTAMINATION_DISTANCE).isEmpty()
                || now.value(Metrics.CONTAMINATION_DISTANCE).isEmpty()
                || first.trainingSet() == null
                || later.trainingSet() == null
                || reference.isEmpty()) {
            return Optional.empty();
        }
        double before = 1.0 / first.trainingSet().total();
        double after = 1.0 / later.trainingSet().total();
        double real = 1.0 / reference.getAsLong();
        double noise = value(then, Metrics.CONTAMINATION_DISTANCE);
        double ratio = (after + real) / (before + real);
        Growth contamination = new Growth(
                value(now, Metrics.CONTAMINATION_DISTANCE) - noise * ratio,
                Math.hypot(
                        error(now, Metrics.CONTAMINATION_DISTANCE),
                        ratio * error(then, Metrics.CONTAMINATION_DISTANCE)));
        double more = (after - before) / (before + real);
        Growth fit = new Growth(
                value(now, Metrics.FIT_DISTANCE) - value(then, Metrics.FIT_DISTANCE) - noise * more,
                Math.hypot(trainingError(now, then), trainingError(then, then)));
        Growth world = new Growth(value(now, Metrics.WORLD_DISTANCE), error(now, Metrics.WORLD_DISTANCE));
        return Optional.of(new WorldOrLoop(later.generation(), world, contamination, fit));
    }

    private static double value(Measures measures, Metric metric) {
        return measures.value(metric).orElse(0);
    }

    /** Of a fit, which training again moves further than sampling: as early warnings take it where trainings are not known. */
    private static double trainingError(Measures measures, Measures then) {
        double sampling = error(measures, Metrics.FIT_DISTANCE);
        double training = measures.replicas() > 1
                ? 0 // the replicas' spread has it
                : Math.max(
                        EarlyWarning.ASSUMED * sampling,
                        EarlyWarning.ASSUMED_SHARE * value(then, Metrics.FIT_DISTANCE));
        return Math.hypot(sampling, training);
    }

    /** Over replicas the mean's, of one the sampling's. */
    private static double error(Measures measures, Metric metric) {
        OptionalDouble ofMean = measures.standardError(metric);
        return ofMean.isPresent()
                ? ofMean.getAsDouble()
                : measures.samplingError(metric).orElse(0);
    }

    /** Whether there is something to be alarmed of: the training data or the model, not the world. */
    public boolean alarms() {
        return contamination.isReal() || fit.isReal();
    }

    private double all() {
        return world.atLeastZero() + contamination.atLeastZero() + fit.atLeastZero();
    }

    /** Which share of what has grown is the world's; 0 where nothing has. */
    public double shareOfWorld() {
        return all() == 0 ? 0 : world.atLeastZero() / all();
    }

    /** What a person reads: the word for it, and the three distances. */
    public String inWords() {
        return "Generation %d: %s. %s; %s; %s."
                .formatted(
                        generation,
                        headline(),
                        clause(world, "The world moved", "The world has not moved"),
                        clause(
                                contamination,
                                "the training data are contaminated",
                                "the training data are as real ones"),
                        clause(fit, "the model does not fit its training data", "the model fits as in generation 1"));
    }

    private String headline() {
        if (all() == 0) {
            return "neither drift nor collapse beyond sampling noise";
        }
        if (!alarms()) {
            return "drift, and no collapse";
        }
        if (!world.isReal()) {
            return "collapse, and no drift";
        }
        return shareOfWorld() >= 0.5
                ? "mostly drift: the loop follows a world that moves, at a distance"
                : "mostly collapse, in a world that moves";
    }

    private String clause(Growth growth, String grown, String not) {
        String number = String.format(Locale.ROOT, "%.3g ± %.2g", growth.by(), growth.error());
        return growth.isReal()
                ? "%s (distance %s, %.0f%% of what has grown)".formatted(grown, number, 100 * growth.by() / all())
                : "%s (%s)".formatted(not, number);
    }
}
