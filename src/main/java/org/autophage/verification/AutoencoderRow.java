package org.autophage.verification;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.autophage.base.FolderLock;
import org.autophage.base.Progress;
import org.autophage.base.StopSignal;
import org.autophage.data.Dataset;
import org.autophage.data.ImageShape;
import org.autophage.data.Images;
import org.autophage.data.mnist.MnistSpec;
import org.autophage.loop.Expectation;
import org.autophage.loop.FolderLog;
import org.autophage.loop.GenerationObserver;
import org.autophage.loop.Keep;
import org.autophage.loop.LoopController;
import org.autophage.loop.LoopPlan;
import org.autophage.loop.LoopSpec;
import org.autophage.measure.Metrics;
import org.autophage.metrics.known.LatentCodes;
import org.autophage.model.ModelFamily;
import org.autophage.model.Precision;
import org.autophage.model.SamplingSpec;
import org.autophage.model.vae.VaeSpec;
import org.autophage.program.Device;
import org.autophage.run.GenerationRecord;
import org.autophage.run.RunFolder;
import org.autophage.run.SeedFolder;

/**
 * The autoencoders of Shumailov et al. (Nature 631, 2024) on MNIST, each trained for 30 epochs of 60,000 on means that the
 * last one's decoder drew: the deviation of the first generation's codes over each generation's samples. One seed, which
 * takes hours, so it has a run folder and goes on where it was stopped. The loop is that of
 * {@code experiments/mnist-vae-shumailov.yaml}.
 */
final class AutoencoderRow {
    private static final String NAME = "autoencoders of Shumailov et al., MNIST";

    /** Means over 5 runs, for generations 2 to 6, where generation 1 is trained on real images. */
    private static final double[] KNOWN = {.688, .603, .534, .483, .443};

    /** Largest standard deviation between runs of any of these. */
    private static final double SPREAD = .018;

    private static final int KNOWN_RUNS = 5;
    private static final long SEED = 0;

    private static final VaeSpec MODEL =
            new VaeSpec(20, 64, List.of(1, 2), 1, false, 7_032, 256, 1e-3, 0, Precision.BFLOAT16);
    private static final LoopSpec LOOP = LoopSpec.fullySynthetic(1 + KNOWN.length, 60_000, 600_000);

    private final Device device;
    private final RunFolder folder;
    private final Progress progress;
    private final StopSignal stop;
    private final Dataset dataset;

    /**
     * Looks for MNIST.
     *
     * @param runs where the run's folder goes
     * @throws org.autophage.base.AutophageException with USAGE if MNIST is not there
     */
    AutoencoderRow(Device device, Path runs, Progress progress, StopSignal stop) {
        this.device = device;
        this.folder = new RunFolder(runs.resolve("verify-autoencoders"));
        this.progress = progress;
        this.stop = stop;
        this.dataset = new MnistSpec(MnistSpec.DEFAULTS.path(), 28, 10_000).open();
    }

    Row row() {
        return new Row(NAME, (loops, effort) -> run());
    }

    private List<Check> run() {
        Images images = dataset.real(new long[] {0}).images().orElseThrow();
        ImageShape shape = new ImageShape(images.height(), images.channels(), images.classes());
        try (ModelFamily family = MODEL.family(device, shape, SamplingSpec.DEFAULTS);
                FolderLock lock = folder.lock()) {
            LoopController loop = new LoopController(
                    new LoopPlan(LOOP, 1, 0),
                    dataset,
                    family,
                    generation -> LatentCodes.of(generation).measures(),
                    Expectation.NOTHING);
            SeedFolder seed = folder.seed(SEED);
            FolderLog log = new FolderLog(seed, Keep.LAST, LOOP.dataMix().memory(), Duration.ofMinutes(1), "");
            loop.run(log, progress, stop, GenerationObserver.NOBODY);
            return compared(seed.records());
        }
    }

    private static List<Check> compared(List<GenerationRecord> records) {
        List<Check> checks = new ArrayList<>();
        for (int i = 0; i < KNOWN.length; i++) {
            int t = i + 2;
            checks.add(new Check(
                    NAME,
                    "deviation of codes, t = " + t,
                    KNOWN[i],
                    SPREAD / Math.sqrt(KNOWN_RUNS),
                    records.get(t - 1)
                            .measures()
                            .value(Metrics.LATENT_DEVIATION)
                            .orElse(Double.NaN),
                    SPREAD));
        }
        return checks;
    }
}
