package org.autophage.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.autophage.base.ExitCode;
import org.autophage.base.Printable;
import org.autophage.base.Work;
import org.autophage.export.ExportTarget;
import org.autophage.export.RunSampling;
import org.autophage.export.SampleForm;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code autophage sample RUN}. */
@Command(
        name = "sample",
        description = {
            "Draws samples of a model that a run has kept, and writes them as pictures or arrays.",
            "With nothing else asked for, sample i is the run's own: more of them are drawn, not others."
        },
        mixinStandardHelpOptions = true)
final class SampleCommand implements Callable<Integer> {
    @Mixin
    private GenerationArgument generation;

    @Option(names = "--count", required = true, paramLabel = "N", description = "How many samples, of every replica.")
    private long count;

    @Option(names = "--bias", paramLabel = "LAMBDA", description = "Sampling bias in (0, 1] (default: the run's).")
    private @Nullable Double bias;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Other random numbers (default: those of the run's seed, which give the run's own samples).")
    private @Nullable Long seed;

    @Option(
            names = "--labels",
            paramLabel = "CLASSES",
            description = "Which classes: balanced, as-data, or names or numbers separated by commas, which take turns"
                    + " (default: as the run has them).")
    private @Nullable String labels;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "PATH",
            description = "Where to: FILE.npz, FILE.zip, of points FILE.csv, of tokens FILE.txt, or else a folder of"
                    + " PNG files. Must not be there yet.")
    private Path out;

    @Option(
            names = "--as",
            paramLabel = "FORM",
            description = "${COMPLETION-CANDIDATES}: see export (default: as the name of --out says).")
    private @Nullable SampleForm form;

    @Option(names = "--device", description = "auto, cpu, gpu or gpu:N (default: ${DEFAULT-VALUE}).")
    private String device = "auto";

    @Mixin
    private TrustOption trust;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        RunSampling sampling = new RunSampling(generation.name().one(), count, bias, seed, labels, device);
        ExportTarget target = ExportTarget.of(out, form);
        Work work = trust.work();
        String done = sampling.write(target, work);
        work.progress().message(done);
        spec.commandLine().getOut().println(Printable.of(out.toString()));
        return ExitCode.DONE.code();
    }
}
