package org.autophage.verification;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.autophage.base.CheckpointStore;
import org.autophage.base.Interruptible;
import org.autophage.base.Phase;
import org.autophage.base.Progress;
import org.autophage.base.Seeds;
import org.autophage.base.StopSignal;
import org.autophage.base.Work;
import org.autophage.data.Dataset;
import org.autophage.data.PointShape;
import org.autophage.data.Points;
import org.autophage.data.SampleKind;
import org.autophage.data.SampleLabels;
import org.autophage.data.TrainingSet;
import org.autophage.data.points.PointDataset;
import org.autophage.data.points.PointDistribution;
import org.autophage.data.points.PointDrift;
import org.autophage.data.points.PointsSpec;
import org.autophage.loop.Expectation;
import org.autophage.loop.GenerationObserver;
import org.autophage.loop.LoopController;
import org.autophage.loop.LoopPlan;
import org.autophage.loop.LoopSpec;
import org.autophage.loop.MemoryLog;
import org.autophage.loop.ModelStage;
import org.autophage.loop.SetStage;
import org.autophage.loop.Stages;
import org.autophage.loop.Turn;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.autophage.metrics.classifier.ClassifierCache;
import org.autophage.metrics.suite.PointMetrics;
import org.autophage.model.ModelFamily;
import org.autophage.model.ModelWeights;
import org.autophage.model.SamplingSpec;
import org.autophage.model.density.GaussianSpec;
import org.autophage.model.density.GaussianSpec.Estimator;
import org.autophage.program.Device;
import org.autophage.remedy.Remedies;
import org.autophage.remedy.Remedy;
import org.autophage.remedy.RemedyContext;
import org.autophage.remedy.SetRemedy;
import org.autophage.run.GenerationRecord;

/** Runs loops of Gaussians in memory, all replicas of a seed as one batch. */
final class GaussianLoops {
    /** Of models that are no Gaussians, whose moments are those of their samples. */
    private static final int SAMPLES = 500;

    private final Device device;
    private final StopSignal stop;
    private final TokenLoops tokens;

    /** Every batch has its own, so that no two figures share points. */
    private long seed = 20_260;

    GaussianLoops(Device device, StopSignal stop) {
        this.device = device;
        this.stop = stop;
        this.tokens = new TokenLoops(device, stop);
    }

    /** The same for models that count tokens. */
    TokenLoops ofTokens() {
        return tokens;
    }

    /**
     * What is run.
     *
     * @param loop which data each generation is fitted to
     * @param dimensions d
     * @param model of the kind of Gaussian
     * @param bias λ
     * @param replicas of one batch, which share the draws of points but not the points
     * @param seeds batches, whose draws differ too
     * @param remedies that act on it
     * @param deviation by which generation 1's models are made wider, as a bad fit would; 1 leaves them as they are
     * @param drift by which the law's mean moves a generation along the first dimension
     */
    record Setting(
            LoopSpec loop,
            int dimensions,
            GaussianSpec model,
            double bias,
            int replicas,
            int seeds,
            List<Remedy> remedies,
            double deviation,
            double drift) {
        /** Models as they are fitted, without remedies. */
        Setting(LoopSpec loop, int dimensions, GaussianSpec model, double bias, int replicas, int seeds) {
            this(loop, dimensions, model, bias, replicas, seeds, List.of(), 1, 0);
        }

        /** The same, of an estimator alone. */
        Setting(LoopSpec loop, int dimensions, Estimator estimator, double bias, int replicas, int seeds) {
            this(loop, dimensions, new GaussianSpec(estimator), bias, replicas, seeds);
        }

        /** One batch, for loops that draw everything there is. */
        Setting(LoopSpec loop, int dimensions, Estimator estimator, double bias, int replicas) {
            this(loop, dimensions, estimator, bias, replicas, 1);
        }

        /** The same with remedies. */
        Setting with(Remedy... asked) {
            return new Setting(loop, dimensions, model, bias, replicas, seeds, List.of(asked), deviation, drift);
        }

        /** The same with another first model. */
        Setting widened(double by) {
            return new Setting(loop, dimensions, model, bias, replicas, seeds, remedies, by, drift);
        }

        /** The same of a law that moves. */
        Setting moving(double by) {
            return new Setting(loop, dimensions, model, bias, replicas, seeds, remedies, deviation, by);
        }
    }

    /**
     * What a remedy chooses of one training set.
     *
     * @param dataset that its first generation was trained on, all of it
     * @param set of generation 2
     */
    SetStage.Choice choice(SetRemedy remedy, Dataset dataset, TrainingSet set) {
        int initial =
                Math.toIntExact(Math.min(dataset.available(), set.samples().count()));
        LoopPlan plan =
                new LoopPlan(LoopSpec.accumulate(2, initial, set.samples().count()), 1, 0);
        Turn turn = new Turn(2, new Seeds(seed++), set, plan, new Work(Progress.SILENT, CheckpointStore.NONE, stop));
        try (RemedyContext context = new RemedyContext(
                device,
                dataset,
                ClassifierCache.standard(),
                (steps, rate) -> {
                    throw new IllegalStateException("a choice trains no model");
                },
                turn.work())) {
            return Interruptible.until(stop, () -> remedy.open(context).choose(set, turn, turn.stream(Phase.FILTER)));
        }
    }

