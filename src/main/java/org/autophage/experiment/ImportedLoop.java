package org.autophage.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.autophage.base.AutophageException;
import org.autophage.base.Interruptible;
import org.autophage.base.Phase;
import org.autophage.base.Progress;
import org.autophage.base.Seeds;
import org.autophage.base.StopSignal;
import org.autophage.base.WrongValue;
import org.autophage.command.ForeignSamples;
import org.autophage.data.SampleArchive;
import org.autophage.data.Samples;
import org.autophage.loop.GenerationLog;
import org.autophage.loop.GenerationLog.Finished;
import org.autophage.loop.GenerationObserver;
import org.autophage.loop.Given;
import org.autophage.loop.Loop;
import org.autophage.loop.LoopPlan;
import org.autophage.measure.Measures;
import org.autophage.metrics.MeasuredGeneration;
import org.autophage.metrics.MetricSuite;
import org.autophage.metrics.SampleMetric;
import org.autophage.model.imported.ImportedFolder;
import org.autophage.model.imported.ImportedSpec;
import org.autophage.run.GenerationRecord;
import org.autophage.run.RunFolder;

/**
 * A loop that another program ran, of which the samples are there: they are measured, generation after generation. What its models were
 * trained on is what the spec says of it, and not checked; metrics that look at training sets are given generation 1's.
 */
final class ImportedLoop implements Loop {
    private final ExperimentInputs inputs;
    private final ImportedFolder folder;
    private final MetricSuite metrics;

    ImportedLoop(ExperimentInputs inputs, ImportedSpec imported, MetricSuite metrics) {
        this.inputs = inputs;
        this.folder = imported.folder();
        this.metrics = metrics;
    }

    /**
     * Looks before any work whether all that is asked for is there.
     *
     * @throws org.autophage.base.AutophageException (usage) if not
     */
    static void check(ExperimentSpec spec, ImportedSpec imported) {
        if (!spec.remedies().isEmpty()) {
            throw WrongValue.of(
                    "remedies",
                    "written",
                    "model.kind is imported: nothing is trained or drawn here; leave the key out");
        }
        spec.metrics().alsoMetrics().stream()
                .filter(SampleMetric::needsTrainingSet)
                .forEach(metric -> {
                    throw WrongValue.of(
                            "metrics.also",
                            metric.name(),
                            "model.kind is imported: what its models were trained on is not known; leave it out");
                });
        for (long seed : spec.seeds()) {
            int there = imported.folder().generations(seed).size();
            if (there < spec.loop().generations()) {
                throw WrongValue.of(
                        "loop.generations",
                        spec.loop().generations(),
                        "%s has %d of seed %d".formatted(imported.path(), there, seed));
            }
        }
    }

    /**
     * Looks whether the samples of generations that are finished are those that were imported, as far as the run has kept them.
     *
     * @throws AutophageException (usage) naming the first that is another one
     */
    static void requireSame(ExperimentSpec spec, ImportedSpec imported, RunFolder run) {
        for (long seed : spec.seeds()) {
            int finished = run.seed(seed).nextGeneration() - 1;
            if (finished == 0) {
                continue;
            }
            List<Path> files = imported.folder().generations(seed);
            for (int t = 1; t <= Math.min(finished, files.size()); t++) {
                Path kept = run.seed(seed).generation(t).samples();
                if (Files.exists(kept) && !same(SampleArchive.read(kept), files.get(t - 1))) {
                    throw AutophageException.usage(
                            "%s: generation %d of seed %d was imported from %s, which holds other samples now: put back what it was, or give another name with name=…"
                                    .formatted(run.root(), t, seed, files.get(t - 1)));
                }
            }
        }
    }

    private static boolean same(Samples kept, Path file) {
        Samples now = new ForeignSamples(file.toString(), kept.shape()).read(file);
        return kept.images().isPresent()
                ? kept.images()
                        .get()
                        .pixelHash()
                        .equals(now.images().orElseThrow().pixelHash())
                : Arrays.equals(
                        kept.points().orElseThrow().values(),
                        now.points().orElseThrow().values());
    }

    @Override
    public void run(GenerationLog log, Progress progress, StopSignal stop, GenerationObserver observer) {
        ExperimentSpec spec = inputs.spec();
        Seeds seeds = new Seeds(log.seed());
        List<Path> generations = folder.generations(log.seed());
        Samples first = Interruptible.until(
                stop, () -> inputs.dataset().real(spec.loop().dataMix().firstRealImages(inputs.dataset(), seeds)));
        for (int t = log.nextGeneration(); t <= spec.loop().generations(); t++) {
            if (stop.requested()) {
                throw StopSignal.interrupted();
            }
            int generation = t;
            Path file = generations.get(t - 1);
            progress.message(
                    "generation %d of %d: measuring %s".formatted(t, spec.loop().generations(), file));
            Finished finished = Interruptible.until(stop, () -> measured(generation, file, first, seeds));
            log.complete(finished);
            if (!observer.finished(finished.record())) {
                return;
            }
        }
    }

    private Finished measured(int generation, Path file, Samples first, Seeds seeds) {
        long begin = System.nanoTime();
        ExperimentSpec spec = inputs.spec();
        Samples samples = new ForeignSamples(file.toString(), inputs.shape()).read(file);
        Measures measures = metrics.of(new MeasuredGeneration(
                generation,
                samples,
                first,
                Optional.empty(),
                Optional::empty,
                seeds.stream(generation, Phase.METRICS)));
        GenerationRecord record = new GenerationRecord(
                generation,
                seeds.run(),
                spec.loop().kind().specName(),
                spec.sampling().bias(),
                spec.loop().dataMix().composition(generation, inputs.dataset(), seeds),
                measures,
                0,
                0,
                Math.round((System.nanoTime() - begin) / 1e6) / 1e3);
        return Finished.imported(
                record, Given.inTurn(samples), () -> samples.first(Math.min(samples.count(), LoopPlan.PICTURED)));
    }
}
