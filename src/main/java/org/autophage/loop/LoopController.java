package org.autophage.loop;

import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.autophage.base.AtomicFiles;
import org.autophage.base.Phase;
import org.autophage.base.Progress;
import org.autophage.base.Seeds;
import org.autophage.base.StopSignal;
import org.autophage.data.Dataset;
import org.autophage.data.HoldoutGuard;
import org.autophage.data.ImageArchive;
import org.autophage.data.ImageGrid;
import org.autophage.data.Images;
import org.autophage.data.Samples;
import org.autophage.data.TrainingSet;
import org.autophage.data.TrainingSet.Composition;
import org.autophage.metrics.MetricSuite;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.run.CheckpointStore;
import org.autophage.run.FileCheckpointStore;
import org.autophage.run.GenerationFolder;
import org.autophage.run.GenerationRecord;
import org.autophage.run.GenerationRecord.TrainingSetCounts;
import org.autophage.run.SeedFolder;
import org.autophage.run.Work;

/**
 * The self-consuming loop: train, sample, measure, and let the samples be data for the generations to come.
 *
 * <p>Nothing depends on what an earlier process did except through the run folder: random streams are keyed by (seed,
 * generation, phase), and samples of earlier generations are read back. So a run that was killed at any moment goes on to
 * the same records. Generation 1 depends neither on the kind of loop nor on λ.
 */
public final class LoopController {
    private static final int GRID_COLUMNS = 10;
    private static final int GRID_SAMPLES = 100;
    private static final int GRID_GAP = 2;

    /** The grid's latents and labels are those of no generation in particular: the same ones in all. */
    private static final int GRID_GENERATION = 0;

    private final LoopPlan plan;
    private final DataMix mix;
    private final Dataset dataset;
    private final HoldoutGuard guard;
    private final ModelFamily family;
    private final MetricSuite metrics;
    private final Duration checkpointInterval;

    /**
     * @param plan what to do
     * @param dataset where real samples come from
     * @param family trains the models
     * @param metrics what is measured of each generation
     * @param checkpointInterval how much work a killed process may lose
     * @throws org.autophage.base.AutophageException with USAGE if the dataset does not have what the loop needs
     */
    public LoopController(
            LoopPlan plan, Dataset dataset, ModelFamily family, MetricSuite metrics, Duration checkpointInterval) {
        plan.spec().check(dataset);
        this.plan = plan;
        this.mix = plan.spec().dataMix();
        this.dataset = dataset;
        this.guard = new HoldoutGuard(dataset);
        this.family = family;
        this.metrics = metrics;
        this.checkpointInterval = checkpointInterval;
    }

    /**
     * Works on one seed until all generations are finished, from wherever its folder says it stands.
     *
     * @param folder the seed's folder; no other process may write to it
     * @param observer is told of each generation that finishes
     * @throws org.autophage.base.AutophageException with INTERRUPTED when stopped, after a checkpoint
     */
    public void run(SeedFolder folder, Progress progress, StopSignal stop, GenerationObserver observer) {
        folder.removeUnfinished();
        Seeds seeds = new Seeds(folder.seed());
        SamplePool pool = new SamplePool(
                mix.memory(),
                generation -> ImageArchive.read(folder.generation(generation).samples()));
        plan.keep().tidy(folder, folder.nextGeneration() - 1, mix.memory());
        for (int t = folder.nextGeneration(); t <= plan.spec().generations(); t++) {
            if (stop.requested()) {
                throw StopSignal.interrupted();
            }
            FileCheckpointStore checkpoints = new FileCheckpointStore(folder.checkpoint(), t, checkpointInterval);
            TrainingSet training = mix.trainingSet(t, dataset, pool, seeds);
            guard.check(training);
            Work work = new Work(
                    progress.under(
                            "generation %d of %d".formatted(t, plan.spec().generations())),
                    checkpoints,
                    stop);
            Generation generation = generation(t, training, folder, seeds, work);
            checkpoints.clear();
            pool.add(t, generation.samples());
            plan.keep().tidy(folder, t, mix.memory());
            observer.finished(generation.record());
        }
    }

    private record Generation(GenerationRecord record, Samples samples) {}

    /** Trains, samples and measures one generation, and leaves its folder and its record behind. */
    private Generation generation(int t, TrainingSet training, SeedFolder folder, Seeds seeds, Work work) {
        // The grid and the metrics are short, and the sampler's checkpoint is that of the samples.
        Work shortWork = new Work(work.progress(), CheckpointStore.NONE, work.stop());
        Stopwatch watch = new Stopwatch();
        try (GenerativeModel model = family.train(training, null, seeds, t, work)) {
            double trainSeconds = watch.lap();
            Samples samples =
                    model.sample(plan.samplesPerGeneration(), plan.bias(), seeds.stream(t, Phase.SAMPLE), work);
            double sampleSeconds = watch.lap();
            Samples grid =
                    model.sample(GRID_SAMPLES, plan.bias(), seeds.stream(GRID_GENERATION, Phase.GRID), shortWork);
            watch.lap();
            Map<String, Object> measured = metrics.of(samples, seeds.stream(t, Phase.METRICS), shortWork);
            double metricSeconds = watch.lap();
            GenerationRecord record = new GenerationRecord(
                    t,
                    folder.seed(),
                    plan.spec().kind().specName(),
                    plan.bias(),
                    counts(training.composition()),
                    measured,
                    trainSeconds,
                    sampleSeconds,
                    metricSeconds);
            AtomicFiles.writeFolder(folder.generation(t).path(), path -> {
                GenerationFolder files = new GenerationFolder(path);
                ImageArchive.write((Images) samples, files.samples());
                new ImageGrid(GRID_COLUMNS, GRID_GAP).write((Images) grid, files.grid());
                Files.writeString(files.trainingSet(), TrainingSetFile.toJson(training));
                model.save(path);
            });
            folder.append(record);
            return new Generation(record, samples);
        }
    }

    private static TrainingSetCounts counts(Composition composition) {
        return new TrainingSetCounts(composition.fixedReal(), composition.freshReal(), composition.synthetic());
    }
}
