package org.autophage.planning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.autophage.base.AtomicFiles;
import org.autophage.base.DiskErrors;
import org.autophage.data.Samples;
import org.autophage.experiment.ExperimentInputs;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.model.ModelSpec.Optimization;
import org.autophage.model.Sampling.Solver;
import org.autophage.program.Device;
import org.jspecify.annotations.Nullable;

/**
 * Finds out within a given time what an experiment's model costs on this machine. Everything is timed in its smallest size
 * first, steps of one sample and one sample of a few solver steps, and then in sizes that grow for as long as the next is
 * likely to end in time. What is found is there at once, for whoever has waited long enough.
 */
final class CostMeter {
    private static final int TIMED_STEPS = 10;
    private static final int FEW_SAMPLES = 100;
    private static final int FEW_SOLVER_STEPS = 4;

    private final ExperimentInputs inputs;
    private final Device device;
    private final long deadline;
    private volatile @Nullable CostFigure step;
    private volatile @Nullable CostFigure sample;
    private volatile @Nullable Saved saved;
    private volatile @Nullable Throwable failure;

    /**
     * Sizes on the disk.
     *
     * @param modelBytes of a model
     * @param sampleBytes of a sample
     */
    record Saved(long modelBytes, double sampleBytes) {}

    private CostMeter(ExperimentInputs inputs, Device device, double seconds) {
        this.inputs = inputs;
        this.device = device;
        this.deadline = System.nanoTime() + (long) (1e9 * seconds);
    }

    /**
     * Measures, and returns after the given time at the latest; what libtorch computes then goes on to its end.
     *
     * @param device which is closed when nothing uses it any more
     * @param seconds in all
     */
    static CostMeter measure(ExperimentInputs inputs, Device device, double seconds) {
        CostMeter meter = new CostMeter(inputs, device, seconds);
        Path folder = temporaryFolder();
        Thread thread = new Thread(() -> meter.run(folder), "measurement of costs");
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(Math.max(1, (long) (1000 * seconds)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            AtomicFiles.delete(folder);
        }
        Throwable failed = meter.failure;
        if (failed instanceof Error error) {
            throw error;
        }
        if (failed instanceof RuntimeException exception) {
            throw exception;
        }
        return meter;
    }

    /** Of a training step, or of a whole fit where models are fitted in closed form. */
    Optional<CostFigure> step() {
        return Optional.ofNullable(step);
    }

    /** Of one sample. */
    Optional<CostFigure> sample() {
        return Optional.ofNullable(sample);
    }

    Optional<Saved> saved() {
        return Optional.ofNullable(saved);
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("autophage-plan-");
        } catch (IOException e) {
            throw DiskErrors.cannotWrite(Path.of(System.getProperty("java.io.tmpdir")), e);
        }
    }

