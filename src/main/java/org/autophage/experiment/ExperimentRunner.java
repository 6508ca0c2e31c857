package org.autophage.experiment;

import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.autophage.base.AtomicFiles;
import org.autophage.base.AutophageException;
import org.autophage.base.CheckpointStore;
import org.autophage.base.ExitCode;
import org.autophage.base.FolderLock;
import org.autophage.base.Interruptible;
import org.autophage.base.Progress;
import org.autophage.base.StopSignal;
import org.autophage.base.Trust;
import org.autophage.base.Work;
import org.autophage.loop.FolderLog;
import org.autophage.loop.Loop;
import org.autophage.loop.LoopController;
import org.autophage.loop.Stages;
import org.autophage.loop.Trainer;
import org.autophage.metrics.MetricSuite;
import org.autophage.metrics.classifier.ClassifierCache;
import org.autophage.metrics.suite.ImageMetrics;
import org.autophage.metrics.suite.OpenMetrics;
import org.autophage.metrics.suite.PointMetrics;
import org.autophage.metrics.suite.TokenMetrics;
import org.autophage.model.ModelFamily;
import org.autophage.model.imported.ImportedSpec;
import org.autophage.program.Device;
import org.autophage.remedy.Remedies;
import org.autophage.remedy.RemedyContext;
import org.autophage.run.FileCheckpointStore;
import org.autophage.run.Provenance;
import org.autophage.run.Provenance.Session;
import org.autophage.run.RecordRecovery;
import org.autophage.run.RecordedSpec;
import org.autophage.run.RunCheck;
import org.autophage.run.RunFolder;
import org.autophage.run.SeedFolder;
import org.autophage.sink.Sinks;
import org.autophage.sink.SinksSpec;
import org.autophage.spec.SpecBinder;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs experiments into run folders: everything that can be refused is looked at first, so that a spec that cannot run
 * leaves nothing on disk; then every seed goes through the loop from wherever it stands.
 */
public final class ExperimentRunner {
    private final String command;
    private final Progress progress;
    private final StopSignal stop;
    private final Trust trust;
    private final RunObserver observer;
    private final Optional<SharedByCells> shared;

    /**
     * @param command the command line, for the run's provenance
     * @param observer is told when there is more in the run folder to report on
     */
    public ExperimentRunner(String command, Progress progress, StopSignal stop, RunObserver observer) {
        this(command, progress, stop, Trust.listed(), observer, Optional.empty());
    }

    /**
     * The same for a cell of a sweep, which shares models of generation 1 and classifiers with other cells.
     *
     * @param trust which programs that the spec names may run
     */
    public ExperimentRunner(
            String command,
            Progress progress,
            StopSignal stop,
            Trust trust,
            RunObserver observer,
            Optional<SharedByCells> shared) {
        this.command = command;
        this.progress = progress;
        this.stop = stop;
        this.trust = trust;
        this.observer = observer;
        this.shared = shared;
    }

    /**
     * Runs an experiment, or goes on with it; a run that is finished is left as it is.
     *
     * @param asked the experiment
     * @param folder where it belongs; holds the same experiment, or does not exist
     * @throws AutophageException with the exit code of whatever ended it early
     */
    public void run(ExperimentSpec asked, RunFolder folder) {
        recordedSpec(asked, folder); // refuses what does not go together with the run there
        recoverRecords(folder);
        RunCheck.check(folder);
        if (asked.model() instanceof ImportedSpec imported) {
            ImportedLoop.requireSame(asked, imported, folder);
        }
        if (isFinished(asked, folder)) {
            sayWhyNothingIsToDo(asked, folder);
            logWhatIsThere(asked.sinks(), folder);
            if (!Files.exists(folder.report())) {
                observer.changed(folder);
            }
            return;
        }
        ExperimentInputs inputs = ExperimentInputs.open(asked, new Work(progress, CheckpointStore.NONE, stop, trust));
        try (Device device = Device.of(asked.device());
                ModelFamily family = inputs.family(device)) {
            try (FolderLock lock = folder.lock();
                    ProgressFile told = ProgressFile.begin(folder, progress);
                    GpuWatch gpu = GpuWatch.begin(device)) {
                session(inputs, folder, device, family, gpu, gpu.in(told));
            }
        }
    }

    /**
     * What experiment.yaml is to hold.
     *
     * @throws AutophageException with USAGE, naming the keys, if the folder holds another experiment, or was changed
     */
    public static ExperimentSpec recordedSpec(ExperimentSpec asked, RunFolder folder) {
        Provenance provenance = Provenance.read(folder.provenance());
        if (folder.exists()) {
            RecordedSpec.check(folder, provenance);
            return SpecContinuation.merge(ExperimentSpec.read(folder.experiment(), List.of()), asked, folder.root());
        }
        return folder.seeds().isEmpty()
                ? asked
                : SpecContinuation.merge(specBegunWith(folder, provenance), asked, folder.root());
    }

