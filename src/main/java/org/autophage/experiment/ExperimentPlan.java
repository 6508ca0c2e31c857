package org.autophage.experiment;

import java.util.ArrayList;
import java.util.List;
import org.autophage.base.Seeds;
import org.autophage.data.TrainingSet.Composition;
import org.autophage.model.ModelSpec.Optimization;
import org.autophage.program.Device;
import org.jspecify.annotations.Nullable;

/**
 * What running an experiment means: how much data, work, time and disk. Times and sizes are estimates.
 *
 * @param spec the experiment
 * @param trainingSets what each generation is trained on, generation 1 first, for the first seed
 * @param samplesPerGeneration how many samples each model draws
 * @param estimate what it costs here, or null where nothing was measured
 */
public record ExperimentPlan(
        ExperimentSpec spec, List<Composition> trainingSets, int samplesPerGeneration, @Nullable Estimate estimate) {
    private static final int TIMED_STEPS = 10;

    /**
     * What all seeds cost together; metrics, report and the feature extractor come on top.
     *
     * @param device what was measured on
     * @param trainSeconds of all training
     * @param sampleSeconds of all sampling
     * @param diskBytes of models and samples that stay
     */
    public record Estimate(String device, double trainSeconds, double sampleSeconds, double diskBytes) {}

    /**
     * Plans an experiment without running any of it.
     *
     * @param measure whether to train and sample on the device for some seconds in order to estimate time and disk
     */
    public static ExperimentPlan of(ExperimentInputs inputs, boolean measure) {
        ExperimentSpec spec = inputs.spec();
        Seeds seeds = new Seeds(spec.seeds().get(0));
        List<Composition> trainingSets = new ArrayList<>();
        for (int t = 1; t <= spec.loop().generations(); t++) {
            trainingSets.add(spec.loop().dataMix().composition(t, inputs.dataset(), seeds));
        }
        int samples = inputs.plan().samplesPerGeneration();
        if (!measure) {
            return new ExperimentPlan(spec, trainingSets, samples, null);
        }
        try (Device device = Device.of(spec.device())) {
            Estimate estimate = estimate(spec, samples, Calibration.measure(inputs, device, TIMED_STEPS), device);
            return new ExperimentPlan(spec, trainingSets, samples, estimate);
        }
    }

    private static Estimate estimate(ExperimentSpec spec, int samples, Calibration cost, Device device) {
        int generations = spec.loop().generations();
        double models = (double) generations * spec.seeds().size();
        double kept =
                switch (spec.keep()) {
                    case ALL -> models;
                    case LAST -> spec.seeds().size();
                    case NONE -> 0;
                };
        return new Estimate(
                device.name(),
                models * spec.model().optimization().map(Optimization::steps).orElse(1) * cost.secondsPerStep(),
                models * samples * cost.secondsPerSample(),
                kept * (cost.modelBytes() + samples * cost.sampleBytes()));
    }
}
