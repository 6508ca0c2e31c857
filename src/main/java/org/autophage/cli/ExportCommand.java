package org.autophage.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.autophage.base.ExitCode;
import org.autophage.base.Printable;
import org.autophage.base.Work;
import org.autophage.export.ExportTarget;
import org.autophage.export.RunExport;
import org.autophage.export.RunSet;
import org.autophage.export.SampleForm;
import org.autophage.run.RunName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code autophage export RUN}. */
@Command(
        name = "export",
        description = {
            "Writes the samples of a run's generations, or what they were trained on, as files that other tools read.",
            "Forms: png, a folder of PNG files with labels in dataset.json; classes, a folder of them for every class;"
                    + " edm, a zip with dataset.json as edm and StyleGAN have it; npz, arrays; csv, points; txt, tokens"
                    + " as text."
        },
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
    @Mixin
    private GenerationArgument generation;

    @Option(
            names = "--set",
            paramLabel = "SET",
            description = "${COMPLETION-CANDIDATES}: what the generation gave, or what it was trained on"
                    + " (default: ${DEFAULT-VALUE}).")
    private RunSet set = RunSet.SAMPLES;

    @Option(
            names = "--as",
            paramLabel = "FORM",
            description = "${COMPLETION-CANDIDATES} (default: as the name of --out says, png for a folder).")
    private @Nullable SampleForm form;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "PATH",
            description = "Where to: a file of the form's kind (.zip, .npz, .csv, .txt), or a folder. Must not be there"
                    + " yet.")
    private Path out;

    @Option(
            names = "--all",
            description = "All generations, of all seeds if none is named, into the folder --out:"
                    + " seed-0/generation-001 and so on.")
    private boolean all;

    @Mixin
    private TrustOption trust;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        RunName name = generation.name();
        Work work = trust.work();
        String done = all
                ? new RunExport(name.all(), set).writeAll(ExportTarget.folderOfAll(out, form), work)
                : new RunExport(List.of(name.one()), set).writeOne(ExportTarget.of(out, form), work);
        work.progress().message(done);
        spec.commandLine().getOut().println(Printable.of(out.toString()));
        return ExitCode.DONE.code();
    }
}
