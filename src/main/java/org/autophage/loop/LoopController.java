package org.autophage.loop;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.autophage.base.CheckpointStore;
import org.autophage.base.Interruptible;
import org.autophage.base.Phase;
import org.autophage.base.Progress;
import org.autophage.base.Seeds;
import org.autophage.base.StopSignal;
import org.autophage.base.Work;
import org.autophage.data.Dataset;
import org.autophage.data.HoldoutGuard;
import org.autophage.data.SampleLabels;
import org.autophage.data.Samples;
import org.autophage.data.TrainingSet;
import org.autophage.loop.GenerationLog.Finished;
import org.autophage.measure.Basis;
import org.autophage.measure.Measures;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.MeasuredGeneration;
import org.autophage.metrics.MetricSuite;
import org.autophage.model.EarlyStop;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.run.GenerationRecord;

/**
 * The self-consuming loop: train, sample, measure, and let the samples be data for the generations to come.
 *
 * <p>Nothing depends on what an earlier process did except through the run folder: random streams are keyed by (seed,
 * generation, phase), and samples of earlier generations are read back. So a run that was killed at any moment goes on to
 * the same records. Generation 1 depends neither on the kind of loop nor on λ.
 */
public final class LoopController implements Loop {
    /** The grid's latents and labels are those of no generation in particular: the same ones in all. */
    private static final int GRID_GENERATION = 0;

    private final LoopPlan plan;
    private final DataMix mix;
    private final Dataset dataset;
    private final HoldoutGuard guard;
    private final ModelFamily family;
    private final UnaryOperator<Trainer> training;
    private final Stages stages;
    private final MetricSuite metrics;
    private final Expectation expectation;

    /**
     * A loop with open doors, whose models are trained by their family.
     *
     * @param plan what to do
     * @param dataset where real samples come from
     * @param family trains the models
     * @param metrics what is measured of each generation
     * @param expectation what is known of the loop beforehand
     * @throws org.autophage.base.AutophageException with USAGE if the dataset does not have what the loop needs
     */
    public LoopController(
            LoopPlan plan, Dataset dataset, ModelFamily family, MetricSuite metrics, Expectation expectation) {
        this(plan, dataset, family, UnaryOperator.identity(), Stages.NONE, metrics, expectation);
    }

    /**
     * The same with something in its doors.
     *
     * @param training decorates the family's training from scratch, such as with models that come from elsewhere
     * @param stages what stands between training and sampling, between sampling and mixing, and between mixing and training
     */
    public LoopController(
            LoopPlan plan,
            Dataset dataset,
            ModelFamily family,
            UnaryOperator<Trainer> training,
            Stages stages,
            MetricSuite metrics,
            Expectation expectation) {
        plan.spec().check(dataset);
        this.plan = plan;
        this.mix = plan.spec().dataMix();
        this.dataset = dataset;
        this.guard = new HoldoutGuard(dataset);
        this.family = family;
        this.training = training;
        this.stages = stages;
        this.metrics = metrics;
        this.expectation = expectation;
    }

    @Override
    public void run(GenerationLog log, Progress progress, StopSignal stop, GenerationObserver observer) {
        Seeds seeds = new Seeds(log.seed());
        SamplePool pool = new SamplePool(mix.memory(), log::given);
        boolean looksBack =
                plan.spec().start() == Start.FINE_TUNE || !stages.ofModel().isEmpty();
        try (PreviousModel previous = new PreviousModel(t -> log.model(t, family), looksBack);
                FirstEncoder encoder = new FirstEncoder(t -> log.model(t, family));
                FirstModel first = new FirstModel(family, t -> log.model(t, family))) {
            Trainer trainer = trainer(previous);
            int next = log.nextGeneration();
            boolean replays = log.replays() && next <= plan.spec().generations();
            for (int t = replays ? 1 : next; t <= plan.spec().generations(); t++) {
                if (stop.requested()) {
                    throw StopSignal.interrupted();
                }
                int generation = t;
                TrainingSet set = Interruptible.until(stop, () -> guarded(generation, pool, seeds));
                String place = "generation %d of %d".formatted(t, plan.spec().generations());
                Work work = new Work(progress.under(place), log.checkpoints(t), stop);
                Map<String, Map<String, ? extends Number>> told = new LinkedHashMap<>();
                Turn mixed = new Turn(t, seeds, set, plan, work);
                Turn turn = stages.ofSet().isEmpty()
                        ? mixed
                        : Interruptible.until(stop, () -> stages.filtered(mixed, told));
                Finished finished = generation(turn, trainer, previous, encoder, first, told);
                try {
                    log.complete(finished);
                } finally {
                    previous.follow(Objects.requireNonNull(finished.model()));
                }
                pool.add(t, log.pooled(t, finished.given()));
                if (t >= next && !observer.finished(finished.record())) {
                    return;
                }
            }
        }
    }