    /** Runs all batches of a setting to its last generation. */
    Outcome run(Setting setting) {
        PointsSpec spec = new PointsSpec(
                PointDistribution.GAUSSIAN,
                setting.dimensions(),
                setting.replicas(),
                1,
                0,
                setting.drift() == 0 ? null : new PointDrift(List.of(setting.drift())));
        PointDataset dataset = spec.open();
        int chunk = Math.max(1, setting.loop().synthetic());
        SamplingSpec sampling = new SamplingSpec(setting.bias(), null, null, chunk);
        PointShape shape = new PointShape(setting.replicas(), setting.dimensions());
        List<List<GenerationRecord>> batches = new ArrayList<>();
        GaussianSpec model = setting.model();
        boolean gaussian = Remedies.ofTraining(setting.remedies()).isEmpty();
        LoopPlan plan = new LoopPlan(
                setting.loop(), setting.bias(), gaussian ? 0 : SAMPLES, 1, SampleLabels.BALANCED, SampleKind.POINTS);
        try (ModelFamily family =
                        Remedies.family(setting.remedies(), share -> model.family(device, shape, sampling), shape);
                PointMetrics metrics = PointMetrics.open(dataset, device);
                RemedyContext context = new RemedyContext(
                        device,
                        dataset,
                        ClassifierCache.standard(),
                        (steps, rate) -> model.family(device, shape, sampling),
                        new Work(Progress.SILENT, CheckpointStore.NONE, stop))) {
            LoopController controller = new LoopController(
                    plan,
                    dataset,
                    family,
                    UnaryOperator.identity(),
                    stages(setting, plan, model, shape, context),
                    gaussian
                            ? metrics
                            : generation ->
                                    moments(generation.samples().points().orElseThrow()),
                    Expectation.NOTHING);
            for (int i = 0; i < setting.seeds(); i++) {
                MemoryLog log = new MemoryLog(seed++);
                controller.run(log, Progress.SILENT, stop, GenerationObserver.NOBODY);
                batches.add(log.records());
            }
        }
        return new Outcome(batches);
    }

    /** The remedies as a spec's would be, behind what makes the first model another one. */
    private static Stages stages(
            Setting setting, LoopPlan plan, GaussianSpec model, PointShape shape, RemedyContext context) {
        org.autophage.remedy.Setting told =
                new org.autophage.remedy.Setting(plan, model, shape, Dataset.UNLIMITED, Set.of());
        List<Remedy> remedies =
                setting.remedies().stream().map(remedy -> remedy.complete(told)).toList();
        Remedies.check(remedies, told);
        Stages stages = Remedies.open(remedies, told, context);
        return setting.deviation() == 1
                ? stages
                : new Stages(Map.of("widened", widened(setting.deviation())), stages.ofPool(), stages.ofSet());
    }

    private static ModelStage widened(double deviation) {
        return (trained, turn) -> {
            if (turn.generation() > 1) {
                return new ModelStage.Outcome(trained, Map.of());
            }
            Map<String, double[]> weights = new LinkedHashMap<>();
            trained.weights().orElseThrow().doubles().forEach((name, values) -> {
                double factor = Math.pow(deviation, name.equals("covariance") ? 2 : 1);
                weights.put(
                        name, Arrays.stream(values).map(value -> factor * value).toArray());
            });
            try (trained) {
                return new ModelStage.Outcome(trained.with(ModelWeights.ofDoubles(weights)), Map.of());
            }
        };
    }

    /** Unbiased variance of what a model draws that is no Gaussian, the mean over coordinates and replicas. */
    private static Measures moments(Points drawn) {
        int row = drawn.count() * drawn.dimensions();
        double[] variances = new double[drawn.replicas()];
        for (int replica = 0; replica < variances.length; replica++) {
            for (int k = 0; k < drawn.dimensions(); k++) {
                double sum = 0;
                double squares = 0;
                for (int i = k; i < row; i += drawn.dimensions()) {
                    double value = drawn.values()[replica * row + i];
                    sum += value;
                    squares += value * value;
                }
                double variance = (squares - sum * sum / drawn.count()) / (drawn.count() - 1);
                variances[replica] += variance / drawn.dimensions();
            }
        }
        double mean = Arrays.stream(variances).average().orElseThrow();
        double spread = Arrays.stream(variances)
                .map(variance -> (variance - mean) * (variance - mean))
                .sum();
        return Measures.builder()
                .add(Metrics.VARIANCE, mean, Math.sqrt(spread / (variances.length - 1) / variances.length))
                .build();
    }
}
