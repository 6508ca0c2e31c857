package org.autophage.planning;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.autophage.base.Seeds;
import org.autophage.experiment.ExperimentInputs;
import org.autophage.experiment.ExperimentSpec;
import org.autophage.measure.Composition;
import org.autophage.model.ModelSpec;
import org.autophage.model.ModelSpec.Optimization;
import org.autophage.program.Device;
import org.autophage.remedy.Remedy;
import org.jspecify.annotations.Nullable;

/**
 * What running an experiment means: how much data, work, time and disk. Times and sizes are estimates.
 *
 * @param spec the experiment
 * @param trainingSets what each generation is trained on, generation 1 first, for the first seed
 * @param samplesPerGeneration how many samples each model draws where no remedy asks for more
 * @param remedies what each remedy costs a generation
 * @param estimate what it costs here, or null where nothing was measured
 */
public record ExperimentPlan(
        ExperimentSpec spec,
        List<Composition> trainingSets,
        int samplesPerGeneration,
        List<Remedy.Cost> remedies,
        @Nullable Estimate estimate) {
    private static final String UNKNOWN = "nothing ended in time";
    private static final String AT_MOST = "; at most: early stopping may end it sooner";

    /**
     * A figure of all seeds together.
     *
     * @param value seconds or bytes; NaN if it is not known
     * @param basis whether it is measured, or what it is extrapolated from, or why it is not known
     */
    public record Amount(double value, String basis) {
        /** Whether it may come to less, because training may end early. */
        public boolean isAtMost() {
            return basis.endsWith(AT_MOST);
        }

        /** Whether there is a figure at all. */
        public boolean isKnown() {
            return !Double.isNaN(value);
        }
    }

    /**
     * What all seeds cost together; metrics, report and the feature extractor come on top.
     *
     * @param device what was measured on
     * @param trainSeconds of all training
     * @param sampleSeconds of all sampling
     * @param diskBytes of models and samples that stay
     */
    public record Estimate(String device, Amount trainSeconds, Amount sampleSeconds, Amount diskBytes) {}

    /**
     * Plans an experiment without running any of it.
     *
     * @param seconds how long to train and sample on the device in order to estimate time and disk; 0 to measure nothing
     */
    public static ExperimentPlan of(ExperimentInputs inputs, double seconds) {
        ExperimentSpec spec = inputs.spec();
        Seeds seeds = new Seeds(spec.seeds().get(0));
        List<Composition> trainingSets = new ArrayList<>();
        for (int t = 1; t <= spec.loop().generations(); t++) {
            trainingSets.add(spec.loop().dataMix().composition(t, inputs.dataset(), seeds));
        }
        int samples = inputs.plan().samplesPerGeneration();
        Estimate estimate =
                seconds > 0 && spec.model().canBeTimed() ? estimate(inputs, trainingSets, samples, seconds) : null;
        return new ExperimentPlan(spec, trainingSets, samples, inputs.remedyCosts(), estimate);
    }

    private static Estimate estimate(
            ExperimentInputs inputs, List<Composition> trainingSets, int samples, double seconds) {
        ExperimentSpec spec = inputs.spec();
        Device device = Device.of(spec.device());
        String name = device.name();
        CostMeter cost = CostMeter.measure(inputs, device, seconds);
        double models = (double) spec.loop().generations() * spec.seeds().size();
        double kept =
                switch (spec.keep()) {
                    case ALL -> models;
                    case LAST -> spec.seeds().size();
                    case NONE -> 0;
                };
        List<Remedy.Cost> remedies = inputs.remedyCosts();
        double steps = models
                        * (spec.model().optimization().map(Optimization::steps).orElse(1)
                                + remedies.stream()
                                        .mapToLong(Remedy.Cost::steps)
                                        .sum())
                + spec.seeds().size() * checks(spec.model(), trainingSets);
        double draws = models
                * (inputs.plan().drawsPerGeneration()
                        + remedies.stream().mapToLong(Remedy.Cost::draws).sum());
        return new Estimate(
                name,
                spec.model().stopping().isPresent() ? atMost(amount(cost.step(), steps)) : amount(cost.step(), steps),
                amount(cost.sample(), draws),
                cost.saved()
                        .map(each -> new Amount(
                                kept * (each.modelBytes() + samples * each.sampleBytes()), CostFigure.MEASURED))
                        .orElse(new Amount(Double.NaN, UNKNOWN)));
    }

    /** What looking at held-out samples takes, in steps. */
    private static double checks(ModelSpec model, List<Composition> trainingSets) {
        return model.stopping()
                .flatMap(rule -> model.optimization().map(each -> trainingSets.stream()
                        .mapToDouble(set -> rule.inSteps(each, set.total()))
                        .sum()))
                .orElse(0.0);
    }

    private static Amount atMost(Amount amount) {
        return amount.isKnown() ? new Amount(amount.value(), amount.basis() + AT_MOST) : amount;
    }

    private static Amount amount(Optional<CostFigure> cost, double count) {
        return cost.map(each -> new Amount(count * each.seconds(), each.basis()))
                .orElse(new Amount(Double.NaN, UNKNOWN));
    }
}
