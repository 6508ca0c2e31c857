package org.autophage.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.MemoryDisk;
import org.autophage.base.Progress;
import org.autophage.base.StopSignal;
import org.autophage.base.Work;
import org.autophage.data.SampleLabels;
import org.autophage.data.SampleShape;
import org.autophage.loop.Expectation;
import org.autophage.loop.FolderLog;
import org.autophage.loop.GenerationObserver;
import org.autophage.loop.Keep;
import org.autophage.loop.LoopController;
import org.autophage.loop.LoopPlan;
import org.autophage.loop.LoopSpec;
import org.autophage.loop.Memory;
import org.autophage.loop.MixSpec;
import org.autophage.loop.Start;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Bars;
import org.autophage.metrics.classifier.ClassifierCache;
import org.autophage.model.ModelFamily;
import org.autophage.model.ModelSpec;
import org.autophage.model.Precision;
import org.autophage.model.SamplingSpec;
import org.autophage.model.diffusion.DiffusionSpec;
import org.autophage.program.OnCpu;
import org.autophage.run.RunFolder;
import org.autophage.run.SeedFolder;
import org.junit.jupiter.api.io.TempDir;

/** Loops of diffusion models of a few thousand weights with remedies, in run folders, by processes that may be stopped anywhere. */
abstract class StoppableRuns extends OnCpu {
    static final int STEPS = 12;

    @TempDir(factory = MemoryDisk.class)
    Path folder;

    /** Generations that are fine-tuned. */
    static LoopSpec loop(int generations) {
        return LoopSpec.mixed(
                generations,
                16,
                8,
                new MixSpec(
                        MixSpec.DEFAULTS.fixedReal(),
                        MixSpec.DEFAULTS.freshReal(),
                        MixSpec.DEFAULTS.synthetic(),
                        new Memory(1),
                        null,
                        null,
                        Start.FINE_TUNE));
    }

    /** Of a few steps; other models in other tests. */
    DiffusionSpec model(int steps, double rate) {
        return new DiffusionSpec(
                        DiffusionSpec.ParameterizationKind.EDM,
                        null,
                        null,
                        null,
                        true,
                        4,
                        List.of(1, 2),
                        1,
                        2,
                        steps,
                        8,
                        rate,
                        .9,
                        0.1,
                        Precision.FLOAT32)
                .complete();
    }

    /** Of two generations. */
    static Setting setting(ModelSpec model) {
        return setting(loop(2), model);
    }

    static Setting setting(LoopSpec loop, ModelSpec model) {
        return new Setting(new LoopPlan(loop, 1, 0), model, null, 0, Set.of());
    }

    /** Two generations, all of which are kept. */
    void process(String name, List<Remedy> remedies, StopSignal stop) {
        process(name, loop(2), Keep.ALL, remedies, stop);
    }

    /** One process, until it has finished or is told to stop. */
    void process(String name, LoopSpec loop, Keep keep, List<Remedy> remedies, StopSignal stop) {
        SamplingSpec sampling = new SamplingSpec(1, null, 4, 4);
        Bars bars = new Bars(64, 8);
        List<Remedy> completed = remedies.stream()
                .map(remedy -> remedy.complete(setting(loop, model(STEPS, 2e-3))))
                .toList();
        SampleShape shape = bars.shape(SampleLabels.BALANCED);
        try (ModelFamily family = family(completed, STEPS, 2e-3, shape, sampling);
                RemedyContext context = new RemedyContext(
                        device,
                        bars,
                        ClassifierCache.standard(),
                        (steps, rate) -> family(completed, steps, rate * 2e-3, shape, sampling),
                        Work.UNATTENDED)) {
            FolderLog log = new FolderLog(seed(name), keep, loop.dataMix().memory(), Duration.ZERO, "0123456789abcdef");
            new LoopController(
                            new LoopPlan(loop, 1, 0),
                            bars,
                            family,
                            trainer -> trainer,
                            Remedies.open(completed, setting(loop, model(STEPS, 2e-3)), context),
                            generation -> Measures.builder()
                                    .add(
                                            Metrics.FRECHET_DISTANCE,
                                            generation.samples().count())
                                    .build(),
                            Expectation.NOTHING)
                    .run(log, Progress.SILENT, stop, GenerationObserver.NOBODY);
        }
    }

    private ModelFamily family(
            List<Remedy> remedies, int steps, double rate, SampleShape shape, SamplingSpec sampling) {
        return Remedies.family(
                remedies, share -> model((int) Math.ceil(steps * share), rate).family(device, shape, sampling), shape);
    }

    SeedFolder seed(String name) {
        return new RunFolder(folder.resolve(name)).seed(3);
    }

    private void requireSameFiles(String one, String other, int generations) throws Exception {
        for (int t = 1; t <= generations; t++) {
            Path of = seed(one).generation(t).path();
            try (Stream<Path> files = Files.walk(of)) {
                for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                    if (!file.endsWith("record.json")) { // which has seconds
                        assertThat(file)
                                .hasSameBinaryContentAs(
                                        seed(other).generation(t).path().resolve(of.relativize(file)));
                    }
                }
            }
        }
    }

    /** Two generations, all of which are kept. */
    void requireTheSameFiles(List<Remedy> remedies, int patience) throws Exception {
        requireTheSameFiles(loop(2), Keep.ALL, remedies, patience);
    }

    /** @param patience how often a process looks whether it is to stop before it is */
    void requireTheSameFiles(LoopSpec loop, Keep keep, List<Remedy> remedies, int patience) throws Exception {
        process("whole", loop, keep, remedies, StopSignal.NEVER);
        int interruptions = 0;
        for (boolean finished = false; !finished; ) {
            AtomicInteger asked = new AtomicInteger();
            int enough = patience * (1 + interruptions); // waiting for the device asks too
            try {
                process("stopped", loop, keep, remedies, () -> asked.incrementAndGet() > enough);
                finished = true;
            } catch (AutophageException e) {
                assertThat(e.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
                assertThat(++interruptions).isLessThan(50);
            }
        }
        assertThat(interruptions).isGreaterThan(1);
        requireSameFiles("whole", "stopped", loop.generations());
    }
}
