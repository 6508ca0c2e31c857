package org.autophage.loop;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.autophage.base.CheckpointStore;
import org.autophage.base.Phase;
import org.autophage.base.Progress;
import org.autophage.base.Seeds;
import org.autophage.base.StopSignal;
import org.autophage.base.Work;
import org.autophage.data.Dataset;
import org.autophage.data.HoldoutGuard;
import org.autophage.data.Samples;
import org.autophage.data.TrainingSet;
import org.autophage.data.TrainingSet.Composition;
import org.autophage.loop.GenerationLog.Finished;
import org.autophage.loop.LoopPlan.Picture;
import org.autophage.metrics.MetricSuite;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.model.SampleLabels;
import org.autophage.run.GenerationRecord;
import org.autophage.run.GenerationRecord.TrainingSetCounts;

/**
 * The self-consuming loop: train, sample, measure, and let the samples be data for the generations to come.
 *
 * <p>Nothing depends on what an earlier process did except through the run folder: random streams are keyed by (seed,
 * generation, phase), and samples of earlier generations are read back. So a run that was killed at any moment goes on to
 * the same records. Generation 1 depends neither on the kind of loop nor on λ.
 */
public final class LoopController {
    /** What a record names the run by that trained the model, where that was another one. */
    private static final String MODEL_FROM = "modelFrom";

    /** What a record names the classes by that samples were asked to be of, where those are not all alike. */
    private static final String SAMPLE_LABELS = "sampleLabels";

    /** The grid's latents and labels are those of no generation in particular: the same ones in all. */
    private static final int GRID_GENERATION = 0;

    private final LoopPlan plan;
    private final DataMix mix;
    private final Dataset dataset;
    private final HoldoutGuard guard;
    private final ModelFamily family;
    private final MetricSuite metrics;
    private final Expectation expectation;
    private final FirstModel first;

    /**
     * @param plan what to do
     * @param dataset where real samples come from
     * @param family trains the models
     * @param metrics what is measured of each generation
     * @param expectation what is known of the loop beforehand
     * @throws org.autophage.base.AutophageException with USAGE if the dataset does not have what the loop needs
     */
    public LoopController(
            LoopPlan plan, Dataset dataset, ModelFamily family, MetricSuite metrics, Expectation expectation) {
        this(plan, dataset, family, metrics, expectation, FirstModel.TRAINED);
    }

    /** The same, with a model of generation 1 that may come from elsewhere. */
    public LoopController(
            LoopPlan plan,
            Dataset dataset,
            ModelFamily family,
            MetricSuite metrics,
            Expectation expectation,
            FirstModel first) {
        plan.spec().check(dataset);
        this.plan = plan;
        this.mix = plan.spec().dataMix();
        this.dataset = dataset;
        this.guard = new HoldoutGuard(dataset);
        this.family = family;
        this.metrics = metrics;
        this.expectation = expectation;
        this.first = first;
    }

    /**
     * Works on one seed until all generations are finished or the observer has seen enough, from wherever its log says
     * it stands.
     *
     * @param observer is told of each generation that finishes, and may end the loop there
     * @throws org.autophage.base.AutophageException with INTERRUPTED when stopped, after a checkpoint
     */
    public void run(GenerationLog log, Progress progress, StopSignal stop, GenerationObserver observer) {
        Seeds seeds = new Seeds(log.seed());
        SamplePool pool = new SamplePool(mix.memory(), log::samples);
        try (Lineage lineage = new Lineage(plan.spec().start(), t -> log.model(t, family));
                LatentCodes codes = new LatentCodes(t -> log.model(t, family))) {
            int next = log.nextGeneration();
            boolean replays = log.replays() && next <= plan.spec().generations();
            for (int t = replays ? 1 : next; t <= plan.spec().generations(); t++) {
                if (stop.requested()) {
                    throw StopSignal.interrupted();
                }
                TrainingSet training = mix.trainingSet(t, dataset, pool, seeds);
                guard.check(training);
                String place = "generation %d of %d".formatted(t, plan.spec().generations());
                Work work = new Work(progress.under(place), log.checkpoints(t), stop);
                Finished generation = generation(t, training, lineage, codes, seeds, work);
                try {
                    log.complete(generation);
                } finally {
                    lineage.follow(generation.model());
                }
                pool.add(t, log.pooled(t, generation.samples()));
                if (t >= next && !observer.finished(generation.record())) {
                    return;
                }
            }
        }
    }

    /** Trains, samples and measures one generation. */
    private Finished generation(
            int t, TrainingSet training, Lineage lineage, LatentCodes codes, Seeds seeds, Work work) {
        // The grid and the metrics are short, and the sampler's checkpoint is that of the samples.
        Work shortWork = new Work(work.progress(), CheckpointStore.NONE, work.stop());
        RateMeter learning = new RateMeter();
        FirstModel.Origin origin = model(t, training, lineage, seeds, work.telling(learning.in(work.progress())));
        GenerativeModel model = origin.model();
        try {
            Stopwatch watch = new Stopwatch();
            RateMeter sampling = new RateMeter();
            double sampledBefore = work.checkpoints().earlierSeconds(CheckpointStore.SAMPLE);
            Samples samples = model.sample(
                    plan.samplesPerGeneration(),
                    plan.bias(),
                    seeds.stream(t, Phase.SAMPLE),
                    work.telling(sampling.in(work.progress())));
            double sampleSeconds = watch.lap(sampledBefore);
            Map<String, Object> measured = new LinkedHashMap<>(
                    metrics.of(samples, model.density(), seeds.stream(t, Phase.METRICS), shortWork));
            measured.putAll(codes.of(t, model, samples));
            measured.putAll(expectation.of(t, measured));
            if (plan.labels() != SampleLabels.BALANCED) {
                measured.put(SAMPLE_LABELS, plan.labels().toString());
            }
            origin.from().ifPresent(from -> measured.put(MODEL_FROM, from));
            addRate("trainedPerSecond", learning, measured);
            addRate("sampledPerSecond", sampling, measured);
            double metricSeconds = watch.lap();
            GenerationRecord record = new GenerationRecord(
                    t,
                    seeds.run(),
                    plan.spec().kind().specName(),
                    plan.bias(),
                    counts(training.composition()),
                    measured,
                    origin.trainSeconds(),
                    sampleSeconds,
                    metricSeconds);
            Seeds.Stream ofGrid = seeds.stream(GRID_GENERATION, Phase.GRID);
            return new Finished(
                    record,
                    training,
                    model,
                    samples,
                    () -> plan.picture() == Picture.OWN_SAMPLES
                            ? samples
                            : model.sample(LoopPlan.PICTURED, plan.bias(), ofGrid, shortWork));
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    private static void addRate(String name, RateMeter meter, Map<String, Object> measured) {
        if (meter.perSecond() > 0) { // a fit in closed form, or a handful of steps, is nothing to measure
            measured.put(name, meter.perSecond());
        }
    }

    private FirstModel.Origin model(int t, TrainingSet training, Lineage lineage, Seeds seeds, Work work) {
        if (t == 1) {
            return first.of(family, training, seeds, work);
        }
        Stopwatch watch = new Stopwatch();
        double earlier = work.checkpoints().earlierSeconds(CheckpointStore.TRAIN);
        GenerativeModel model = family.train(training, lineage.before(t), seeds, t, work);
        return new FirstModel.Origin(model, watch.lap(earlier), Optional.empty());
    }

    private static TrainingSetCounts counts(Composition composition) {
        return new TrainingSetCounts(composition.fixedReal(), composition.freshReal(), composition.synthetic());
    }
}