    /** The spec of a run whose experiment.yaml is gone. */
    private static ExperimentSpec specBegunWith(RunFolder folder, Provenance provenance) {
        List<ObjectNode> specs = provenance.specs();
        if (specs.isEmpty()) {
            throw AutophageException.usage(
                    "%s has seeds of a run but no experiment.yaml, and no provenance.json that says what it was: give another name with name=…, or move the folder away"
                            .formatted(folder.root()));
        }
        return SpecBinder.bind(ExperimentSpec.class, specs.get(specs.size() - 1), key -> folder.provenance() + "");
    }

    /** Writes records back that generations.jsonl lost and the generations' own folders have. */
    private void recoverRecords(RunFolder folder) {
        if (folder.seeds().stream().noneMatch(seed -> RecordRecovery.of(seed).isNeeded())) {
            return;
        }
        try (FolderLock lock = folder.lock()) {
            for (SeedFolder seed : folder.seeds()) {
                RecordRecovery recovery = RecordRecovery.of(seed);
                recovery.apply();
                if (recovery.isNeeded()) {
                    progress.message(recovery.inSentence());
                }
            }
        }
    }

    /** Whether all that is asked for is in the folder, or was ended there by the rule that is asked for. */
    public static boolean isFinished(ExperimentSpec asked, RunFolder folder) {
        return asked.seeds().stream()
                .allMatch(seed -> hasAllGenerations(asked, folder, seed)
                        || SeedSupervisor.stopOf(asked, folder.seed(seed)).isPresent());
    }

    private static boolean hasAllGenerations(ExperimentSpec asked, RunFolder folder, long seed) {
        return folder.seed(seed).nextGeneration() > asked.loop().generations();
    }

    private void sayWhyNothingIsToDo(ExperimentSpec asked, RunFolder folder) {
        List<Long> complete = asked.seeds().stream()
                .filter(seed -> hasAllGenerations(asked, folder, seed))
                .toList();
        String come = complete.isEmpty()
                ? ""
                : ": seeds %s have come to generation %d"
                        .formatted(complete, asked.loop().generations());
        progress.message(folder.root() + " is finished" + come + "; nothing to do");
        for (long seed : asked.seeds()) {
            if (!complete.contains(seed)) {
                SeedSupervisor.stopOf(asked, folder.seed(seed))
                        .ifPresent(note -> progress.message("seed " + seed + " was " + note.inSentence()
                                + "; another rule, such as stop.when=never, lets it go on"));
            }
        }
    }

    /** Works on the run and records under which circumstances, and how it ended. */
    private void session(
            ExperimentInputs inputs, RunFolder folder, Device device, ModelFamily family, GpuWatch gpu, Progress told) {
        told.message("device: " + EngineDiagnosis.describe(device));
        Provenance earlier = Provenance.read(folder.provenance());
        String spec = recordedSpec(inputs.spec(), folder).toYaml();
        requireSame("dataset", inputs.dataset().hash(), earlier, folder);
        Map<String, String> hashes =
                new LinkedHashMap<>(Map.of("dataset", inputs.dataset().hash()));
        inputs.spec().model().programHash().ifPresent(program -> {
            if (folder.seeds().stream().anyMatch(seed -> seed.nextGeneration() > 1)) { // until then it may be mended
                requireSame("program", program, earlier, folder);
            }
            hashes.put("program", program);
        });
        Session session = RecordedSpec.in(Session.begin(command, device.description(), versions(), hashes), spec);
        // In this order: a process that is killed in between leaves a spec that one of the sessions knows.
        earlier.plus(session).write(folder.provenance());
        AtomicFiles.writeText(folder.experiment(), spec);
        inputs.classes().ifPresent(classes -> classes.write(folder.classes()));
        NoiseCalibration.adopt(inputs, folder, shared.map(each -> each.sweep().root()), told);
        Sinks sinks = Sinks.open(inputs.spec().sinks(), folder, told);
        ExitCode outcome = ExitCode.FAILED;
        try (OpenMetrics metrics = metrics(inputs, folder, device, told);
                RemedyContext remedies = remedies(inputs, folder, device, told)) {
            requireSame("features", metrics.features(), earlier, folder);
            session = session.withHash("features", metrics.features());
            earlier.plus(session).write(folder.provenance());
            Stages stages = Remedies.open(inputs.spec().remedies(), inputs.setting(), remedies);
            if (!remedies.networks().isEmpty()) {
                requireSame("remedies", remedies.networks(), earlier, folder);
                session = session.withHash("remedies", remedies.networks());
                earlier.plus(session).write(folder.provenance());
                if (!Files.exists(folder.remedies())) {
                    AtomicFiles.writeFolder(folder.remedies(), remedies::save);
                }
            }
            loops(inputs, folder, device, family, stages, gpu.in(metrics), sinks, told);
            outcome = ExitCode.DONE;
        } catch (AutophageException e) {
            outcome = e.exitCode();
            throw e;
        } finally {
            earlier.plus(session.end(outcome)).write(folder.provenance());
            logTo(sinks, folder, outcome);
        }
        observer.changed(folder);
    }

