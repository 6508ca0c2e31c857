package org.autophage.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
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
import org.autophage.model.density.GaussianSpec;
import org.autophage.model.diffusion.DiffusionSpec;
import org.autophage.program.OnCpu;
import org.autophage.run.RunFolder;
import org.autophage.run.SeedFolder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Networks of a few thousand weights; what the samplers make of two of them is in GaussianDenoisersTest. */
class SampledAwayFromCopyTest extends OnCpu {
    private static final int STEPS = 12;
    private static final LoopSpec LOOP = LoopSpec.mixed(
            2,
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

    @TempDir
    private Path folder;

    private static DiffusionSpec model(int steps, double rate) {
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

    private static Setting setting(ModelSpec model) {
        return new Setting(new LoopPlan(LOOP, 1, 0), model, null, 0, Set.of());
    }

    /** One process, until it has finished or is told to stop. */
    private void process(String name, List<Remedy> remedies, StopSignal stop) {
        SamplingSpec sampling = new SamplingSpec(1, null, 4, 4);
        Bars bars = new Bars(64, 8);
        List<Remedy> completed = remedies.stream()
                .map(remedy -> remedy.complete(setting(model(STEPS, 2e-3))))
                .toList();
        SampleShape shape = bars.shape(SampleLabels.BALANCED);
        try (ModelFamily family = family(completed, STEPS, 2e-3, shape, sampling);
                RemedyContext context = new RemedyContext(
                        device,
                        bars,
                        ClassifierCache.standard(),
                        (steps, rate) -> family(completed, steps, rate * 2e-3, shape, sampling),
                        Work.UNATTENDED)) {
            FolderLog log =
                    new FolderLog(seed(name), Keep.ALL, LOOP.dataMix().memory(), Duration.ZERO, "0123456789abcdef");
            new LoopController(
                            new LoopPlan(LOOP, 1, 0),
                            bars,
                            family,
                            trainer -> trainer,
                            Remedies.open(completed, setting(model(STEPS, 2e-3)), context),
                            generation -> Measures.builder()
                                    .add(
                                            Metrics.FRECHET_DISTANCE,
                                            generation.samples().count())
                                    .build(),
                            Expectation.NOTHING)
                    .run(log, Progress.SILENT, stop, GenerationObserver.NOBODY);
        }
    }

    private static ModelFamily family(
            List<Remedy> remedies, int steps, double rate, SampleShape shape, SamplingSpec sampling) {
        return Remedies.family(
                remedies, share -> model((int) Math.ceil(steps * share), rate).family(device, shape, sampling), shape);
    }

    private SeedFolder seed(String name) {
        return new RunFolder(folder.resolve(name)).seed(3);
    }

    private void requireSameFiles(String one, String other) throws Exception {
        for (int t = 1; t <= 2; t++) {
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

    /** Stopped again and again, inside trainings, the copies' among them, and inside samplings. */
    @Test
    void aRunThatIsStoppedOftenGoesOnToTheSameFiles() throws Exception {
        List<Remedy> remedies = List.of(
                new SampledAwayFromCopy(new Strength(List.of(0.5, 1.5)), 8, 5, .5),
                new LastNoise(new Strength(List.of(.05, .02)), false));
        requireTheSameFiles(remedies, 23);
        JsonNode told =
                ExtrapolatedWeightsTest.json(seed("stopped").records().get(1)).path("remedies");
        assertThat(told.path("sims").path("weight").doubleValue()).isEqualTo(1.5);
        assertThat(told.path("sims").path("drawn").intValue()).isEqualTo(8);
        assertThat(told.path("sims").path("distance").doubleValue()).isPositive();
        assertThat(told.path("last-noise").path("level").doubleValue()).isEqualTo(.02);
        assertThat(seed("whole").generation(2).sampling()).exists();
    }

    /** Members are trained one after the other; what they are sampled away from are their own copies. */
    @Test
    @Tag("slow")
    void anEnsembleThatIsStoppedOftenGoesOnToTheSameFiles() throws Exception {
        requireTheSameFiles(
                List.of(
                        new SeveralModels(2, SeveralModels.Parts.DISJOINT),
                        new SampledAwayFromCopy(Strength.of(.5), 8, 4, .5)),
                17);
        assertThat(seed("whole").generation(2).members().resolve("member-2/sampling.safetensors"))
                .exists();
    }

    /** @param patience how often a process looks whether it is to stop before it is */
    private void requireTheSameFiles(List<Remedy> remedies, int patience) throws Exception {
        process("whole", remedies, StopSignal.NEVER);
        int interruptions = 0;
        for (boolean finished = false; !finished; ) {
            AtomicInteger asked = new AtomicInteger();
            int enough = patience * (1 + interruptions); // waiting for the device asks too
            try {
                process("stopped", remedies, () -> asked.incrementAndGet() > enough);
                finished = true;
            } catch (AutophageException e) {
                assertThat(e.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
                assertThat(++interruptions).isLessThan(50);
            }
        }
        assertThat(interruptions).isGreaterThan(1);
        requireSameFiles("whole", "stopped");
    }

    /** ω = 0 changes no sample. */
    @Test
    void aRemedyThatDoesNothingChangesNoSample() throws Exception {
        process("open", List.of(), StopSignal.NEVER);
        process("idle", List.of(new SampledAwayFromCopy(Strength.of(0), null, null, null)), StopSignal.NEVER);
        for (int t = 1; t <= 2; t++) {
            assertThat(seed("idle").generation(t).samples())
                    .hasSameBinaryContentAs(seed("open").generation(t).samples());
        }
        assertThat(Files.exists(seed("open").generation(1).path().resolve("sampling.safetensors")))
                .isFalse();
    }

    @Test
    void itCompletesAndCountsItself() {
        Remedy completed = SampledAwayFromCopy.DEFAULTS.complete(setting(model(500, 2e-3)));
        assertThat(completed).isEqualTo(new SampledAwayFromCopy(Strength.of(1), 8, 10, .1));
        Remedy.Cost cost = completed.cost(setting(model(500, 2e-3)));
        assertThat(cost.draws()).isEqualTo(8 + 8);
        assertThat(cost.steps()).isEqualTo(10);
        assertThat(cost.inSentence()).endsWith("each step of sampling evaluates two networks");
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> new SampledAwayFromCopy(Strength.of(-2), null, null, null))
                .hasMessage("weight is -2.0: must be in [-1, 1000]; -1 is the copy itself, 0 the model");
        assertThatThrownBy(() -> new LastNoise(new Strength(List.of(.1, 0.0)), true))
                .hasMessage("level is [0.1, 0.0]: must be in [0.0001, 10]; images reach from -1 to 1");
        Setting gaussian = setting(GaussianSpec.DEFAULTS);
        assertThatThrownBy(() -> Remedies.check(List.of(SampledAwayFromCopy.DEFAULTS), gaussian))
                .hasMessageStartingWith("remedies[0], sims: only diffusion models have a denoiser");
        assertThatThrownBy(() -> Remedies.check(List.of(LastNoise.DEFAULTS), gaussian))
                .hasMessageStartingWith("remedies[0], last-noise: only diffusion models have levels of noise");
        Setting diffusion = setting(model(100, 2e-3));
        Remedy sims = SampledAwayFromCopy.DEFAULTS.complete(diffusion);
        assertThatThrownBy(() -> Remedies.check(List.of(sims, sims), diffusion))
                .hasMessage("remedies[0], sims: there is another of this kind, which can be there once");
        Remedies.check(List.of(sims, LastNoise.DEFAULTS), diffusion);
    }
}
