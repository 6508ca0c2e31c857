package org.autophage.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.autophage.base.AutophageException;
import org.autophage.experiment.ExperimentSpec;
import org.autophage.model.imported.ImportedFolder;
import org.autophage.model.imported.ImportedSpec;
import org.autophage.spec.Yaml;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code autophage import FOLDER SPEC}. */
@Command(
        name = "import",
        description = {
            "Makes a run of what another program's loop left: it is measured, reported and compared like any other.",
            "FOLDER has the samples of every generation: .npz files, zips or folders of pictures with the generation's number"
                    + " in their names; for several seeds in folders seed-0, seed-1 below.",
            "SPEC says what they are compared with and how: dataset, metrics, the other program's loop and its sampling bias."
                    + " Its name names the run."
        },
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FOLDER", description = "The samples of every generation.")
    private Path folder;

    @Parameters(index = "1", paramLabel = "SPEC", description = "A spec with dataset, loop and metrics.")
    private Path file;

    @Parameters(index = "2..*", paramLabel = "KEY=VALUE", description = "Overrides a key of the spec.")
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = "--first",
            paramLabel = "N",
            description = "Number of the first generation in FOLDER (default: ${DEFAULT-VALUE}).")
    private int first = 1;

    @Mixin
    private RunsOption runs;

    @Mixin
    private RunExecution execution;

    @Mixin
    private TrustOption trust;

    @Override
    public Integer call() {
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