    /** Refuses to go on with other data, or another network that measures, than the run was begun with. */
    private static void requireSame(String what, String now, Provenance earlier, RunFolder folder) {
        earlier.requireSame(
                what,
                now,
                folder.root(),
                "figures before and after would not compare; put back what it was, or give another name with name=…");
    }

    /** The metrics, with this run's own feature extractor where it has one already. */
    private OpenMetrics metrics(ExperimentInputs inputs, RunFolder folder, Device device, Progress told) {
        return switch (inputs.shape().kind()) {
            case POINTS ->
                Interruptible.until(
                        stop,
                        () -> inputs.comparesLaws()
                                ? PointMetrics.openGaussian(
                                        inputs.dataset(), inputs.spec().metrics(), device)
                                : PointMetrics.open(
                                        inputs.dataset(), inputs.spec().metrics(), device));
            case TOKENS ->
                Interruptible.until(
                        stop,
                        () -> inputs.comparesLaws()
                                ? TokenMetrics.openTables(
                                        inputs.dataset(), inputs.spec().metrics(), device)
                                : TokenMetrics.open(
                                        inputs.dataset(), inputs.spec().metrics(), device));
            case IMAGES -> imageMetrics(inputs, folder, device, told);
        };
    }

    private ImageMetrics imageMetrics(ExperimentInputs inputs, RunFolder folder, Device device, Progress told) {
        inputs.spec().metrics().checkUnchanged(folder.extractor());
        ClassifierCache cache = classifiers().preferring(folder.extractor());
        Work work = new Work(told, CheckpointStore.NONE, stop, trust);
        ImageMetrics metrics = ImageMetrics.open(inputs.spec().metrics(), inputs.dataset(), device, cache, work);
        if (!Files.exists(folder.extractor())) {
            AtomicFiles.writeFolder(folder.extractor(), metrics::save);
        }
        return metrics;
    }

    private ClassifierCache classifiers() {
        ClassifierCache cache = ClassifierCache.standard();
        return shared.map(each -> each.classifiers(cache)).orElse(cache);
    }

    /** What remedies have at hand, with this run's own networks where it has some already; says what they cost. */
    private RemedyContext remedies(ExperimentInputs inputs, RunFolder folder, Device device, Progress told) {
        inputs.remedyCosts().forEach(cost -> told.message("remedy: " + cost.inSentence()));
        return new RemedyContext(
                device,
                inputs.dataset(),
                classifiers().preferring(folder.remedies()),
                inputs.briefTraining(device),
                new Work(told, CheckpointStore.NONE, stop, trust));
    }

    private void loops(
            ExperimentInputs inputs,
            RunFolder folder,
            Device device,
            ModelFamily family,
            Stages stages,
            MetricSuite metrics,
            Sinks sinks,
            Progress told) {
        ExperimentSpec asked = inputs.spec();
        String experiment = RecordedSpec.hash(RecordedSpec.parse(asked.toYaml()));
        Loop loop = loop(inputs, device, family, stages, metrics);
        ReportCadence cadence = new ReportCadence(
                () -> {
                    folder.seeds().forEach(sinks::catchUp);
                    observer.changed(folder);
                },
                told);
        for (long seed : asked.seeds()) {
            Progress ofSeed = told.under("seed " + seed);
            SeedSupervisor watched = SeedSupervisor.begin(asked, folder, seed, ofSeed);
            if (watched.isOver()) {
                continue;
            }
            FolderLog log = new FolderLog(
                    folder.seed(seed),
                    asked.keep(),
                    asked.loop().dataMix().memory(),
                    FileCheckpointStore.DEFAULT_INTERVAL,
                    experiment);
            loop.run(log, ofSeed, stop, record -> {
                boolean goesOn = watched.finished(record);
                cadence.somethingFinished();
                return goesOn;
            });
        }
    }

    private Loop loop(ExperimentInputs inputs, Device device, ModelFamily family, Stages stages, MetricSuite metrics) {
        if (inputs.spec().model() instanceof ImportedSpec imported) {
            return new ImportedLoop(inputs, imported, metrics);
        }
        UnaryOperator<Trainer> training = shared.map(
                        each -> each.firstGenerations().of(inputs, device, family))
                .orElse(UnaryOperator.identity());
        return new LoopController(
                inputs.plan(), inputs.dataset(), family, training, stages, metrics, inputs.expectation());
    }

    /** Records of a finished run for sinks that do not have them yet. */
    private void logWhatIsThere(SinksSpec asked, RunFolder folder) {
        if (asked.areAny()) {
            try (FolderLock lock = folder.lock()) {
                logTo(Sinks.open(asked, folder, progress), folder, ExitCode.DONE);
            }
        }
    }

    private static void logTo(Sinks sinks, RunFolder folder, ExitCode outcome) {
        folder.seeds().forEach(sinks::catchUp);
        sinks.end(outcome);
    }

    private static Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("autophage", SoftwareVersion.current());
        versions.put("libtorch", Device.libtorchVersion());
        return versions;
    }
}
