package org.autophage.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.experiment.ExperimentSpec;
import org.autophage.model.imported.ImportedFolder;
import org.autophage.model.imported.ImportedSpec;
import org.autophage.report.page.GenerationTable;
import org.autophage.report.page.Report;
import org.autophage.run.ImportedRecords;
import org.autophage.run.RunFolder;
import org.autophage.spec.Yaml;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code autophage import FOLDER SPEC}, {@code autophage import FILE.csv}. */
@Command(
        name = "import",
        description = {
            "Makes a run of what another program's loop left: it is measured, reported and compared like any other.",
            "FOLDER has the samples of every generation: .npz files, zips or folders of pictures with the generation's number"
                    + " in their names; for several seeds in folders seed-0, seed-1 below.",
            "FOLDER may be a file of figures instead, CSV or lines of JSON with a row a generation: then records are all that"
                    + " the run has, and there is no SPEC.",
            "SPEC says what they are compared with and how: dataset, metrics, the other program's loop and its sampling bias."
                    + " Its name names the run."
        },
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "FOLDER",
            description = "The samples of every generation; or a .csv, .tsv or .jsonl file of figures.")
    private Path folder;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "SPEC",
            description = "A spec with dataset, loop and metrics; none beside a file of figures.")
    private @Nullable Path file;

    @Parameters(index = "2..*", paramLabel = "KEY=VALUE", description = "Overrides a key of the spec.")
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = "--first",
            paramLabel = "N",
            description = "Number of the first generation in FOLDER (default: ${DEFAULT-VALUE}).")
    private int first = 1;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Of a file of figures: the run's name (default: the file's).")
    private @Nullable String name;

    @Option(
            names = "--column",
            paramLabel = "COLUMN=KEY",
            description =
                    "Of a file of figures: what a column is, such as FD_inception=frechetDistance, epoch=generation;"
                            + " fid and kid are known. May be given several times.")
    private Map<String, String> columns = new LinkedHashMap<>();

    @Mixin
    private RunsOption runs;

    @Mixin
    private RunExecution execution;

    @Mixin
    private TrustOption trust;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        if (ImportedRecords.is(folder)) {
            return importRecords();
        }
        if (name != null || !columns.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(), "--name and --column are of files of figures (.csv, .tsv, .jsonl)");
        }
        return importSamples();
    }

    private int importRecords() {
        if (file != null) {
            throw new ParameterException(
                    command.commandLine(), "'%s' is one too many: figures need no spec".formatted(file));
        }
        String given = name == null ? folder.getFileName().toString().replaceFirst("\\.[a-z]+$", "") : name;
        ExperimentSpec.checkName(given);
        RunFolder run = runs.named(given);
        new ImportedRecords(folder, first, columns).into(run);
        Report.write(run.root(), run.report());
        command.commandLine().getOut().print(GenerationTable.of(run.root()));
        command.commandLine().getOut().flush();
        ConsoleProgress.standardError().message("report: " + run.report());
        return ExitCode.DONE.code();
    }

    private int importSamples() {
        if (file == null) {
            throw new ParameterException(
                    command.commandLine(),
                    "Missing required parameter: 'SPEC', which says what the samples are compared with");
        }
        ImportedFolder imported = new ImportedFolder(folder, first);
        List<Long> seeds = imported.seeds();
        int generations = seeds.stream()
                .mapToInt(seed -> imported.generations(seed).size())
                .min()
                .orElseThrow();
        if (Yaml.readMapping(file).path("model").has("kind")) {
            throw AutophageException.usage(
                    "%s says which model is trained, and nothing is: leave model out".formatted(file));
        }
        ExperimentSpec named = ExperimentSpec.read(file, overrides);
        List<String> all = new ArrayList<>(overrides);
        all.add("name=" + named.name());
        all.add("model.kind=" + ImportedSpec.KIND);
        all.add("model.path='" + folder.toString().replace("'", "''") + "'");
        all.add("model.first=" + first);
        all.add("seeds=" + seeds);
        all.add("loop.generations=" + generations);
        ExperimentSpec spec = ExperimentSpec.read(file, all);
        return execution.run(spec, runs.named(spec.name()), trust.trust());
    }
}