    private Trainer trainer(PreviousModel previous) {
        Trainer scratch = training.apply(Trainer.scratch(family));
        return plan.spec().start() == Start.FINE_TUNE ? new FineTuning(family, scratch, previous) : scratch;
    }

    /** What a generation learns from, without a holdout's image in it. */
    private TrainingSet guarded(int t, SamplePool pool, Seeds seeds) {
        TrainingSet set = mix.trainingSet(t, dataset, pool, seeds);
        guard.at(t).check(set);
        return set;
    }

    /**
     * Trains, samples and measures one generation.
     *
     * @param remedies has what was told of its training set, and is given what other stages tell
     */
    private Finished generation(
            Turn turn,
            Trainer trainer,
            PreviousModel previous,
            FirstEncoder encoder,
            FirstModel first,
            Map<String, Map<String, ? extends Number>> remedies) {
        // The grid is short, and the sampler's checkpoint is that of the samples.
        Work work = turn.work();
        Work ofPicture = new Work(work.progress(), CheckpointStore.NONE, work.stop());
        RateMeter learning = new RateMeter();
        RateMeter sampling = new RateMeter();
        Trainer.Trained trained = trainer.train(turn.with(work.telling(learning.in(work.progress()))));
        trained.model()
                .earlyStops()
                .forEach(
                        (name, stop) -> remedies.put(EarlyStop.NAME + (name.isEmpty() ? "" : "." + name), stop.told()));
        Stopwatch watch = new Stopwatch();
        GenerativeModel model =
                stages.modelOf(trained.model(), turn.with(previous.before(turn.generation())), remedies);
        try {
            double modelSeconds = watch.lap();
            double sampledBefore = work.checkpoints().earlierSeconds(CheckpointStore.SAMPLE);
            ModelDraws draws = new ModelDraws(model, turn.with(work.telling(sampling.in(work.progress()))));
            Samples measuredSamples = draws.first();
            Given given = stages.ofPool().isEmpty()
                    ? Given.inTurn(measuredSamples)
                    : stages.given(
                            draws.fromTheFirst(),
                            plan.spec().synthetic(),
                            turn.with(first.with(turn.generation(), model)),
                            remedies);
            List<Samples> ofOtherSeeds = draws.ofOtherSeeds();
            double sampleSeconds = watch.lap(sampledBefore);
            Function<Samples, Measures> measuring = samples -> Interruptible.until(
                    work.stop(),
                    () -> metrics.of(new MeasuredGeneration(
                            turn.generation(),
                            samples,
                            turn.training().samples(),
                            model.density(),
                            () -> encoder.of(turn.generation(), model),
                            turn.stream(Phase.METRICS))));
            Measures ofLoop = measuring.apply(measuredSamples);
            Measures.Builder measured = Measures.builder()
                    .addAll(ofLoop)
                    .addSamplings(ofLoop, ofOtherSeeds.stream().map(measuring).toList());
            measured.addAll(expectation.of(turn.generation(), measured.build()));
            if (plan.labels() != SampleLabels.BALANCED) {
                measured.add(Basis.SAMPLE_LABELS, plan.labels().toString());
            }
            remedies.forEach(measured::tell);
            trained.from().ifPresent(from -> measured.add(Basis.MODEL_FROM, from));
            addRate(Metrics.TRAINED_PER_SECOND, learning, measured);
            addRate(Metrics.SAMPLED_PER_SECOND, sampling, measured);
            double metricSeconds = watch.lap();
            GenerationRecord record = new GenerationRecord(
                    turn.generation(),
                    turn.seeds().run(),
                    plan.spec().kind().specName(),
                    plan.bias(),
                    turn.training().composition(),
                    measured.build(),
                    stages.ofModel().isEmpty()
                            ? trained.seconds()
                            : Math.round(1e3 * (trained.seconds() + modelSeconds)) / 1e3,
                    sampleSeconds,
                    metricSeconds);
            Seeds.Stream ofGrid = turn.seeds().stream(GRID_GENERATION, Phase.GRID);
            return new Finished(
                    record,
                    turn.training(),
                    model,
                    given,
                    () -> plan.kind().showsOwnSamples()
                            ? measuredSamples
                            : pictured(model, measuredSamples, ofGrid, ofPicture));
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    private Samples pictured(GenerativeModel model, Samples drawn, Seeds.Stream seeds, Work work) {
        return model.isSlowToStart() && drawn.count() > 0
                ? drawn.first(Math.min(drawn.count(), LoopPlan.PICTURED))
                : model.sample(LoopPlan.PICTURED, plan.bias(), seeds, work);
    }

    private static void addRate(Metric rate, RateMeter meter, Measures.Builder measured) {
        if (meter.perSecond() > 0) { // a fit in closed form, or a handful of steps, is nothing to measure
            measured.add(rate, meter.perSecond());
        }
    }
}