    private void run(Path folder) {
        try (device) {
            measure(folder);
        } catch (IOException e) {
            failure = DiskErrors.cannotWrite(folder, e);
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    private void measure(Path folder) throws IOException {
        Path modelFolder = Files.createDirectory(folder.resolve("model"));
        long began = System.nanoTime();
        try (Calibration.Opened opened = Calibration.barelyTrained(smallest(), device)) {
            double first = (System.nanoTime() - began) / 1e9;
            step = new CostFigure(
                    optimization().isPresent() ? first * wholeStep() : first,
                    "extrapolated from a first step, preparation included");
            opened.model().save(modelFolder);
            measureFirstSample(opened.model(), folder, modelFolder);
        }
        GrowingTiming steps = steps();
        step = stepFigure(steps);
        GrowingTiming chunks =
                new GrowingTiming(1, chunk(), size -> secondsPerChunk(modelFolder, size, fewSolverSteps()));
        GrowingTiming solver = chunks.other(
                fewSolverSteps(), solverSteps(), size -> secondsPerChunk(modelFolder, chunks.size(), size));
        sample = sampleFigure(chunks, solver);
        steps.grow(halfway());
        step = stepFigure(steps);
        chunks.grow(halfway());
        solver = chunks.other(
                fewSolverSteps(), solverSteps(), size -> secondsPerChunk(modelFolder, chunks.size(), size));
        sample = sampleFigure(chunks, solver);
        solver.grow(deadline);
        sample = sampleFigure(chunks, solver);
    }

    private void measureFirstSample(GenerativeModel model, Path folder, Path modelFolder) throws IOException {
        long began = System.nanoTime();
        Samples one = Calibration.sample(model, inputs, 1);
        double first = (System.nanoTime() - began) / 1e9;
        sample = new CostFigure(
                first * solverSteps() / fewSolverSteps(), "extrapolated from a first sample, preparation included");
        Path archive = folder.resolve("samples.npz");
        one.write(archive);
        saved = new Saved(bytesIn(modelFolder), (double) Files.size(archive) / one.count());
    }

    private long halfway() {
        return System.nanoTime() + (deadline - System.nanoTime()) / 2;
    }

    /** The spec with the smallest of everything whose cost is about in proportion to it. */
    private ExperimentInputs smallest() {
        ExperimentInputs small = ofSolverSteps(inputs.with("sampling.chunk", 1), fewSolverSteps());
        return optimization().isPresent() ? small.with("model.batch", 1) : small;
    }

    private GrowingTiming steps() {
        if (optimization().isPresent()) {
            return new GrowingTiming(
                    1,
                    wholeStep(),
                    size -> Calibration.secondsPerStepInASecond(inputs.with("model.batch", size), device, TIMED_STEPS));
        }
        int fewest = Math.max(FEW_SAMPLES, inputs.spec().model().fewestSamples());
        return new GrowingTiming(
                Math.min(fewest, wholeStep()), wholeStep(), size -> Calibration.secondsPerFit(inputs, device, size));
    }

    /** model.batch, of which a GAN's step takes several; of a closed form all samples. */
    private int wholeStep() {
        return optimization()
                .map(each -> each.batch()
                        / smallest().spec().model().optimization().orElseThrow().batch())
                .orElse(inputs.spec().loop().initial());
    }

    private CostFigure stepFigure(GrowingTiming steps) {
        return new CostFigure(
                steps.seconds(),
                steps.isWhole()
                        ? CostFigure.MEASURED
                        : "extrapolated from %d of %d samples %s"
                                .formatted(
                                        steps.size(),
                                        wholeStep(),
                                        optimization().isPresent() ? "a step" : "to fit"));
    }

    private double secondsPerChunk(Path modelFolder, int size, int solverSteps) {
        ExperimentInputs sized = ofSolverSteps(inputs.with("sampling.chunk", size), solverSteps);
        try (ModelFamily family = sized.family(device);
                GenerativeModel model = family.load(modelFolder)) {
            return size * Calibration.secondsPerSample(model, sized, size);
        } catch (IOException e) {
            throw DiskErrors.cannotRead(modelFolder, e);
        }
    }

    /**
     * Of a sample.
     *
     * @param chunks timed with few solver steps
     * @param solver what the largest of them took with more
     */
    private CostFigure sampleFigure(GrowingTiming chunks, GrowingTiming solver) {
        double seconds = chunks.seconds() / chunk() * (solver.seconds() / chunks.measured());
        if (chunks.isWhole() && solver.isWhole()) {
            return new CostFigure(seconds, CostFigure.MEASURED);
        }
        return new CostFigure(
                seconds,
                "extrapolated from %d of %d samples at a time".formatted(chunks.size(), chunk())
                        + (solver.isWhole() ? "" : ", %d of %d solver steps".formatted(solver.size(), solverSteps())));
    }

    private int chunk() {
        return inputs.spec().drawing().chunk();
    }

    private Optional<Optimization> optimization() {
        return inputs.spec().model().optimization();
    }

    /** 1 for models that are drawn from without a solver. */
    private int solverSteps() {
        return inputs.spec().drawing().solver().map(Solver::steps).orElse(1);
    }

    private int fewSolverSteps() {
        return Math.min(FEW_SOLVER_STEPS, solverSteps());
    }

    private static ExperimentInputs ofSolverSteps(ExperimentInputs inputs, int steps) {
        return inputs.spec().drawing().solver().isEmpty() ? inputs : inputs.with("sampling.steps", steps);
    }

    private static long bytesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            long bytes = 0;
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }
}
